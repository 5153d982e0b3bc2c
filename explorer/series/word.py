"""Words that people put over columns and into cells."""

from __future__ import annotations

import re

# fmt: off
TIME_WORDS = frozenset({
    "date", "dates", "time", "datetime", "timestamp", "year", "month", "day", "week", "quarter", "period", "ds", "when",
    "datum", "zeit", "zeitpunkt", "zeitstempel", "jahr", "monat", "quartal", "woche", "tag", "buchungstag", "fecha",
    "año", "periodo", "mois", "jour", "année", "trimestre", "semaine", "période", "data", "mês", "mes", "ano", "mese",
    "anno", "giorno", "maand", "jaar", "dag", "dátum", "dzień", "дата", "месяц", "год", "日付", "日時", "年月",
    "年月日", "時刻", "日期", "时间", "月份", "年份", "날짜", "일자", "mess_datum", "observed", "sampled",
})
UPDATE = frozenset({
    "update", "updated", "modified", "created", "published", "release", "released", "valuta", "wertstellung", "due",
    "end", "to", "until", "bis", "expiry",
})
YEAR = frozenset({"year", "yr", "yyyy", "jahr", "année", "annee", "año", "ano", "anno", "jaar"})
MONTH = frozenset({"month", "mon", "mo", "mm", "monat", "mois", "mes", "mês", "mese", "maand"})
DAY = frozenset({"day", "dy", "dd", "tag", "jour", "día", "dia", "giorno", "dag"})
DAY_OF_YEAR = frozenset({"doy", "yday", "dayofyear", "day_of_year", "julian", "jday"})
QUARTERS = frozenset({"quarter", "qtr", "q", "quartal", "trimestre", "trimester"})
HOUR = frozenset({"hour", "hr", "hh", "stunde", "heure", "hora", "ora", "uur"})
MINUTE = frozenset({"minute", "min", "mi", "minuto"})
ID = frozenset({"id", "ids", "idx", "rowid", "rownames", "zip", "plz", "postcode"})
COUNTER = frozenset({
    "index", "no", "nr", "number", "num", "row", "rn", "obs", "code", "key", "record", "recno", "seq", "line",
    "unnamed",
})
VALUES = frozenset({
    "value", "values", "wert", "werte", "valor", "valeur", "valore", "waarde", "obs_value", "値", "값", "数值",
})
ASIDE = frozenset({
    "lat", "lon", "lng", "latitude", "longitude", "elevation", "altitude", "flag", "flags", "quality", "qc", "weekday",
    "dow", "weekend", "week", "quarter",
})
ENTITY = frozenset({
    "entity", "state", "county", "city", "country", "region", "district", "inst", "institution", "firm", "subject",
    "patient", "person", "case", "group", "cluster", "pair", "herd", "litter", "family", "school", "class", "store",
    "shop", "item", "product", "sku", "station", "site", "sensor", "plot", "block", "batch", "user", "customer",
    "client", "account", "member", "airline", "sector", "industry", "code", "no", "nr", "num", "rank",
})
MONTHS = {
    word: number
    for number, names in enumerate((
        ("jan", "january", "januar", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari", "jänner", "jän",
         "janeiro"),
        ("feb", "february", "februar", "février", "févr", "fév", "fevrier", "fevr", "febrero", "febbraio", "februari",
         "fev", "fevereiro", "febr"),
        ("mar", "march", "märz", "mär", "mrz", "maerz", "mars", "marzo", "maart", "mrt", "março", "marco"),
        ("apr", "april", "avril", "avr", "abril", "abr", "aprile"),
        ("may", "mai", "mayo", "maggio", "mag", "mei", "maio", "maj"),
        ("jun", "june", "juni", "juin", "junio", "giugno", "giu", "junho"),
        ("jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho"),
        ("aug", "august", "août", "aoû", "aout", "ago", "agosto", "augustus", "augusti"),
        ("sep", "sept", "september", "septembre", "septiembre", "settembre", "set", "setembro"),
        ("oct", "october", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "out", "outubro"),
        ("nov", "november", "novembre", "noviembre", "novembro"),
        ("dec", "december", "dezember", "dez", "décembre", "déc", "decembre", "diciembre", "dic", "dicembre",
         "dezembro"),
    ), 1)
    for word in names
}
ERAS = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "R": 2018, "H": 1988, "S": 1925, "T": 1911,
    "M": 1867,
}
# fmt: on
SUMMED = frozenset(
    {
        "amount",
        "betrag",
        "umsatz",
        "umsätze",
        "sales",
        "revenue",
        "quantity",
        "qty",
        "menge",
        "montant",
        "valor",
        "importe",
        "importo",
        "bedrag",
        "total",
        "count",
        "counts",
        "rain",
        "precipitation",
        "金額",
        "金额",
    }
)
MISSING = (
    r"(:c?|#?n[./]?a\.?|k\. ?a\.|<na>|[-+]?nan|nat|\(?null\)?|none|nil|missing|undefined|not available|void|\*{2,4}"
    r"|欠測|\\n|-{1,3}|[–—…?*]|\.{1,3}|#(value|ref|num)!|#div/0!|#null!|#name\?)?"
)
INFINITE = r"[+-]?(inf|infinity|∞|1\.#inf)"
TOTAL = re.compile(
    r"(grand |sub)?-?(total|totals|sum|summe|gesamt|gesamtsumme|mean|average|avg|mittel|mittelwert|durchschnitt|somme"
    r"|moyenne|totale|totaal|media|média|promedio|suma|razem|gemiddelde|min|max|minimum|maximum|median|std|stdev|sd|var"
    r"|std\.? ?dev\.?|standard deviation|variance|count|n|合計|平均|总计|合计|平均值|합계|평균|итого|всего|среднее)"
    r"\b[^A-Za-z]*|(grand |sub)?-?total\b.{0,40}",
    re.I,
)


def first_word(name: str) -> str:
    """Return what a column is called before any unit in brackets, in lower case."""
    return re.split(r"[ (\[]", name.strip().lower())[0]


def all_words(name: str) -> set[str]:
    """Return the words of a column's name in lower case."""
    return set(re.findall(r"[^\W\d_]+", name.lower()))
