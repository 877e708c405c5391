"""One release of the project's own, saved in every text-like way."""

from __future__ import annotations

import base64
from typing import Final

TITLE: Final = "هيئة الواحة للسياحة تطلق موسم الشتاء في نزوى"
BODY: Final = (
    "نزوى في 3 ديسمبر 2021: أطلقت هيئة الواحة للسياحة أمس الخميس موسم الشتاء بمشاركة 42 شركة من 7 دول.",
    "وقالت مديرة الهيئة الدكتورة مريم بنت سالم الحارثية إن الميزانية بلغت 1.2 مليون ريال عماني بزيادة 15% عن الموسم الماضي.",
    "ويستمر الموسم حتى 28 فبراير 2022 ويضم 63 فعالية و9 معارض.",
)
TEXT: Final = "\n".join((TITLE, *BODY)) + "\n"
ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1256", "iso-8859-6", "cp720", "mac-arabic")

_HTML: Final = f"""<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="{{charset}}"><title>{TITLE} | هيئة الواحة</title></head>
<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/news">الأخبار</a></li></ul></nav>
<article><h1>{TITLE}</h1>{"".join(f"<p>{p}</p>" for p in BODY)}</article><footer>حقوق النشر محفوظة</footer></body></html>"""


def html(charset: str, *, declared: str | None = None) -> bytes:
    """The release as a page, declared as ``declared`` if that is given."""
    return _HTML.format(charset=declared or charset).encode(charset)


def mail(charset: str = "utf-8", *, transfer: str = "base64", body: str | None = None) -> bytes:
    """The release as a mail, its subject the title."""
    text = ("\n".join(BODY) if body is None else body).encode(charset)
    subject = base64.b64encode(TITLE.encode(charset)).decode()
    payload = base64.encodebytes(text) if transfer == "base64" else text
    head = (
        f"From: press@example.org\nTo: news@example.org\nDate: Fri, 03 Dec 2021 09:15:00 +0400\nMIME-Version: 1.0\nSubject: =?{charset}?b?{subject}?=\n"
        f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n"
    )
    return head.encode() + payload
