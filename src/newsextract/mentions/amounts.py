"""What stands beside a number and makes it an amount: percent signs, currencies, units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, final

from newsextract.lexicon.compiled import Lexeme, Sense
from newsextract.lexicon.schema import BIT, Entry
from newsextract.mentions.designators import designator_at
from newsextract.scan.scanner import Phrase, Scan
from newsextract.values.numeral import Number

_PERCENT: Final = BIT["PERCENT"]
_CURRENCY: Final = BIT["CURRENCY"]
_UNIT: Final = BIT["UNIT"]
_COUNTRY: Final = BIT["PLACE"] | BIT["DEMONYM"] | BIT["CURRENCY"]
_MAYBE: Final = BIT["MAYBE_PLACE"]
_SIGN: Final = _PERCENT | _CURRENCY
_DECADE: Final = "decade"
_MOST_DECADES: Final = 10
_PREFIXED: Final = ("symbol", "code")


@final
class Beside:
    """A lexicon entry beside a number, at the tokens ``[first, last)``; ``form`` is the sense's."""

    __slots__ = ("cut", "entry", "first", "form", "last")

    def __init__(self, entry: Entry, first: int, last: int, form: str, cut: int = 0) -> None:
        self.entry = entry
        self.first = first
        self.last = last
        self.form = form
        self.cut = cut


def beside(scan: Scan, at: int, label: str) -> Beside | None:
    """The longest entry with ``label`` that begins at token ``at`` and carries neither proclitic nor article."""
    bit = BIT[label]
    if at >= len(scan.words) or not scan.tokens[at].flags & bit:
        return None
    phrase = scan.phrases.get(at)
    if phrase is not None and phrase.lexeme.flags & bit:
        fits = [r.sense for r in phrase.lexeme.readings if r.sense.entry.label == label and not r.cut and not r.sense.definite]
        if fits:
            sense = fits[0] if len(fits) == 1 else _as_written(scan, phrase, fits)
            return Beside(sense.entry, at, phrase.last, sense.form)
    return _word(scan, at, label)


def _as_written(scan: Scan, phrase: Phrase, fits: list[Sense]) -> Sense:
    """Of senses that fold alike the one that is written here: د.إ is the dirham, د.أ the Jordanian dinar."""
    text = scan.text(scan.span(phrase.first, phrase.last))
    for sense in fits:
        if sense.entry.surface in text:
            return sense
    return fits[0]


def _word(scan: Scan, at: int, label: str) -> Beside | None:
    lexeme = scan.tokens[at].lexeme
    if lexeme is not None:
        for reading in lexeme.readings:
            cut, sense = reading.cut, reading.sense
            if sense.entry.label == label and not cut and not sense.definite:
                return Beside(sense.entry, at, at + 1, sense.form)
    return None


def is_contract(scan: Scan, unit: Entry, last: int, value: Number) -> bool:
    """Whether عقد, which ends before token ``last``, is a contract and no decade: «11 عقدا», «3 عقود مع شركات»."""
    return unit.value == _DECADE and (value > _MOST_DECADES or "contract" in designator_at(scan, last))


def percent_after(scan: Scan, at: int) -> Beside | None:
    """«٪», «بالمائة», «في المئة», «نقطة مئوية» at token ``at``."""
    return beside(scan, at, "PERCENT")


def percent_before(scan: Scan, at: int) -> Beside | None:
    """A sign that ends where token ``at`` begins: «%7.9», «بالمائة 10»."""
    if at < 1 or not scan.tokens[at - 1].flags & _PERCENT:
        return None
    found = _word(scan, at - 1, "PERCENT")
    if found is None or found.entry.kind not in ("sign", "word") or _is_escape(scan, at - 1):
        return None
    return found


def _is_escape(scan: Scan, at: int) -> bool:
    """Whether the sign at ``at`` goes on with Latin letters or a path: «example.com/a%20b»."""
    before = scan.words[at - 1] if at else ""
    return bool(before) and scan.adjacent(at - 1, at) and (before == "/" or (before.isascii() and before.isalpha()))


