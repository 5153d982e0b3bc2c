import csv
import io
import json
import re
import zipfile

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.losses import CATALOGUE
from explorer.parameters import clean
from explorer.takeaway import Postcard, drawn_as_csv, drawn_as_json, postcard

TRAP = '</script><img src="http://192.0.2.1/a.png" onerror="alert(1)">$page ${page}'
VALUE = np.array([[1.0, 2.5, np.nan], [4.0, -5.0, 0.1 + 0.2]])


def pictures():
    heat = go.Figure(go.Contour(x=[0.0, 1.0, 2.0], y=[10.0, 20.0], z=VALUE, name="loss"))
    lines = go.Figure([go.Scatter(x=[1, 2], y=[3.0, float("inf")], name="=1+1"), go.Bar(x=["a", "+b"], y=[1, 2])])
    surface = go.Figure(go.Surface(x=[0.0, 1.0, 2.0], y=[10.0, 20.0], z=VALUE), layout={"scene": {"dragmode": "orbit"}})
    return {"heat": heat, "lines": lines, "surface": surface}


def told(page):
    return json.loads(re.search(r'<script type="application/json" id="card">(.*?)</script>', page, re.DOTALL)[1])


def test_every_drawn_number_is_in_the_table():
    header, *rows = csv.reader(io.StringIO(drawn_as_csv(pictures())))
    assert header == ["picture", "trace", "name", "x", "y", "z"]
    heat = [row for row in rows if row[0] == "heat"]
    assert [(float(x), float(y), float(z) if z else None) for *_, x, y, z in heat] == [
        (x, y, None if np.isnan(VALUE[i, j]) else VALUE[i, j])
        for i, y in enumerate((10.0, 20.0))
        for j, x in enumerate((0.0, 1.0, 2.0))
    ]
    lines = [row[1:] for row in rows if row[0] == "lines"]
    assert lines == [
        ["0", "'=1+1", "1.0", "3.0", ""],
        ["0", "'=1+1", "2.0", "inf", ""],
        ["1", "", "a", "1.0", ""],
        ["1", "", "'+b", "2.0", ""],
    ]
    assert [row[3:] for row in rows if row[0] == "surface"] == [row[3:] for row in heat]


def test_every_drawn_number_is_in_the_json():
    found = json.loads(drawn_as_json(pictures()))["pictures"]
    assert found["heat"][0]["z"] == [[1.0, 2.5, None], [4.0, -5.0, 0.1 + 0.2]]
    assert [trace["name"] for trace in found["lines"]] == ["=1+1", ""]
    assert found["lines"][0]["y"] == [3.0, None]


def test_a_postcard_holds_the_pictures_as_they_were_drawn():
    page = postcard(Postcard(title="t", pictures=pictures(), camera=[1, 2, 3, 0, 0, 0.5]))
    card = told(page)
    assert [picture["name"] for picture in card["pictures"]] == ["heat", "lines", "surface"]
    for picture, figure in zip(card["pictures"], pictures().values(), strict=True):
        assert json.loads(picture["figure"])["data"] == json.loads(figure.to_json())["data"]
    camera = json.loads(card["pictures"][2]["figure"])["layout"]["scene"]["camera"]
    assert camera == {"eye": {"x": 1, "y": 2, "z": 3}, "center": {"x": 0, "y": 0, "z": 0.5}}


def test_no_text_breaks_out_of_a_postcard():
    card = Postcard(
        title=TRAP,
        story=TRAP,
        formulas=[(TRAP, "x")],
        pictures={TRAP: go.Figure(layout={"meta": {"alt": TRAP}})},
        settings=[(TRAP, TRAP)],
        link=f"http://127.0.0.1/{TRAP}",
    )
    page = postcard(card)
    assert "<img" not in page.split("<script>")[0]
    assert told(page)["pictures"][0]["name"] == TRAP
    assert page.count("<script") - page.count("\\u003cscript") == postcard(Postcard(title="t")).count("<script")
    assert "default-src 'none'" in page
    assert 'href="javascript:' not in postcard(Postcard(title="t", link="javascript:alert(1)"))


@pytest.mark.parametrize("spec", CATALOGUE.values(), ids=lambda spec: spec.key)
def test_the_formula_of_a_loss_is_readable_offline(spec):
    values = clean(spec.parameters, {})
    page = postcard(Postcard(title="t", formulas=[("", spec.formula_with(values))]))
    formula = re.search(r'<div class="formula">(.*?)</div>', page)[1]
    assert formula.startswith("<math")
    assert "\\" not in formula
    assert "―" not in formula


def test_what_is_packed_is_what_was_given():
    from explorer.takeaway.bundle import packed

    with zipfile.ZipFile(io.BytesIO(packed({"a.txt": "ü", "b.bin": b"\x00\xff"}))) as archive:
        assert archive.read("a.txt").decode() == "ü"
        assert archive.read("b.bin") == b"\x00\xff"
