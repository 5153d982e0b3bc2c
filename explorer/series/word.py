"""Words that people put over columns and into cells."""

from __future__ import annotations

import re

# fmt: off
TIME_WORDS = frozenset({
    "date", "dates", "time", "datetime", "timestamp", "year", "month", "day", "week", "quarter", "period", "ds", "when",
    "datum", "zeit", "zeitpunkt", "zeitstempel", "jahr", "monat", "quartal", "woche", "tag", "buchungstag", "fecha",
    "año", "periodo", "mois", "jour", "année", "trimestre", "semaine", "période", "data", "mês", "mes", "ano", "mese",
    "anno", "giorno", "maand", "jaar", "dag", "dátum", "hónap", "év", "dzień", "miesiąc", "rok", "měsíc", "дата",
    "месяц", "год", "tarih", "yıl", "dato", "måned", "månad", "år", "päivämäärä", "kuukausi", "vuosi", "ημερομηνία",
    "μήνας", "έτος", "日付", "日時", "年月", "年月日", "時刻", "日期",
    "时间", "月份", "年份", "날짜", "일자", "mess_datum", "observed", "sampled",
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
        "jan january januar janvier janv enero ene gennaio gen januari jänner jän janeiro styczeń stycznia sty "
        "leden ledna led január январь января янв ocak oca tammikuu tammi ιανουάριος ιανουαρίου ιαν",
        "feb february februar février févr fév fevrier fevr febrero febbraio februari fev fevereiro febr luty "
        "lutego lut únor února úno február февраль февраля фев февр şubat şub helmikuu helmi φεβρουάριος "
        "φεβρουαρίου φεβ",
        "mar march märz mär mrz maerz mars marzo maart mrt março marco marts marzec marca březen března bře marec "
        "március márc март марта мар mart maaliskuu maalis μάρτιος μαρτίου μάρ μαρ",
        "apr april avril avr abril abr aprile kwiecień kwietnia kwi duben dubna dub apríl április ápr апрель апреля "
        "апр nisan nis huhtikuu huhti απρίλιος απριλίου απρ",
        "may mai mayo maggio mag mei maio maj maja květen května kvě máj május май мая mayıs toukokuu touko μάιος "
        "μαΐου μάι μαΐ",
        "jun june juni juin junio giugno giu junho czerwiec czerwca cze červen června čvn jún június июнь июня июн "
        "haziran haz kesäkuu kesä ιούνιος ιουνίου ιούν ιουν",
        "jul july juli juillet juil julio luglio lug julho lipiec lipca lip červenec července čvc júl július июль "
        "июля июл temmuz tem heinäkuu heinä ιούλιος ιουλίου ιούλ ιουλ",
        "aug august août aoû aout ago agosto augustus augusti sierpień sierpnia sie srpen srpna srp augusztus "
        "август августа авг ağustos ağu elokuu elo αύγουστος αυγούστου αύγ αυγ",
        "sep sept september septembre septiembre settembre set setembro wrzesień września wrz září zář szeptember "
        "szept сентябрь сентября сен сент eylül eyl syyskuu syys σεπτέμβριος σεπτεμβρίου σεπ",
        "oct october oktober okt octobre octubre ottobre ott out outubro październik października paź říjen října "
        "říj október октябрь октября окт ekim eki lokakuu loka οκτώβριος οκτωβρίου οκτ",
        "nov november novembre noviembre novembro listopad listopada listopadu lis ноябрь ноября ноя нояб kasım kas "
        "marraskuu marras νοέμβριος νοεμβρίου νοέ νοε",
        "dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des grudzień "
        "grudnia gru prosinec prosince pro декабрь декабря дек aralık ara joulukuu joulu δεκέμβριος δεκεμβρίου δεκ",
    ), 1)
    for word in names.split()
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
