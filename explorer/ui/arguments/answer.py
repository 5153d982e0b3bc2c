"""Yes, no and neither as a sign and as a word that is read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from explorer import theme
from explorer.arguments.outcome import QUESTIONS, Finding, Outcome
from explorer.arguments.way import WAYS

SIGNS = {True: ("✓", "yes", "yes"), False: ("✕", "no", "no"), None: ("–", "not asked", "none")}
COLOURS = {True: ":green[✓]", False: ":red[✕]", None: ":gray[–]"}
STYLE = f"""<style>
.ways {{ width: 100%; border-collapse: collapse; font-size: 14px }}
.ways th {{ font-weight: 600; font-size: 11.5px; opacity: 0.75; vertical-align: bottom }}
.ways th, .ways td {{ padding: 4px; border: 0; text-align: center }}
.ways tr {{ border-bottom: 1px solid rgba(132, 144, 157, 0.3) }}
.ways th:first-child, .ways td:first-child {{ text-align: left }}
.ways tbody th {{ font-size: 13.5px; opacity: 1 }}
.ways .chosen {{ background: rgba(132, 144, 157, 0.16) }}
.ways .yes {{ color: {theme.both(theme.OK)} }}
.ways .no {{ color: {theme.both(theme.FAIL)}; font-weight: 700 }}
.ways .none {{ opacity: 0.5 }}
.ways .told {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }}
@media (max-width: 480px) {{ .ways th {{ font-size: 9.5px }} .ways tbody th {{ font-size: 12px }}
  .ways th, .ways td {{ padding: 4px 1px }} }}
</style>"""


def table(outcomes: Sequence[Outcome], chosen: str, caption: str) -> None:
    """Show all ways with what is known of them."""
    known = {outcome.key: outcome for outcome in outcomes}
    head = "".join(f"<th scope='col'>{escape(word)}</th>" for word in ("way", *QUESTIONS.values(), "seconds"))
    lines = []
    for way in WAYS:
        outcome = known.get(way.key)
        cells = [_cell(getattr(outcome, name)) if outcome else "<td>·</td>" for name in QUESTIONS]
        cells.append(f"<td>{outcome.seconds:.1f}</td>" if outcome else "<td>·</td>")
        here = " class='chosen'" if way.key == chosen else ""
        lines.append(f"<tr{here}><th scope='row'>{escape(way.title)}</th>{''.join(cells)}</tr>")
    told = f"<caption class='told'>{escape(caption)}</caption>"
    st.html(f"{STYLE}<table class='ways'>{told}<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>")


def _cell(finding: Finding) -> str:
    sign, word, look = SIGNS[finding.verdict]
    said = escape(finding.sentence, quote=True)
    shown = f"<span class='{look}' aria-hidden='true'>{sign}</span><span class='told'>{word}</span>"
    return f"<td title='{said}'>{shown}</td>"
