"""Numbers as people write them: one convention a column, proven or asked."""

from __future__ import annotations

from tests.series.corpus.case import DAYS_2023, LARGE, LEVEL, WHOLE, Case, Reading, beside, comma, lines

ENDS = ("2023-01-09", "2023-01-20")
DAYS = Reading(*ENDS, LEVEL)
THREE = [1.125, 2.25, 3.375, 4.5, 1.875, 2.625, 3.125, 4.875, 5.25, 6.125, 7.375, 8.625]


def _column(*cells: object, between: str = ",") -> bytes:
    return lines(f"date{between}v", *beside(DAYS_2023, cells, between=between)).encode()


CASES = {
    "three decimals or thousands": Case(
        _column(*[f"{v:.3f}" for v in THREE], between=";"),
        Reading(*ENDS, THREE),
        asked="decimal",
        other=(Reading(*ENDS, [v * 1000 for v in THREE]),),
    ),
    "three decimals or thousands, commas": Case(
        _column(*[f"{v:.3f}".replace(".", ",") for v in THREE], between=";"),
        Reading(*ENDS, THREE),
        asked="decimal",
        other=(Reading(*ENDS, [v * 1000 for v in THREE]),),
    ),
    "commas in quotation marks, proven by one cell": Case(
        _column(*[f'"{v:,.0f}"' for v in WHOLE[:11]], '"1,234,567"'), Reading(*ENDS, [*WHOLE[:11], 1234567])
    ),
    "decimal comma in a comma-separated file": Case(_column(*[f'"{comma(v)}"' for v in LEVEL]), DAYS),
    "two columns of different marks": Case(
        lines("date;a;b", *beside(DAYS_2023, map(comma, LEVEL), LEVEL, between=";")).encode(),
        Reading(*ENDS, LEVEL, "a"),
    ),
    "powers of ten": Case(_column(*[f"{v / 1000:.6E}" for v in LEVEL]), Reading(*ENDS, [v / 1000 for v in LEVEL])),
    "powers of ten with decimal commas": Case(
        _column(*[f"{v / 1000:.6E}".replace(".", ",") for v in LEVEL], between=";"),
        Reading(*ENDS, [v / 1000 for v in LEVEL]),
    ),
    "plus signs": Case(_column(*[f"+{v}" for v in LEVEL]), DAYS),
    "parentheses": Case(_column(*[f"({v})" for v in LEVEL]), Reading(*ENDS, [-v for v in LEVEL])),
    "dollar before the minus": Case(_column(*[f"$-{v}" for v in LEVEL]), Reading(*ENDS, [-v for v in LEVEL])),
    "minus before the dollar": Case(_column(*[f"-${v}" for v in LEVEL]), Reading(*ENDS, [-v for v in LEVEL])),
    "euro behind, spaces between": Case(
        _column(*[f"{v:,.2f} €".replace(",", " ").replace(".", ",") for v in LARGE], between=";"), Reading(*ENDS, LARGE)
    ),
    "percent": Case(_column(*[f"{v / 10}%" for v in LEVEL]), Reading(*ENDS, [v / 10 for v in LEVEL])),
    "words for missing": Case(
        _column(
            LEVEL[0],
            "NA",
            LEVEL[2],
            "#N/A",
            LEVEL[4],
            "n/a",
            LEVEL[6],
            LEVEL[7],
            LEVEL[8],
            "NULL",
            LEVEL[10],
            LEVEL[11],
        ),
        Reading(*ENDS, [None if i in (1, 3, 5, 9) else v for i, v in enumerate(LEVEL)]),
    ),
    "german words for missing": Case(
        _column(*map(comma, LEVEL[:4]), "k.A.", "", "–", *map(comma, LEVEL[7:]), between=";"),
        Reading(*ENDS, [*LEVEL[:4], None, None, None, *LEVEL[7:]]),
    ),
    "infinity": Case(_column(*LEVEL[:4], "inf", *LEVEL[5:]), Reading(*ENDS, [*LEVEL[:4], None, *LEVEL[5:]])),
    "errors of a spreadsheet": Case(
        _column(*LEVEL[:4], "#DIV/0!", *LEVEL[5:8], "#REF!", *LEVEL[9:]),
        Reading(*ENDS, [*LEVEL[:4], None, *LEVEL[5:8], None, *LEVEL[9:]]),
    ),
    "missing at both ends": Case(_column("", "", *LEVEL[2:11], ""), Reading("2023-01-11", "2023-01-19", LEVEL[2:11])),
    "apostrophe in front": Case(_column(*[f"'{v}" for v in LEVEL]), DAYS, refusable=True),
    "formula that spells a number": Case(_column(*[f'="{v}"' for v in LEVEL]), DAYS, refusable=True),
    "true and false beside": Case(
        lines("date,open,v", *beside(DAYS_2023, ["TRUE", "FALSE"] * 6, LEVEL)).encode(), Reading(*ENDS, LEVEL, "v")
    ),
    "nought and one in front": Case(
        lines("date,holiday,v", *beside(DAYS_2023, [0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], LEVEL)).encode(),
        Reading(*ENDS, LEVEL, "v"),
        may=frozenset({"value"}),
    ),
    "post code in front": Case(
        lines("plz;datum;wert", *beside(["01067"] * 12, DAYS_2023, WHOLE, between=";")).encode(),
        Reading(*ENDS, WHOLE, "wert"),
    ),
    "seventeen digits": Case(_column(*[f"{v / 3!r}" for v in LEVEL]), Reading(*ENDS, [v / 3 for v in LEVEL])),
    "whole numbers of twenty digits": Case(
        _column(*[f"{i + 1}0000000000000000000" for i in range(12)]),
        Reading(*ENDS, [(i + 1) * 1e19 for i in range(12)]),
    ),
    "one word among the numbers": Case(
        _column(*LEVEL[:5], "closed", *LEVEL[6:]), Reading(*ENDS, [*LEVEL[:5], None, *LEVEL[6:]])
    ),
    "nines that are numbers": Case(
        _column(*[9990 + i for i in range(12)]),
        Reading(*ENDS, [9990 + i for i in range(12)]),
        may=frozenset({"missing"}),
    ),
}
