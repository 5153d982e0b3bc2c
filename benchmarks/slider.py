"""How long it takes from a key on a slider to the changed pictures, beside the same pictures by `st.plotly_chart`.

The λ slider of the surface page goes one stop to the right at each press, over values that nobody has asked for
before: the page computes its surface and draws three pictures. The other script has the three pictures of each stop
ready and computes nothing. The two take turns in one Chromium, on the same machine, with the same settings. A picture
counts as changed in the second frame after its new version is there: after that frame has been painted.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from benchmarks import browser
from benchmarks.result import Row
from explorer import theme
from explorer.engine.client import Engine
from explorer.figures import slice as cuts
from explorer.figures import surface as pictures
from explorer.losses import CATALOGUE
from explorer.parameters import Number
from explorer.spec import LossSpec

WARM, TIMED = 3, 15
REST = 1.2  # seconds between two presses: each is drawn to its end before the next
SWING = 1.5  # seconds after which a turned surface has stopped by itself
AIMS = {
    "text": "",
    "field, followed": "≤ 110 ms",
    "surface, followed": "≤ 250 ms",
    "field": "≤ 110 ms",
    "surface": "≤ 250 ms",
}
LOSS, SLIDER = "trend-published", "lambda_trend"
POINTS = 61
HEIGHT = 420
KNOB = "[data-testid=stSlider] input"
BARE = """
from pathlib import Path

import plotly.io as pio
import streamlit as st

st.set_page_config(layout="wide")


@st.cache_resource
def figures():
    return {{path.stem: pio.from_json(path.read_text()) for path in Path("figures").iterdir()}}


card, wide = st.columns([0.29, 1], gap="medium")
with card:
    stop = st.select_slider("stop", range({stops}), {start})
    st.latex(rf"\\lambda = {{stop}}")
left, right = wide.columns(2, gap="small")
for place, name in ((left, "surface"), (right, "field"), (wide, "slices")):
    with place.container(key=name):
        st.plotly_chart(figures()[f"{{name}}-{{stop}}"], key=f"plot-{{name}}", theme=None)
