"""The facts strip: what the doctor finds over the plane that is drawn, a column a loss."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from explorer import theme
from explorer.doctor import Finding
from explorer.ui import cached, frame
from explorer.ui.scenery import View
from explorer.ui.sides import Side

SIGNS = {"ok": "✓", "warn": "▲", "fail": "✕"}
STYLE = f"""<style>
.facts {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 2px 20px; font-size: 13px }}
.facts p {{ margin: 0; padding: 3px 0; line-height: 1.35 }}
.facts .head {{ grid-column: 1 / -1; font-weight: 600; padding-top: 6px;
  border-top: 1px solid rgba(132, 144, 157, 0.3) }}
.facts .ok b {{ color: {theme.both(theme.OK)} }}
.facts .warn b {{ color: {theme.both(theme.WARN)} }}
.facts .fail b {{ color: {theme.both(theme.FAIL)} }}
</style>"""


def draw(sides: Sequence[Side], view: View) -> None:
    """Show every finding about each loss: a sign, and one sentence with its numbers."""
    reports = frame.attempt(
        lambda: [cached.facts(side.spec.key, side.values, view.scene, view.plane.key) for side in sides], 90
    )
    if not reports:
        return
    parts = []
    for side, report in zip(sides, reports, strict=True):
        name = (
            f"<span style='color:{side.colour}'>●</span> {escape(side.title)}" if sides[1:] else "Facts on this plane"
        )
        parts.append(f"<p class='head'>{name}</p>")
        parts += [_line(finding) for finding in report.findings]
    st.html(f"{STYLE}<div class='facts'>{''.join(parts)}</div>")


def _line(finding: Finding) -> str:
    return f"<p class='{finding.verdict}'><b>{SIGNS[finding.verdict]}</b> {escape(finding.sentence)}</p>"
