"""A small folder of training data, every sentence our own: enough to learn that what follows «السيد» is a person and «مدينة» a place."""

from __future__ import annotations

import lzma
import random
from pathlib import Path

GIVEN = ("سالم", "مريم", "خالد", "هدى", "ياسر", "ليلى", "عمر", "سعاد")
FAMILY = ("الحمداني", "الزرقاوي", "البرغوثي", "الشمري", "القيسي", "العبيدي")
PLACES = ("بغداد", "تونس", "عمان", "الرباط", "الدوحة", "مسقط")
BODIES = ("الصحة", "التعليم", "النقل", "الزراعة")
PATTERNS = (
    "قال|السيد|P|إن|العمل|بدأ|في|L|.",
    "زار|P|مدينة|L|صباح|اليوم|.",
    "أعلنت|O|عن|خطة|جديدة|في|L|.",
    "التقى|السيد|P|وفدا|من|O|أمس|.",
    "تحسن|الطقس|في|الشمال|هذا|الأسبوع|.",
)


def sentence(rng: random.Random) -> list[tuple[str, str]]:
    """A sentence as tokens with their tags, in the labels of ANERcorp."""
    out: list[tuple[str, str]] = []
    for part in rng.choice(PATTERNS).split("|"):
        if part == "P":
            out += [(rng.choice(GIVEN), "B-PERS"), (rng.choice(FAMILY), "I-PERS")]
        elif part == "L":
            out.append((rng.choice(PLACES), "B-LOC"))
        elif part == "O":
            out += [("وزارة", "B-ORG"), (rng.choice(BODIES), "I-ORG")]
        else:
            out.append((part, "O"))
    return out


def conll(sentences: list[list[tuple[str, str]]], gap: str = " ") -> str:
    return "".join("".join(f"{token}{gap}{tag}\n" for token, tag in s) + "\n" for s in sentences)


def make(folder: Path, count: int = 200) -> Path:
    """Writes a data folder of ``count`` annotated sentences, raw text and proper nouns."""
    rng = random.Random(7)
    for name in ("ner/anercorp", "ner/camel_morph_nounprop", "raw"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "ner/anercorp/ANERCorp_CamelLab_train.txt").write_text(conll([sentence(rng) for _ in range(count)]), "utf-8")
    (folder / "ner/camel_morph_nounprop/MSA-Noun-Prop-LEX.csv").write_text("FORM,FEAT\nmaroyam,pos:noun_prop rat:r\nbagodAd,pos:noun_prop rat:i\n", "utf-8")
    raw = "\n".join(" ".join(token for token, _ in sentence(rng)) for _ in range(600))
    for name in ("antcorpus-news", "wikipedia-2018"):
        with lzma.open(folder / f"raw/{name}.txt.xz", "wt", encoding="utf-8") as file:
            file.write(f"<doc id='1'>\n{raw}\n</doc>\n")
    return folder
