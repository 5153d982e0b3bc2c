"""Tables that were saved by a spreadsheet in another language."""

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

YEAR = ("2023-01-01", "2023-12-01")
FIRST_OF_MONTH = [f"01.{m:02}.2023" for m in range(1, 13)]
DAY_FIRST = [f"{d:02}/03/2023" for d in range(9, 21)]
LEVELS = Reading("2023-03-09", "2023-03-20", LEVEL)
MONTHLY = Reading(*YEAR, LEVEL)


def _named(names: str, header: str, between: str = ";", pattern: str = "{}") -> bytes:
    return lines(header, *beside(map(pattern.format, names.split()), map(comma, LEVEL), between=between)).encode()


CASES = {
    "german, grouped by points, Windows-1252": Case(
        lines(
            "Datum;Umsatz (€);Bemerkung",
            *beside(FIRST_OF_MONTH, [grouped(v, ".", ",") for v in LARGE], [""] * 12, between=";"),
            end="\r\n",
        ).encode("cp1252"),
        Reading(*YEAR, LARGE, "Umsatz (€)"),
    ),
    "german, month names and two-digit years": Case(
        _named("Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez", "Monat;Index", pattern="{} 23"), MONTHLY
    ),
    "german, months written out": Case(
        _named(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Monat;Index",
            pattern="{} 2023",
        ),
        MONTHLY,
    ),
    "french, months shortened": Case(
        _named("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", "Mois;Indice", pattern="{} 2023"),
        MONTHLY,
    ),
    "french, narrow no-break spaces": Case(
        lines(
            "Date;Chiffre d’affaires", *beside(DAY_FIRST, [grouped(v, "\u202f", ",") for v in LARGE], between=";")
        ).encode(),
        Reading("2023-03-09", "2023-03-20", LARGE),
    ),
    "french, no-break spaces, Windows-1252": Case(
        lines("Date;Débit (m³/s)", *beside(DAY_FIRST, [grouped(v, "\xa0", ",") for v in LARGE], between=";")).encode(
            "cp1252"
        ),
        Reading("2023-03-09", "2023-03-20", LARGE, "Débit (m³/s)"),
    ),
    "brazilian, currency in front": Case(
        lines("Data;Preço", *beside(DAY_FIRST, ["R$ " + grouped(v, ".", ",") for v in LARGE], between=";")).encode(
            "utf-8-sig"
        ),
        Reading("2023-03-09", "2023-03-20", LARGE, "Preço"),
    ),
    "portuguese, month/year": Case(
        _named("jan fev mar abr mai jun jul ago set out nov dez", "Mês;Valor", pattern="{}/2023"), MONTHLY
    ),
    "spanish, day-month-year": Case(
        _named("ene feb mar abr may jun jul ago sep oct nov dic", "Fecha;Valor", pattern="01-{}-2023"), MONTHLY
    ),
    "italian months": Case(
        _named("gen feb mar apr mag giu lug ago set ott nov dic", "Mese;Valore", pattern="{} 2023"), MONTHLY
    ),
    "dutch, days written out": Case(
        lines(
            "Datum;Waarde", *beside([f"{d} maart 2023" for d in range(9, 21)], map(comma, LEVEL), between=";")
        ).encode(),
        LEVELS,
    ),
    "dutch months written out": Case(
        _named(
            "januari februari maart april mei juni juli augustus september oktober november december",
            "Maand\tWaarde",
            "\t",
            "{} 2023",
        ),
        MONTHLY,
    ),
    "japanese, Shift-JIS": Case(
        lines(
            "日付,売上高（円）",
            *beside([f"2023/3/{d}" for d in range(9, 21)], quoted(grouped(v, places=0) for v in WHOLE)),
        ).encode("cp932"),
        Reading("2023-03-09", "2023-03-20", WHOLE, "売上高（円）"),
        may=frozenset({"decimal"}),
    ),
    "japanese, year and month signs, EUC-JP": Case(
        lines("年月,気温", *beside([f"2023年{m}月" for m in range(1, 13)], LEVEL)).encode("euc_jp"),
        Reading(*YEAR, LEVEL, "気温"),
    ),
    "japanese, full-width digits": Case(
        lines("年月,平均", *beside([f"2023/0{m}" for m in range(1, 10)], ["12.5", "13.25", "9.0"] * 3))
        .translate({ord("0") + i: ord("０") + i for i in range(10)} | {ord("."): "．", ord("/"): "／"})
        .encode("cp932"),
        Reading("2023-01-01", "2023-09-01", [12.5, 13.25, 9.0] * 3),
    ),
    "chinese, GB18030": Case(
        lines("日期,收盘价,成交量", *beside(DAYS_2023, LEVEL, WHOLE)).encode("gb18030"),
        Reading("2023-01-09", "2023-01-20", LEVEL, "收盘价"),
    ),
    "chinese, day signs": Case(
        lines("日期,数值", *beside([f"2023年3月{d}日" for d in range(9, 21)], LEVEL)).encode("utf-8-sig"), LEVELS
    ),
    "korean, dates with spaces": Case(
        lines("날짜,값", *beside([f"2023. 3. {d}." for d in range(9, 21)], LEVEL)).encode("utf-8-sig"), LEVELS
    ),
    "hungarian, points behind": Case(
        lines(
            "dátum;érték", *beside([f"2023.03.{d:02}." for d in range(9, 21)], map(comma, LEVEL), between=";")
        ).encode(),
        LEVELS,
    ),
    "polish, Windows-1250": Case(
        lines("Dzień;Wartość", *beside(DAYS_2023, [grouped(v, " ", ",") + " zł" for v in LARGE], between=";")).encode(
            "cp1250"
        ),
        Reading("2023-01-09", "2023-01-20", LARGE, "Wartość"),
    ),
    "polish, days of a month in the genitive, Windows-1250": Case(
        lines(
            "Miesiąc;Średnia", *beside([f"{d} października 2023" for d in range(9, 21)], map(comma, LEVEL), between=";")
        ).encode("cp1250"),
        Reading("2023-10-09", "2023-10-20", LEVEL, "Średnia"),
    ),
    "polish, months shortened": Case(
        _named("sty lut mar kwi maj cze lip sie wrz paź lis gru", "Miesiąc;Wartość", pattern="{} 2023"), MONTHLY
    ),
    "czech, months written out, Windows-1250": Case(
        _named(
            "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
            "Měsíc;Průměr",
            pattern="{} 2023",
        )
        .decode()
        .encode("cp1250"),
        Reading(*YEAR, LEVEL, "Průměr"),
    ),
    "hungarian, months written out, Windows-1250": Case(
        _named(
            "január február március április május június július augusztus szeptember október november december",
            "Hónap;Hőmérséklet",
            pattern="2023. {}",
        )
        .decode()
        .encode("cp1250"),
        Reading(*YEAR, LEVEL, "Hőmérséklet"),
    ),
    "turkish, months written out, Windows-1254": Case(
        _named(
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
            "Tarih;Yağış (mm)",
            pattern="{} 2023",
        )
        .decode()
        .encode("cp1254"),
        Reading(*YEAR, LEVEL, "Yağış (mm)"),
    ),
    "greek, Windows-1253": Case(
        lines("Ημερομηνία;Θερμοκρασία", *beside(FIRST_OF_MONTH, map(comma, LEVEL), between=";")).encode("cp1253"),
        Reading(*YEAR, LEVEL, "Θερμοκρασία"),
    ),
    "russian, days of a month in the genitive": Case(
        lines(
            "Дата;Температура", *beside([f"{d} марта 2023 г." for d in range(9, 21)], map(comma, LEVEL), between=";")
        ).encode(),
        LEVELS,
    ),
    "finnish, months written out": Case(
        _named(
            "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
            "Kuukausi;Arvo",
            pattern="{} 2023",
        ),
        MONTHLY,
    ),
    "russian, Windows-1251": Case(
        lines("Дата;Цена", *beside(FIRST_OF_MONTH, map(comma, LEVEL), between=";")).encode("cp1251"), MONTHLY
    ),
    "swedish, true minus sign": Case(
        lines("Datum;Temperatur", *beside(DAYS_2023, ["−" + comma(v) for v in LEVEL], between=";")).encode(),
        Reading("2023-01-09", "2023-01-20", [-v for v in LEVEL]),
    ),
    "swiss, apostrophes": Case(
        lines(
            "Datum;Betrag CHF",
            *beside([f"{d}.03.2023" for d in range(9, 21)], [grouped(v, "’") for v in LARGE], between=";"),
        ).encode(),
        Reading("2023-03-09", "2023-03-20", LARGE),
    ),
    "indian, lakh and rupee": Case(
        lines(
            "Date,Amount",
            *beside(
                [f"{d:02}-03-2023" for d in range(9, 21)], [f'"₹ {i + 1},2{i % 10},4{i % 7}0.50"' for i in range(12)]
            ),
        ).encode(),
        Reading(
            "2023-03-09",
            "2023-03-20",
            [(i + 1) * 100000 + (20 + i % 10) * 1000 + (40 + i % 7) * 10 + 0.5 for i in range(12)],
        ),
    ),
    "american, month first, dollars and parentheses": Case(
        lines(
            "Date,Net",
            *beside(
                [f"3/{d}/2023" for d in range(9, 21)],
                [f'"(${grouped(v)})"' if i % 2 else f'"${grouped(v)}"' for i, v in enumerate(LARGE)],
            ),
        ).encode(),
        Reading("2023-03-09", "2023-03-20", [-v if i % 2 else v for i, v in enumerate(LARGE)]),
    ),
    "british, day, month name, short year": Case(
        lines("Date,Rate", *beside([f"{d:02}-Mar-23" for d in range(9, 21)], LEVEL)).encode(), LEVELS
    ),
    "unicode text of a german spreadsheet, UTF-16 and tabs": Case(
        lines("Datum\tWärme", *beside(FIRST_OF_MONTH, map(comma, LEVEL), between="\t"), end="\r\n").encode("utf-16"),
        Reading(*YEAR, LEVEL, "Wärme"),
    ),
    "unicode text, UTF-16, big end first": Case(
        b"\xfe\xff" + lines("日付\t値", *beside(DAYS_2023, LEVEL, between="\t"), end="\r\n").encode("utf-16-be"),
        Reading("2023-01-09", "2023-01-20", LEVEL, "値"),
    ),
}
