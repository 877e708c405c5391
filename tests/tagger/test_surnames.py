"""Names once more: a surname alone is a person where the document has the person's name."""

from __future__ import annotations

import pytest

from newsextract.lexicon.compiled import Lexicon
from newsextract.lexicon.load import shipped_entries
from newsextract.tagger.statistical import StatisticalTagger
from newsextract.tagger.surnames import Labelled, repeat_surnames

FULL = "قال السيد [خالد البرغوثي] امس"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(shipped_entries())


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("ثم سافر البرغوثي الي تونس", "O O B-PERSON O O"),
        ("ثم سافر والبرغوثي معه", "O O B-PERSON O"),
        ("ثم سافر سالم البرغوثيون", "O O O O"),
        ("بيان [تونس] البرغوثي امس", "O B-PERSON O O"),
    ],
)
def test_surnames_are_known_again(lexicon: Lexicon, sentence: str, tags: str) -> None:
    assert tagged([FULL, sentence], lexicon)[1].tags == tags.split()


def test_before_as_after(lexicon: Lexicon) -> None:
    first, second = tagged(["سافر البرغوثي", FULL], lexicon)
    assert first.tags == ["O", "B-PERSON"]
    assert first.margins[1] == second.margins[3] == 3


def test_the_margin_is_that_of_the_nearest(lexicon: Lexicon) -> None:
    labelled = tagged([FULL, "سافر البرغوثي", "عاد"], lexicon)
    assert labelled[1].margins == [0, 3]


@pytest.mark.parametrize("full", ["قال السيد [خالد تونس] امس", "قال السيد [خالد كبير] امس"])
def test_what_is_also_a_place_or_a_word_is_left_alone(lexicon: Lexicon, full: str) -> None:
    surname = full.split()[3].strip("]")
    assert tagged([full, f"ثم سافر {surname} اليها"], lexicon)[1].tags == ["O"] * 4


def test_far_away_nothing_is_known(lexicon: Lexicon) -> None:
    between = ["كلمه " * 500] * 5
    assert tagged([FULL, *between, "سافر البرغوثي"], lexicon)[-1].tags == ["O", "O"]


def test_documents_know_nothing_of_each_other(shipped: StatisticalTagger) -> None:
    full, alone = "قال السيد خالد البرغوثي أمس إن العمل بدأ.", "وفي المساء عاد كل من معه ثم البرغوثي من هناك."
    apart = shipped.tag([full, alone])[1]
    assert apart == shipped.tag([alone])[0]


def tagged(sentences: list[str], lexicon: Lexicon) -> list[Labelled]:
    words, labelled = [], []
    for sentence in sentences:
        inside, tags = False, []
        for part in sentence.split():
            opens = part.startswith("[")
            tags.append("B-PERSON" if opens else "I-PERSON" if inside else "O")
            inside = (opens or inside) and not part.endswith("]")
        words.append([part.strip("[]") for part in sentence.split()])
        labelled.append(Labelled(tags, [n if tag != "O" else 0 for n, tag in enumerate(tags)]))
    repeat_surnames(words, labelled, lexicon)
    return labelled
