import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer import theme
from explorer.figures.curve import curves
from explorer.figures.series import forecast, series, thinned

YEARS = (np.arange(1900, 2000) - 1970).astype("datetime64[Y]").astype("datetime64[s]")
WAVE = np.sin(np.arange(100) / 5)
EVIL = '<a href="https://host"><img src=x></a>'


@settings(deadline=None)
@given(arrays(float, st.integers(1, 400), elements=st.floats(-1e6, 1e6) | st.just(float("nan"))), st.integers(4, 60))
def test_thinning_keeps_extremes_order_and_its_bound(value, most):
    keep = thinned(value, most)
    assert keep.size <= max(most, min(value.size, most))
    assert (np.diff(keep) > 0).all()
    if np.isfinite(value).any():
        assert np.nanmax(value[keep]) == np.nanmax(value)
        assert np.nanmin(value[keep]) == np.nanmin(value)


def test_a_million_points_are_thinned_and_a_single_spike_survives():
    value = np.zeros(1_000_000)
    value[654_321] = 9.0
    figure = series(np.arange(value.size), value, title="Spike")
    assert figure.data[0].y.size <= 5_000
    assert figure.data[0].x[figure.data[0].y.argmax()] == 654_321


def test_a_short_series_is_drawn_as_it_is():
    line = series(YEARS, WAVE, title="Wave").data[0]
    assert np.array_equal(line.y, WAVE.astype(np.float32))
    assert [str(moment)[:4] for moment in line.x[:2]] == ["1900", "1901"]
    assert line.line.color == theme.INK


def test_the_parts_are_shaded_from_where_they_begin_and_named():
    figure = series(YEARS, WAVE, split=(70, 85), title="Wave", unit="years")
    shades = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [str(shade.x0)[:4] for shade in shades] == ["1970", "1985"]
    assert [shade.fillcolor for shade in shades] == [theme.VALIDATION_SHADE, theme.TEST_SHADE]
    text = " ".join(note.text for note in figure.layout.annotations)
    assert "train</span> 70 years" in text
    assert "validation</span> 15" in text
    assert "test</span> 15" in text
    narrow = " ".join(
        note.text for note in series(YEARS, WAVE, split=(70, 85), title="W", narrow=True).layout.annotations
    )
    assert "70" not in narrow


def test_filled_gaps_are_circled_where_they_are():
    filled = np.zeros(100, dtype=bool)
    filled[[3, 50]] = True
    figure = series(np.arange(100), WAVE, filled=filled, title="Wave")
    circles = figure.data[1]
    assert circles.x.tolist() == [3, 50]
    assert np.array_equal(circles.y, WAVE[[3, 50]].astype(np.float32))
    assert "filled gap" in figure.layout.title.text
    assert "2 filled" in figure.layout.meta["alt"]


def crosses(figure):
    (found,) = [trace for trace in figure.data if trace.hovertext is not None]
    return found


def test_rows_left_out_are_crossed_where_they_are_and_said():
    rows = [(YEARS[10], 0.5), (YEARS[20], -0.25), (None, 3.0), (YEARS[3], None), (YEARS[4], float("inf"))]
    figure = series(YEARS, WAVE, left_out=[*rows, (np.datetime64("NaT"), 1.0)], title="Wave")
    found = crosses(figure)
    assert [str(moment)[:4] for moment in found.x] == ["1910", "1920"]
    assert found.y.tolist() == [0.5, -0.25]
    assert set(found.marker.symbol) == {"x-thin-open"}
    assert "✕</span> left out" in figure.layout.title.text
    assert "beyond" not in figure.layout.title.text
    assert figure.layout.meta["alt"].endswith("2 crossed because left out.")


def test_a_row_left_out_beyond_the_picture_stands_at_its_edge_and_tells_its_number():
    late = np.datetime64("2099-01-01")
    figure = series(YEARS, WAVE, left_out=[(YEARS[10], 17_000.0), (YEARS[20], -40.0), (late, 0.5)], title="Wave")
    low, high = figure.layout.yaxis.range
    assert high < 1.2
    assert low > -1.2
    found = crosses(figure)
    assert list(found.marker.symbol) == ["triangle-up-open", "triangle-down-open", "triangle-right-open"]
    assert ((low < found.y) & (found.y < high)).all()
    assert found.x[2].astype("datetime64[s]") == YEARS[-1]
    assert [said.split("<br>")[1] for said in found.hovertext] == [
        "1.7e+04, left out",
        "−40, left out",
        "0.5, left out",
    ]
    assert found.hovertext[2].startswith("2099-01-01")
    assert "△</span> left out, beyond the picture" in figure.layout.title.text
    assert "✕" not in figure.layout.title.text


def test_many_rows_left_out_are_thinned_and_none_is_no_word():
    many = series(YEARS, WAVE, left_out=[(YEARS[k % 100], k / 5e3) for k in range(5_000)], title="Wave")
    assert crosses(many).x.size <= 400
    assert "5000 crossed" in many.layout.meta["alt"]
    assert "left out" not in series(YEARS, WAVE, left_out=[(None, 1.0)], title="Wave").layout.title.text
    assert len(series(np.arange(100), WAVE, title="Wave").data) == 1


def run(name="MSE", values=(3.0, 2.0, 1.0), colour=theme.A):
    return (name, colour, np.arange(1, len(values) + 1), np.array(values))


