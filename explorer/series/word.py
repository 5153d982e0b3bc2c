"""Words that people put over columns and into cells."""

from __future__ import annotations

import re

# fmt: off
TIME_WORDS = frozenset({
    "date", "dates", "time", "datetime", "timestamp", "year", "month", "day", "week", "quarter", "period", "ds",
    "datum", "zeit", "zeitpunkt", "jahr", "monat", "quartal", "fecha", "año", "mois", "jour",
})
YEAR = frozenset({"year", "yr", "yyyy", "jahr", "année", "annee", "año", "ano", "anno", "jaar"})
MONTH = frozenset({"month", "mon", "mo", "mm", "monat", "mois", "mes", "mese", "maand"})
DAY = frozenset({"day", "dy", "dd", "tag", "jour", "día", "dia", "giorno", "dag"})
HOUR = frozenset({"hour", "hr", "hh", "stunde", "heure", "hora", "ora", "uur"})
ID = frozenset({
    "id", "ids", "idx", "index", "no", "nr", "number", "num", "row", "rowid", "rownames", "rn", "obs", "code", "zip",
    "plz", "postcode", "key",
})
ASIDE = frozenset({
    "lat", "lon", "lng", "latitude", "longitude", "elevation", "altitude", "flag", "flags", "quality", "qc", "weekday",
    "dow", "weekend", "week", "quarter",
})
MONTHS = {
    word: number
    for number, names in enumerate((
        ("jan", "january", "januar", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari", "jänner", "jän"),
        ("feb", "february", "februar", "février", "févr", "fevrier", "fevr", "febrero", "febbraio", "februari"),
        ("mar", "march", "märz", "mär", "mrz", "maerz", "mars", "marzo", "maart", "mrt"),
        ("apr", "april", "avril", "avr", "abril", "abr", "aprile"),
        ("may", "mai", "mayo", "maggio", "mag", "mei"),
        ("jun", "june", "juni", "juin", "junio", "giugno", "giu"),
        ("jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug"),
        ("aug", "august", "août", "aout", "ago", "agosto", "augustus"),
        ("sep", "sept", "september", "septembre", "septiembre", "settembre", "set"),
        ("oct", "october", "oktober", "okt", "octobre", "octubre", "ottobre", "ott"),
        ("nov", "november", "novembre", "noviembre"),
        ("dec", "december", "dezember", "dez", "décembre", "déc", "decembre", "diciembre", "dic", "dicembre"),
    ), 1)
    for word in names
}
# fmt: on
MISSING = (
    r"(#?n[./]?a\.?|k\. ?a\.|<na>|[-+]?nan|nat|\(?null\)?|none|nil|missing|undefined|not available|void|\\n"
    r"|-{1,3}|[–—…?*]|\.{1,3}|#(value|ref|num)!|#div/0!|#null!|#name\?)?"
)
INFINITE = r"[+-]?(inf|infinity|∞|1\.#inf)"
TOTAL = re.compile(
    r"(grand |sub)?-?(total|sum|summe|gesamt|gesamtsumme|mean|average|avg|mittel|mittelwert|durchschnitt|somme|moyenne"
    r"|totale|media|min|max|minimum|maximum|median|std|count)\b[^A-Za-z]*|(grand |sub)?-?total\b.{0,40}",
    re.I,
)


def first_word(name: str) -> str:
    """Return what a column is called before any unit in brackets, in lower case."""
    return re.split(r"[ (\[]", name.strip().lower())[0]


def all_words(name: str) -> set[str]:
    """Return the words of a column's name in lower case."""
    return set(re.findall(r"[^\W\d_]+", name.lower()))
