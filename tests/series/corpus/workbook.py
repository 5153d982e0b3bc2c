"""The smallest workbooks that spreadsheets open, written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = {"plain": 0, "date": 14, "datetime": 22, "percent": 10}


@dataclass(frozen=True)
class Cell:
    """A number under a style, the value of a formula, or an error."""

    value: float | str
    style: str = "plain"
    formula: str = ""
    error: bool = False


Row = Sequence[Cell | float | str | bool | None]


def xlsx(sheets: Mapping[str, Sequence[Row]], *, shared: bool = True, since_1904: bool = False) -> bytes:
    """Return an XLSX workbook of ``sheets``; texts stand in a shared table or, where not ``shared``, in their cells."""
    texts: list[str] = []
    bodies = [_sheet(rows, texts if shared else None) for rows in sheets.values()]
    parts = {
        "[Content_Types].xml": _types(len(bodies)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(list(sheets), since_1904),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(bodies))]
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        ),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{escape(t)}</t></si>" for t in texts)}</sst>',
        **{f"xl/worksheets/sheet{i + 1}.xml": body for i, body in enumerate(bodies)},
    }
    return packed(
        {name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}' for name, text in parts.items()}
    )


def ods(rows: Sequence[Sequence[float | str]]) -> bytes:
    """Return an ODS workbook of one sheet; texts that start with a year are dates."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0"'
        f' xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
        f' manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml"'
        ' manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of ``parts``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _ods_cell(cell: float | str) -> str:
    if isinstance(cell, str):
        dated = (
            f'office:value-type="date" office:date-value="{cell}"' if cell[:2] == "20" else 'office:value-type="string"'
        )
        return f"<table:table-cell {dated}><text:p>{escape(cell)}</text:p></table:table-cell>"
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def _sheet(rows: Sequence[Row], texts: list[str] | None) -> str:
    body = "".join(
        f'<row r="{i}">{"".join(_cell(cell, f"{_letters(j)}{i}", texts) for j, cell in enumerate(row))}</row>'
        for i, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _cell(cell: Cell | float | str | bool | None, at: str, texts: list[str] | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{at}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        if texts is None:
            return f'<c r="{at}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        texts.append(cell)
        return f'<c r="{at}" t="s"><v>{len(texts) - 1}</v></c>'
    told = cell if isinstance(cell, Cell) else Cell(cell)
    formula = f"<f>{escape(told.formula)}</f>" if told.formula else ""
    kind = ' t="e"' if told.error else ""
    return f'<c r="{at}" s="{list(STYLES).index(told.style)}"{kind}>{formula}<v>{told.value}</v></c>'


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i + 1}.xml" ContentType="{SHEET}.worksheet+xml"/>'
        for i in range(count)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{SHEET}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEET}.sharedStrings+xml"/></Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _workbook(names: Sequence[str], since_1904: bool) -> str:
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, 1))
    properties = '<workbookPr date1904="1"/>' if since_1904 else ""
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">{properties}<sheets>{sheets}</sheets></workbook>'


def _styles() -> str:
    formats = "".join(f'<xf numFmtId="{number}" xfId="0" applyNumberFormat="1"/>' for number in STYLES.values())
    return (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(STYLES)}">{formats}</cellXfs></styleSheet>'
    )
