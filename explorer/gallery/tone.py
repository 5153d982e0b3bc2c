"""Colours that follow the page from light to dark by themselves."""

from explorer import theme


def both(token: str) -> str:
    """Return a token of the theme as one CSS colour for both themes."""
    return f"light-dark({theme.THEMES['light'][token]},{theme.THEMES['dark'][token]})"
