import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer import theme
from explorer.figures.frame import (
    blank,
    colour_strip,
    escaped,
    file_name,
    light,
    plain,
    shown,
    span,
    span_in_words,
    span_of_most,
)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_nothing_a_person_writes_is_read_as_html(text):
    safe = escaped(text)
    assert not set("<>\"'\n\r\t") & set(safe)
    assert "&" not in safe.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace("&quot;", "").replace(
        "&#x27;", ""
    )
    assert len(plain(text)) <= 40


def test_words_are_cut_before_they_are_escaped():
    assert escaped("<a href='https://host'>x</a>") == "&lt;a href=&#x27;https://host&#x27;&gt;x&lt;/a&gt;"
    assert plain("x" * 41) == "x" * 39 + "…"
    assert escaped("&" * 60).count("&amp;") == 39
    assert plain("two\nlines\u202eand\x00more") == "two lines and more"


def test_numbers_are_short_with_a_true_minus():
    assert [shown(v) for v in (0.0, -0.0, -0.80, 1.0, 1234567.0, 0.123456, 1e-9)] == [
        "0", "0", "−0.8", "1", "1.23e+06", "0.123", "1e−09",
    ]  # fmt: skip


def test_the_range_covers_all_finite_values_and_never_collapses():
    assert span([1.0, np.nan], [[-2.0, np.inf]]) == (-2.0, 1.0)
    assert span([np.nan]) == (0.0, 1.0)
    low, high = span(np.full((3, 3), 7.0))
    assert low < 7.0 < high
    low, high = span([1e9, 1e9])
    assert np.float32(low) < np.float32(high)


def test_a_range_in_words_says_what_is_there():
    assert span_in_words([3.0, np.nan, -1.5]) == "from −1.5 to 3"
    assert span_in_words([2.0, 2.0]) == "from 2 to 2"
    assert span_in_words([np.nan]) == "without a finite value"


def test_light_values_are_float32_without_complaint():
    assert light([1.0, 1e300]).dtype == np.float32
    assert np.isinf(light([1e300]))[0]


def test_a_title_that_a_person_wrote_is_drawn_letter_by_letter():
    figure = blank(
        '<a href="javascript:alert(1)">x</a>', "W < 2 & <b>3</b>", kind="field", margin=theme.MARGIN["plane"], alt="."
    ).figure()
    assert "<a" not in figure.layout.title.text
    assert "<b>" not in figure.layout.title.text
    assert "&lt;a href" in figure.layout.title.text
    assert "W &lt; 2 &amp; &lt;b&gt;3" in figure.layout.title.text


def test_a_long_second_line_is_broken_between_values_and_gets_room():
    short = blank("A", "λ = 1 · y = 2", kind="field", margin=theme.MARGIN["plane"], alt=".").figure()
    long = blank(
        "A", " · ".join(["parameter = 1.25"] * 6), kind="field", margin=theme.MARGIN["plane"], alt="."
    ).figure()
    assert short.layout.margin.t == 60
    assert long.layout.margin.t == 75
    lines = long.layout.title.text.split("<br>")
    assert [line.count("parameter = 1.25") for line in lines] == [0, 3, 3]


def test_file_names_spell_greek_and_keep_decimals():
    assert file_name("A · published", "λ = 0.5 · y_last = 0") == "a-published-lambda-0.5-y-last-0"
    assert file_name("A − B", "from −0.8 to 1.8… x.") == "a-b-from-0.8-to-1.8-x"
    assert file_name("損失") == "loss"
    assert file_name("../../etc/passwd") == "etc-passwd"


def test_the_colour_strip_holds_the_scale_and_its_two_ends():
    strip = colour_strip(-0.5, 24.0, log=True, clipped=True)
    assert "\n" not in strip
    assert all(colour in strip for colour in theme.TIDE)
    assert "loss −0.5<" in strip
    assert ">≥ 24, log colour<" in strip
    assert ">24<" in colour_strip(0, 24)
    with pytest.raises(ValueError, match="needs two finite ends, but got 0 and nan"):
        colour_strip(0, float("nan"))


def test_a_range_of_nothing_finite_has_no_peaks():
    assert span_of_most([float("nan"), float("inf")]) is None
