"""A person's PNG: what is taken of it, and what is refused in one sentence."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from explorer.masks.image import MOST_BYTES, SIGNATURE, ImageError, mask_of, read, scores_of


def png(array, mode=None, kind="PNG"):
    stream = io.BytesIO()
    Image.fromarray(np.asarray(array), mode).save(stream, kind) if mode is None else Image.fromarray(
        np.asarray(array)
    ).convert(mode).save(stream, kind)
    return stream.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def claiming(width, height):
    """Return a small PNG that says it is of this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16)
NOISE = np.random.default_rng(0).integers(0, 256, (32, 32), np.uint8)


def test_grey_pixels_are_scores():
    picture = read(png(RAMP))
    np.testing.assert_array_equal(picture.value, RAMP / 255)
    assert picture.notes == ()
    mask, notes = mask_of(picture)
    np.testing.assert_array_equal(mask, RAMP >= 128)
    assert "half brightness" in notes[0]


def test_black_and_white_needs_no_word():
    picture = read(png(np.where(RAMP > 99, 255, 0).astype(np.uint8), "1"))
    mask, notes = mask_of(picture)
    np.testing.assert_array_equal(mask, RAMP > 99)
    assert notes == ()


def test_colours_become_their_luminance():
    colours = np.zeros((8, 8, 3), np.uint8)
    colours[:4, :, 1] = 255
    picture = read(png(colours))
    assert picture.value[0, 0] == pytest.approx(0.587, abs=0.003)
    assert picture.notes == ("Colours became their luminance.",)


def test_16_bits_keep_their_brightness():
    picture = read(png(RAMP.astype(np.uint16) * 257))
    np.testing.assert_allclose(picture.value, RAMP / 255, atol=1e-9)
    assert "16 bits" in picture.notes[0]


def with_alpha(grey, alpha):
    return np.stack([grey, grey, grey, alpha], axis=-1).astype(np.uint8)


def test_what_is_transparent_is_no_object():
    alpha = np.where(np.arange(16) < 8, 255, 0) * np.ones((16, 1))
    picture = read(png(with_alpha(RAMP, alpha)))
    np.testing.assert_allclose(picture.value[:, :8], RAMP[:, :8] / 255, atol=0.005)
    assert not picture.value[:, 8:].any()
    assert "laid on black" in picture.notes[-1]


@pytest.mark.parametrize("tint", [0, 90, 255])
def test_one_colour_on_a_transparent_ground_says_it_by_its_opacity(tint):
    picture = read(png(with_alpha(np.full((16, 16), tint), RAMP)))
    np.testing.assert_array_equal(picture.value, RAMP / 255)
    assert "opacity was taken" in picture.notes[0]


def test_alpha_that_hides_nothing_changes_nothing():
    picture = read(png(with_alpha(RAMP, np.full((16, 16), 255))))
    np.testing.assert_array_equal(picture.value, RAMP / 255)
    assert not any("transparent" in note for note in picture.notes)


def test_a_palette_with_a_transparent_colour_is_read():
    image = Image.fromarray(np.where(RAMP > 99, 1, 0).astype(np.uint8), "L").convert("P")
    image.putpalette([0, 0, 0, 255, 255, 255])
    stream = io.BytesIO()
    image.save(stream, "PNG", transparency=0)
    np.testing.assert_array_equal(mask_of(read(stream.getvalue()))[0], RAMP > 99)


def test_a_large_picture_is_thinned_and_says_so():
    large = np.zeros((300, 150), np.uint8)
    large[:150] = 255
    picture = read(png(large))
    assert picture.value.shape == (64, 32)
    np.testing.assert_allclose(picture.value.mean(), 0.5, atol=0.01)
    assert picture.notes == ("150 by 300 pixels were thinned to 32 by 64.",)


def test_scores_of_another_size_are_resampled_and_say_so():
    scores, notes = scores_of(read(png(RAMP)), (20, 30))
    assert scores.shape == (20, 30)
    assert 0 <= scores.min() < 0.05
    assert 0.95 < scores.max() <= 1
    assert notes == ("The prediction has 16 by 16 pixels and was resampled to the 30 by 20 of the true mask.",)
    same, notes = scores_of(read(png(RAMP)), (16, 16))
    np.testing.assert_array_equal(same, RAMP / 255)
    assert notes == ()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is no PNG"),
        (b"a,b\n1,2\n", "is no PNG"),
        (png(RAMP, kind="JPEG"), "is no PNG"),
        (png(RAMP, kind="GIF"), "is no PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PNG"),
        (SIGNATURE, "is damaged"),
        (png(NOISE)[:-400], "is damaged"),
        (png(RAMP[:3]), "16 by 3 pixels, but at least 4"),
        (claiming(2_000_000_000, 2_000_000_000), "but at most 4 million are read"),
        (claiming(2001, 2000), "2001 by 2000 pixels, but at most 4 million are read"),
        (claiming(2000, 2000), "is damaged"),
        (SIGNATURE + b"\0" * MOST_BYTES, "MB, but at most 5 are read"),
    ],
    ids=["nothing", "text", "jpeg", "gif", "svg", "signature", "cut", "flat", "bomb", "large", "hollow", "heavy"],
)
def test_what_cannot_be_used_is_named_in_one_sentence(data, sentence):
    with pytest.raises(ImageError, match=sentence) as caught:
        read(data)
    assert str(caught.value).endswith(".")
    assert "Traceback" not in str(caught.value)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_png_is_read_or_refused_but_never_breaks(data):
    whole = bytearray(png(with_alpha(RAMP, RAMP)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        value = read(bytes(whole)).value
    except ImageError:
        return
    assert value.ndim == 2
    assert max(value.shape) <= 64
    assert 0 <= value.min() <= value.max() <= 1
