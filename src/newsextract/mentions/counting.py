"""Whether a number counts, and what: the noun beside it, if nothing says that the number only names, dates or titles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from newsextract.lexicon.schema import BIT
from newsextract.mentions.counted_nouns import counted_noun, is_elided, noun_at, noun_before, written
from newsextract.mentions.designators import designator_at, designator_before
from newsextract.mentions.figure import Figure
from newsextract.mentions.item_numbers import goes_on_with, names_item
from newsextract.mentions.model import Mention
from newsextract.mentions.not_counts import is_designated, is_titled, is_year
from newsextract.mentions.noun_forms import wants_plural
from newsextract.ports import MorphAnalyser
from newsextract.scan.scanner import Scan
from newsextract.values.quantity import Counted, NumberValue

_MONTH: Final = BIT["MONTH"] | BIT["MAYBE_DATE"]


def learn_lemmas(numbers: Iterable[Mention], analyser: MorphAnalyser) -> None:
    """Gives the counted nouns that the lexicon does not know the lemmas of ``analyser``, all asked for at once."""
    counts = [(m, m.value, m.value.noun) for m in numbers if isinstance(m.value, NumberValue) and m.value.noun is not None and not m.value.noun.known]
    if not counts:
        return
    for (mention, value, noun), lemma in zip(counts, analyser.lemmas([noun.text for _, _, noun in counts]), strict=True):
        if lemma:
            mention.value = NumberValue(value.extent, noun.called(lemma))


class NounReader:
    """Finds the counted nouns of one text; the figures must come in text order, for item numbers go on in rows («المواد 10 و11»).

    Args:
        scan: The text.
        taken: For each token whether a date has used it.
    """

    __slots__ = ("_named", "_scan", "_taken")

    def __init__(self, scan: Scan, taken: bytearray) -> None:
        self._scan = scan
        self._taken = taken
        self._named = 0
        """The token after the last number that names an item."""

    def read(self, figure: Figure) -> Counted | None:
        """The noun that ``figure`` counts, or None if it counts nothing."""
        run, scan = figure.run, self._scan
        first = run.first
        start = first - 1 if first and scan.words[first - 1] == "ال" else first
        if self._is_designated(figure, start):
            self._named = figure.last
            return None
        if run.definite or start < first:
            before = noun_before(scan, start)
            if before is not None and run.value >= 2:
                return before
        noun = counted_noun(scan, figure.after, figure.extent.high or figure.extent.low, definite=run.definite)
        if noun is not None and (self._taken[noun.first] or (is_year(run) and self._is_beside_year(figure, noun))):
            return None
        if noun is None:
            return self._one_thing(first - 1) if run.value == 1 and run.kind == "words" and not run.definite and first else None
        if "adverb" in designator_at(scan, noun.first) or is_titled(scan, first) or is_elided(scan, figure.first, noun):
            return None
        if run.kind == "digits" and start == first == figure.first and names_item(scan, figure, noun):
            self._named = figure.last
            return None
        return noun

    def _is_designated(self, figure: Figure, start: int) -> bool:
        """Whether the number is that of an article, a telephone, a page, or goes on with a row of such."""
        run, scan = figure.run, self._scan
        if run.joined or (figure.cut and scan.words[figure.first][0] in "وف"):
            return False
        if is_designated(scan, run.first) or (figure.first != run.first and is_designated(scan, figure.first)):
            return True
        if run.kind != "digits" or start < run.first:
            return False
        return "number" in designator_before(scan, figure.first) or (self._named > 0 and goes_on_with(scan, self._named, figure.first))

    def _is_beside_year(self, figure: Figure, noun: Counted) -> bool:
        """Whether the noun behind digits like a year is none that they count: «ميزانية 2024», «بين 2019 و2022 شركات»."""
        first = figure.run.first
        near = self._scan.tokens[max(0, first - 2) : first]
        if not noun.known or noun.first > figure.after or self._dates(first - 1) or any([token.flags & _MONTH for token in near]):
            return True
        return noun.form == "plural" and not wants_plural(figure.extent.high or figure.extent.low)

    def _dates(self, at: int) -> bool:
        """Whether the noun at ``at`` is annexed to a year: «ميزانية 2024»."""
        noun = noun_at(self._scan, at)
        return noun is not None and not noun.definite and noun.form == "surface"

    def _one_thing(self, at: int) -> Counted | None:
        """«مخيم واحد»: the singular before واحد."""
        noun = noun_at(self._scan, at)
        if noun is None or noun.definite or noun.form not in ("surface", "alias"):
            return None
        return Counted(written(self._scan, at, at + 1, noun.cut), noun.lemma, noun.category, at, at + 1, at + 1)
