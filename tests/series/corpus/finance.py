"""What banks, markets and shops hand out."""

from __future__ import annotations

from tests.series.corpus.case import (
    DAYS_2023,
    LARGE,
    LEVEL,
    WHOLE,
    Case,
    Reading,
    beside,
    comma,
    grouped,
    lines,
    quoted,
)

DAYS = Reading("2023-01-09", "2023-01-20", LEVEL)
GERMAN_DAYS = [f"{d:02}.01.2023" for d in range(9, 21)]
OPEN = [v - 1.5 for v in LEVEL]

CASES = {
    "german bank statement": Case(
        lines(
            '"Kontoauszug";""',
            '"Kontonummer:";"DE00 1234 5678 9012 3456 78"',
            '"Zeitraum:";"01.01.2023 - 31.01.2023"',
            '"Kontostand vom 31.01.2023:";"12.345,67 EUR"',
            "",
            '"Buchungstag";"Wertstellung";"Empfänger";"Verwendungszweck";"Betrag (EUR)"',
            *beside(
                quoted(GERMAN_DAYS[::-1]),
                quoted(GERMAN_DAYS[::-1]),
                ['"Bäckerei; Filiale 3"'] * 12,
                ['"Rechnung 2023-17"'] * 12,
                quoted(("-" if i % 3 else "") + grouped(v, ".", ",") for i, v in enumerate(LARGE)),
                between=";",
            ),
            end="\r\n",
        ).encode("cp1252"),
        Reading("2023-01-09", "2023-01-20", [-v if i % 3 else v for i, v in enumerate(LARGE)][::-1], "Betrag (EUR)"),
    ),
    "american bank statement with a summary above": Case(
        lines(
            "Description,,Summary Amt.",
            'Beginning balance as of 01/09/2023,,"1,234.56"',
            'Total credits,,"5,000.00"',
            'Total debits,,"-3,210.00"',
            'Ending balance as of 01/20/2023,,"3,024.56"',
            "",
            "Date,Description,Amount",
            *beside(
                [f"01/{d:02}/2023" for d in range(9, 21)],
                ['"COFFEE, TEA & CO"'] * 12,
                quoted(grouped(-v) for v in LARGE),
            ),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", [-v for v in LARGE], "Amount"),
    ),
    "accounting, minus behind": Case(
        lines("Datum;Saldo", *beside(GERMAN_DAYS, [grouped(v, ".", ",") + "-" for v in LARGE], between=";")).encode(),
        Reading("2023-01-09", "2023-01-20", [-v for v in LARGE]),
    ),
    "shares, open to volume": Case(
        lines(
            "Date,Open,High,Low,Close,Adj Close,Volume",
            *beside(
                DAYS_2023, OPEN, [v + 3 for v in LEVEL], [v - 3 for v in LEVEL], LEVEL, LEVEL, [w * 1000 for w in WHOLE]
            ),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", OPEN, "Open"),
        may=frozenset({"value"}),
    ),
    "shares, one day without a price": Case(
        lines(
            "Date,Close,Volume",
            *beside(DAYS_2023, [*LEVEL[:5], "null", *LEVEL[6:]], [*WHOLE[:5], "null", *WHOLE[6:]]),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", [*LEVEL[:5], None, *LEVEL[6:]], "Close"),
    ),
    "market site, months in words, newest first, K and percent": Case(
        lines(
            '"Date","Price","Open","Vol.","Change %"',
            *beside(
                [f'"Jan {d}, 2023"' for d in range(20, 8, -1)],
                quoted(grouped(v) for v in LARGE),
                quoted(grouped(v) for v in LARGE),
                [f'"{w / 100:.2f}K"' for w in WHOLE],
                ['"0.45%"'] * 12,
            ),
        ).encode("utf-8-sig"),
        Reading("2023-01-09", "2023-01-20", LARGE[::-1], "Price"),
    ),
    "coins, four times a row": Case(
        lines(
            "timeOpen;timeClose;timeHigh;timeLow;name;close;timestamp",
            *beside(
                [f'"{d}T00:00:00.000Z"' for d in DAYS_2023],
                [f'"{d}T23:59:59.999Z"' for d in DAYS_2023],
                [f'"{d}T{5 + i % 7:02}:{7 * i % 60:02}:00.000Z"' for i, d in enumerate(DAYS_2023)],
                [f'"{d}T{3 + i % 5:02}:{11 * i % 60:02}:00.000Z"' for i, d in enumerate(DAYS_2023)],
                ['"2781"'] * 12,
                LEVEL,
                [f'"{d}T23:59:59.999Z"' for d in DAYS_2023],
                between=";",
            ),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL, "close"),
        may=frozenset({"time"}),
        unit="D",
    ),
    "orders, ordered and shipped": Case(
        lines(
            "order_id,ordered,shipped,amount",
            *beside(range(90017, 90029), DAYS_2023, [f"2023-01-{d + 2 + d % 3:02}" for d in range(9, 21)], LEVEL),
        ).encode(),
        Reading("2023-01-09", "2023-01-20", LEVEL, "amount"),
        may=frozenset({"time"}),
    ),
    "two sales on one day": Case(
        lines("date,sales", *beside([*DAYS_2023, "2023-01-12"], [*LEVEL, 99.5])).encode(), DAYS, left_out=(14,)
    ),
    "percent, german": Case(
        lines("Datum;Rendite", *beside(GERMAN_DAYS, [comma(v / 100) + " %" for v in LEVEL], between=";")).encode(),
        Reading("2023-01-09", "2023-01-20", [v / 100 for v in LEVEL]),
    ),
    "totals of years between": Case(
        lines(
            "Period,Sales",
            *beside([f"2021-{m:02}" for m in range(1, 13)], LEVEL),
            "2021 Total,1505.75",
            *beside([f"2022-{m:02}" for m in range(1, 13)], LEVEL),
            "2022 Total,1505.75",
            "Grand Total,3011.5",
        ).encode(),
        Reading("2021-01-01", "2022-12-01", LEVEL + LEVEL),
        left_out=(14, 27, 28),
    ),
    "french total": Case(
        lines("Date;Montant", *beside(GERMAN_DAYS, map(comma, LEVEL), between=";"), "Total général;1505,75").encode(),
        DAYS,
        left_out=(14,),
    ),
    "total without a name": Case(lines("date,v", *beside(DAYS_2023, LEVEL), ",1505.75").encode(), DAYS, left_out=(14,)),
    "mean and deviation below": Case(
        lines("date,v", *beside(DAYS_2023, LEVEL), "Average,125.48", "Std Dev,13.6", "Max,148.5").encode(),
        DAYS,
        left_out=(14, 15, 16),
    ),
    "thousands with a letter": Case(
        lines("date,visits", *beside(DAYS_2023, [f"{w / 1000}K" for w in WHOLE])).encode(),
        Reading("2023-01-09", "2023-01-20", WHOLE),
        refusable=True,
    ),
    "percent in some cells only": Case(
        lines(
            "date,rate", *beside(DAYS_2023, [f"{v / 10}%" if i % 2 else v / 1000 for i, v in enumerate(LEVEL)])
        ).encode(),
        Reading("2023-01-09", "2023-01-20", [v / 1000 for v in LEVEL]),
        refusable=True,
    ),
    "two currencies": Case(
        lines("date,price", *beside(DAYS_2023, [f"{'€' if i % 2 else '$'}{v}" for i, v in enumerate(LEVEL)])).encode(),
        DAYS,
        asked="currency",
        refusable=True,
    ),
}