def test_curves_have_their_room_from_the_start_and_a_dot_at_their_live_end():
    figure = curves([run(), run("other", (4.0, 3.0, 2.5), theme.B)], planned_epochs=60, title="Loss", subtitle="λ = 1")
    assert tuple(figure.layout.xaxis.range) == (0, 60)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert np.array_equal(lines[1].y, np.float32([4.0, 3.0, 2.5]))
    assert [(dot.x.tolist(), dot.y.tolist()) for dot in dots] == [([3.0], [1.0]), ([3.0], [2.5])]
    assert {note.text for note in figure.layout.annotations} == {"MSE", "other"}
    assert "MSE 1 after epoch 3" in figure.layout.meta["alt"]


def test_names_at_ends_that_meet_are_moved_apart():
    figure = curves([run(), run("other"), run("third")], planned_epochs=60, title="Loss", subtitle="")
    shifts = sorted(note.yshift for note in figure.layout.annotations)
    assert min(np.diff(shifts)) >= 13


def test_a_name_that_would_leave_the_picture_is_set_to_the_left():
    beside = curves([run()], planned_epochs=60, title="Loss", subtitle="").layout.annotations[0]
    ended = curves([run()], planned_epochs=3, title="Loss", subtitle="").layout.annotations[0]
    assert (beside.xanchor, ended.xanchor) == ("left", "right")


def test_many_runs_are_named_under_the_title_in_their_colours():
    figure = curves([run(f"run {k}", colour=theme.B) for k in range(6)], planned_epochs=9, title="Loss", subtitle="")
    assert not figure.layout.annotations
    assert all(f'<span style="color:{theme.B}">━</span> run {k}' in figure.layout.title.text for k in range(6))


def test_terms_are_stacked_from_zero():
    parts = [run("rest", (1.0, 1.0, 1.0)), run("penalty", (0.5, 0.25, 0.0), theme.PENALTY)]
    figure = curves([run()], planned_epochs=9, title="Loss", subtitle="", terms=parts)
    fills = [trace for trace in figure.data if trace.fill]
    assert [fill.fill for fill in fills] == ["tozeroy", "tonexty"]
    assert fills[1].y.tolist() == [1.5, 1.25, 1.0]


def test_curves_without_an_epoch_or_with_nan_are_drawn():
    empty = curves([run(values=())], planned_epochs=30, baseline=(2.0, "repeat last"), title="Loss", subtitle="")
    assert "repeat last" in {note.text for note in empty.layout.annotations}
    assert empty.layout.yaxis.range[0] <= 2.0 <= empty.layout.yaxis.range[1]
    broken = curves([run(values=(1.0, float("nan")))], planned_epochs=30, title="Loss", subtitle="")
    assert np.isfinite(broken.layout.yaxis.range).all()


def test_residuals_are_true_minus_predicted():
    figure = forecast(YEARS, WAVE, [("MSE", theme.A, WAVE + 0.25)], ("repeat last", np.roll(WAVE, 1)), title="Ahead")
    bars = next(trace for trace in figure.data if trace.type == "bar")
    assert np.allclose(bars.y, -0.25, atol=1e-6)
    lines = [trace for trace in figure.data if trace.type == "scatter"]
    assert [line.line.color for line in lines] == [theme.BASELINE, theme.INK, theme.A]
    assert "MSE 0.25" in figure.layout.meta["alt"]


def test_where_a_forecast_lies_on_the_truth_the_truth_is_dashed_over_it():
    near = np.where(np.arange(100) < 40, WAVE, WAVE + 1)
    figure = forecast(YEARS, WAVE, [("MSE", theme.A, near), ("far", theme.B, WAVE - 1)], title="Ahead")
    (dashed,) = [trace for trace in figure.data if trace.type == "scatter" and trace.line.dash == "5px,5px"]
    assert np.array_equal(np.isfinite(dashed.y), np.arange(100) < 40)
    assert dashed.line.color == theme.INK
    order = [trace.line.color for trace in figure.data if trace.type == "scatter"]
    assert order == [theme.INK, theme.A, theme.B, theme.INK]


def test_a_long_forecast_is_thinned_and_its_residuals_become_a_line():
    time = np.arange(20_000)
    figure = forecast(time, np.sin(time), [("MSE", theme.A, np.cos(time))], title="Ahead")
    assert not [trace for trace in figure.data if trace.type == "bar"]
    assert max(trace.y.size for trace in figure.data) <= 5_000


def test_names_from_a_file_are_drawn_letter_by_letter(words):
    shapes = [
        series(YEARS, WAVE, split=(70, 85), title=EVIL, subtitle=EVIL, unit=EVIL),
        curves([run(EVIL)], planned_epochs=9, baseline=(1.0, EVIL), title=EVIL, subtitle=EVIL, terms=[run(EVIL)]),
        forecast(YEARS, WAVE, [(EVIL, theme.A, WAVE)], (EVIL, WAVE), title=EVIL, subtitle=EVIL),
    ]
    for figure in shapes:
        text = words(figure)
        assert "<a" not in text
        assert "<img" not in text
        assert "&lt;a href" in text


@pytest.mark.parametrize("narrow", [False, True])
def test_a_wide_picture_puts_its_second_line_below_only_on_a_phone(narrow):
    figure = series(YEARS, WAVE, title="Wave", subtitle="window 24", narrow=narrow)
    assert ("<br>" in figure.layout.title.text) is narrow
    assert figure.layout.margin.t == (49 if narrow else 32)


def test_on_a_phone_a_long_legend_takes_nothing_from_the_picture():
    def room(**words):
        layout = forecast(YEARS, WAVE, [("MSE", theme.A, WAVE)], title="Wave", narrow=True, **words).layout
        return layout.height - layout.margin.t

    assert room(subtitle="window 24 · seed 0 · batch 32 · 60 epochs · horizon 6") == room()
