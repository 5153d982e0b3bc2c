"""The link: a button that copies the page's address, which holds every setting, and its version."""

import streamlit as st

VERSION = "1"  # of what the names and values in a link mean

_component = st.components.v2.component(
    "loss_explorer.link_button",
    html='<button type="button">Copy link</button>',
    css="""
button {
  font-family: var(--st-font);
  font-size: 14px;
  color: var(--st-text-color);
  background: transparent;
  border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius);
  padding: 0 12px;
  height: 2.5rem;
  cursor: pointer;
  white-space: nowrap;
}
button:hover, button:focus-visible {
  border-color: var(--st-primary-color);
  color: var(--st-primary-color);
  outline: none;
}
""",
    js="""
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  button.onclick = async () => {
    try {
      const address = new URL(window.location.href)
      address.searchParams.set("v", data.version)
      await navigator.clipboard.writeText(address.href)
      button.textContent = "Copied"
    } catch {
      button.textContent = "Copy it from the address bar"
    }
    setTimeout(() => (button.textContent = "Copy link"), 1600)
  }
}
""",
)


def link_button(key: str) -> None:
    """Show the button; the address bar is named where the browser forbids copying."""
    _component(key=key, width="content", data={"version": VERSION})


def check_version() -> None:
    """Say so if the link was made by another version of this program."""
    made = st.query_params.get("v", VERSION)
    if made != VERSION:
        from explorer.ui import controls  # brings numpy along, which the home page does not wait for

        controls.note(f"The link was followed, but it is of version {made[:20]}; this program knows {VERSION}.")