def sign_before(scan: Scan, at: int) -> Beside | None:
    """Either of the two: «%7.9», «$20»."""
    return percent_before(scan, at) or currency_before(scan, at) if may_end_sign(scan, at) else None


def may_end_sign(scan: Scan, at: int) -> bool:
    """Whether a percent sign or a currency may end where token ``at`` begins; most often none does."""
    if at < 1:
        return False
    if scan.tokens[at - 1].flags & _SIGN:
        return True
    phrase = scan.phrases.get(at - 2)
    if phrase is None:
        return False
    lexeme = scan.tokens[at - 1].lexeme
    return bool(phrase.lexeme.weak & _CURRENCY) or (lexeme is not None and bool(lexeme.weak & _CURRENCY))


def currency_before(scan: Scan, at: int) -> Beside | None:
    """A symbol or code that ends where token ``at`` begins: «$20», «US$ 5», «SAR 42»."""
    if at < 1 or (not scan.tokens[at - 1].flags & _CURRENCY and at - 2 not in scan.phrases):
        return None
    for first in range(max(0, at - 4), at - 1):
        phrase = scan.phrases.get(first)
        if phrase is not None and phrase.last == at:
            reading = phrase.sense("CURRENCY")
            if reading is not None and reading.sense.entry.kind in _PREFIXED:
                return Beside(reading.sense.entry, first, at, reading.sense.form)
    found = _word(scan, at - 1, "CURRENCY")
    return found if found is not None and found.entry.kind in _PREFIXED else None


@lru_cache(maxsize=8192)
def _country(lexeme: Lexeme) -> str:
    """The one country that a word or phrase names, or empty."""
    countries = {r.sense.entry.country for r in lexeme.readings if BIT[r.sense.entry.label] & _COUNTRY and r.sense.entry.country}
    return countries.pop() if len(countries) == 1 else ""


@lru_cache(maxsize=256)
def _owners(cell: str) -> dict[str, str]:
    """``SA:SAR QA:QAR`` as country → currency."""
    return dict(pair.split(":") for pair in cell.split())


def _most(counts: Counter[str], among: Iterable[str]) -> list[str]:
    """The countries of ``among`` that are named most often; none if none is named."""
    ranked = [(counts[country], country) for country in among if counts[country]]
    top = max(ranked)[0] if ranked else 0
    return [country for count, country in ranked if count == top]


class Currencies:
    """Which currency a bare name means in one text.

    The countries that the text names (as places, nationalities, or with a qualified currency) decide: of those that have a currency of
    that name the one named most often. Between two named alike the words decide that may be places («الكاف»).
    """

    __slots__ = ("_countries", "_perhaps", "_scan")

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._countries: Counter[str] | None = None
        self._perhaps: Counter[str] | None = None

    def code(self, entry: Entry) -> str | None:
        """ISO 4217 of ``entry`` in this text, None if nothing decides."""
        if entry.value or entry.kind != "bare":
            return entry.value or None
        owners = _owners(entry.category)
        if self._countries is None:
            self._countries = self._named(_COUNTRY)
        first = _most(self._countries, owners)
        if len(first) > 1:
            if self._perhaps is None:
                self._perhaps = self._named(_COUNTRY | _MAYBE)
            first = _most(self._perhaps, first)
        return owners[first[0]] if len(first) == 1 else None

    def _named(self, mask: int) -> Counter[str]:
        scan = self._scan
        counts: Counter[str] = Counter()
        for at in scan.where(mask):
            phrase = scan.phrases.get(at)
            lexeme = phrase.lexeme if phrase is not None and phrase.lexeme.flags & mask else scan.tokens[at].lexeme
            country = "" if lexeme is None else _country(lexeme)
            if country:
                counts[country] += 1
        return counts
