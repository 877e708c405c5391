"""Facts: what the mentions of a text say together. One folder a fact type, the same files every time.

``fact.py`` makes the facts, ``rules.toml`` holds its wordings with their examples. A new wording is a rule; a new fact type is a
folder and one line in ``FACTS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from newsextract.facts.counts import fact as counts
from newsextract.facts.dates import fact as dates
from newsextract.facts.delegations import fact as delegations
from newsextract.facts.documents import fact as documents
from newsextract.facts.draft import Draft, Findings
from newsextract.facts.events import fact as events
from newsextract.facts.institutions import fact as institutions
from newsextract.facts.money import fact as money
from newsextract.facts.people import fact as people
from newsextract.facts.percentages import fact as percentages
from newsextract.facts.places import fact as places
from newsextract.facts.programmes import fact as programmes
from newsextract.facts.venue import fact as venue


class FactType(Protocol):
    """A fact type: the record's list that it fills, and how."""

    KIND: str

    def build(self, findings: Findings) -> list[Draft]:
        """The facts of one reading; earlier types are already in ``findings``."""
        ...


FACTS: Final[Sequence[FactType]] = (dates, places, institutions, people, programmes, documents, counts, money, percentages, events, venue, delegations)
"""In the order in which they need one another."""