"""
# What says, in each of the two, that a text or a picture is another one.
FORMULA = "document.querySelector('.katex annotation')?.textContent"
PICTURES = ("field", "surface", "slices")
FOLLOWED = {"field, followed": "field", "surface, followed": "surface"}
DATA = "document.querySelector('[data-plot=\"{}\"]')?.dataset.{}"
TITLE = "document.querySelector('.st-key-{} .gtitle')?.textContent"
OURS = {"text": FORMULA} | {name: DATA.format(name, "drawn") for name in PICTURES}
OURS |= {name: f"'' + {DATA.format(picture, 'followed')}" for name, picture in FOLLOWED.items()}
THEIRS = {"text": FORMULA} | {name: TITLE.format(name) for name in PICTURES}
THEIRS |= {name: TITLE.format(picture) for name, picture in FOLLOWED.items()}
STOPWATCH = """
(signs) => {
  const read = Object.entries(signs).map(([name, sign]) => [name, new Function(`return ${sign}`)])
  const before = Object.fromEntries(read.map(([name, sign]) => [name, sign()]))
  window.times = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the pictures did not change")), 30000)
    const times = {}
    document.addEventListener("keydown", () => {
      const began = performance.now()
      const seen = new Set()
      const look = () => {
        for (const name of seen) times[name] ??= performance.now() - began
        for (const [name, sign] of read) if (sign() && sign() !== before[name]) seen.add(name)
        Object.keys(times).length < read.length ? requestAnimationFrame(look) : resolve(times)
      }
      requestAnimationFrame(look)
    }, { capture: true, once: true })
  })
}
"""
EYE = "Object.values({plot}._fullLayout.scene._scene.getCamera().eye).slice(0, 3)"
NODES = (
    "document.querySelector('[data-plot=\"surface\"]')",
    "document.querySelector('.st-key-surface .js-plotly-plot')",
)


def measure() -> dict[str, Any]:
    """Return rows for field and surface, the time of a mere text, and whether the camera stayed."""
    stops = slider(CATALOGUE[LOSS]).stops
    first = stops.index(slider(CATALOGUE[LOSS]).default)
    script = BARE.format(stops=len(stops), start=first)
    with browser.folder_with(bare=script) as folder, browser.chromium() as chromium:
        write_figures(folder / "figures", {n: stops[n] for n in range(first, first + WARM + TIMED + 1)})
        with browser.Server() as app, browser.Server(folder, "bare.py") as bare:
            pages = (
                opened(chromium, f"{app.url}/surface?loss={quote(CATALOGUE[LOSS].family)}", OURS),
                opened(chromium, bare.url, THEIRS),
            )
            eyes = [turned(page, node) for page, node in zip(pages, NODES, strict=True)]
            rounds = [
                [pressed(page, signs) for page, signs in zip(pages, (OURS, THEIRS), strict=True)]
                for _ in range(WARM + TIMED)
            ]
            kept = [eye == seen_from(page, node) for eye, page, node in zip(eyes, pages, NODES, strict=True)]
    timed = list(zip(*rounds[WARM:], strict=True))
    this, other = ({sign: median(side[sign] for side in sides) for sign in OURS} for sides in timed)
    return {
        "rows": [Row(f"slider to {name}", this[name], "st.plotly_chart", other[name], AIMS[name]) for name in AIMS],
        "camera kept": kept[0],
        "camera kept by st.plotly_chart": kept[1],
    }


def slider(spec: LossSpec) -> Number:
    """Return the parameter whose slider is moved."""
    return next(part for part in spec.parameters if isinstance(part, Number) and part.name == SLIDER)


def write_figures(folder: Path, stops: Mapping[int, float]) -> None:
    """Write the three pictures of each stop, as the surface page draws them, to files."""
    spec, engine = CATALOGUE[LOSS], Engine()
    plane = spec.planes[0]
    folder.mkdir()
    try:
        for number, value in stops.items():
            result = engine.ask("surface", loss=LOSS, values={SLIDER: value}, scene={}, plane=plane.key, points=POINTS)
            shared = {"subtitle": f"λ = {value:g}", "axes": (plane.x.label, plane.y.label)}
            for name, figure in {
                "surface": pictures.surface(result, title=spec.form, **shared),
                "field": pictures.field(result, title="−gradient", **shared),
                "slices": cuts.slices(result, title="Slices", at=(1.0, 0.6), beside=True, **shared),
            }.items():
                figure.update_layout(height=HEIGHT if name != "slices" else None)
                (folder / f"{name}-{number}.json").write_text(theme.painted(figure.to_json(), "light"))
    finally:
        engine.close()


def opened(chromium: Any, url: str, signs: Mapping[str, str]) -> Any:
    """Return a page with all its pictures drawn and its first slider focused."""
    page = chromium.new_page(viewport=browser.VIEWPORT)
    page.goto(url)
    for sign in signs.values():
        page.wait_for_function(sign, timeout=1000 * browser.PATIENCE)
    page.wait_for_timeout(1000 * REST)
    page.locator(KNOB).first.focus()
    return page


def pressed(page: Any, signs: Mapping[str, str]) -> dict[str, float]:
    """Press the key once, and return after how many ms each sign was another one."""
    page.bring_to_front()
    page.evaluate(STOPWATCH, dict(signs))
    page.keyboard.press("ArrowRight")
    times: dict[str, float] = page.evaluate("window.times")
    page.wait_for_timeout(1000 * REST)
    return times


def turned(page: Any, node: str) -> list[float]:
    """Turn the surface with the mouse, and return where it is looked at from."""
    box = page.evaluate_handle(node).as_element().bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.bring_to_front()
    before = seen_from(page, node)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 20, steps=5)
    page.mouse.up()
    page.wait_for_timeout(1000 * SWING)
    page.locator(KNOB).first.focus()
    after = seen_from(page, node)
    if after == before:
        raise browser.BrowserError("The mouse did not turn the surface; look at the page by hand.")
    return after


def seen_from(page: Any, node: str) -> list[float]:
    """Return where the surface is looked at from, to nine digits."""
    return [round(part, 9) for part in page.evaluate(EYE.format(plot=node))]
