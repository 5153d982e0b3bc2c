"""Lambdas in a loop see the last value; a default argument and partial see their own."""

import pytest

from explorer.arguments.loop import loop
from explorer.losses.crossentropy import cce_reference

OFFSETS = (0.0, 5.0, 10.0)


def test_lambdas_in_a_loop_all_add_the_last_offset():
    found = loop(OFFSETS)
    entropy = cce_reference([[0.0, 1.0, 0.0]], [[0.5, 1.0, -0.5]], from_logits=True)[0]
    assert found.entropy == pytest.approx(entropy, rel=1e-6)
    assert found.values["lambda in a loop"] == pytest.approx([entropy + 10] * 3, rel=1e-6)


@pytest.mark.parametrize("name", ["default argument", "functools.partial"])
def test_the_mended_ways_add_their_own(name):
    found = loop(OFFSETS)
    assert found.values[name] == pytest.approx([found.entropy + offset for offset in OFFSETS], rel=1e-6)


@pytest.mark.parametrize("offsets", [(), tuple(range(11)), (float("inf"),)])
def test_loops_over_nothing_or_too_much_are_refused(offsets):
    with pytest.raises(ValueError, match="must"):
        loop(offsets)
