"""Web pages of the project's own, one for each way in which press releases are published, with what is text in them and what is not."""

from __future__ import annotations

from typing import Final, NamedTuple

TITLE: Final = "مؤسسة المنارة تفتتح مركزا للتدريب المهني في صحار"
LEAD: Final = "صحار في 14 مايو 2019: افتتحت مؤسسة المنارة أمس الثلاثاء مركزا جديدا للتدريب المهني بتكلفة 3.5 مليون ريال عماني."
MORE: Final = "ويضم المركز 24 قاعة و6 مختبرات، ويستقبل في عامه الأول 850 متدربا من 11 ولاية."
SAID: Final = "وقال مدير المؤسسة سالم بن حمد البلوشي إن الافتتاح ثمرة تعاون استمر سنتين مع 9 شركات من القطاع الخاص."
LAST: Final = "ويبدأ التسجيل في الأول من سبتمبر المقبل ويستمر 45 يوما."
BODY: Final = (LEAD, MORE, SAID, LAST)
MENU: Final = ("الصفحة الرئيسية", "عن المؤسسة", "الخدمات الإلكترونية", "المناقصات", "اتصل بنا")
RELATED: Final = "اقرأ أيضا: وزير النقل يزور ميناء الدقم ويطلع على أعمال التوسعة"
FOOTER: Final = "جميع الحقوق محفوظة لمؤسسة المنارة 2024"


class Page(NamedTuple):
    """A page: its HTML, the sentences that must be found, those that must not."""

    html: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def _paragraphs(sentences: tuple[str, ...] = BODY) -> str:
    return "\n".join(f"<p>{s}</p>" for s in sentences)


_NAV = "".join(f'<li><a href="/{n}">{text}</a></li>' for n, text in enumerate(MENU))
_ITEMS = ("منح 120 شهادة في الحدادة", "منح 95 شهادة في الكهرباء", "منح 60 شهادة في النجارة")

PAGES: Final = {
    "semantic": Page(
        f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{TITLE} | مؤسسة المنارة</title>
        <meta property="article:published_time" content="2019-05-15T08:30:00+04:00"></head><body>
        <header><h1>مؤسسة المنارة</h1><nav><ul>{_NAV}</ul></nav></header>
        <main><article><h1>{TITLE}</h1>{_paragraphs()}</article><aside><h3>{RELATED}</h3></aside></main>
        <footer><p>{FOOTER}</p></footer><script>var تتبع = "نص برمجي لا يقرأ";</script></body></html>""",
        (TITLE, *BODY),
        (MENU[2], RELATED, FOOTER, "نص برمجي"),
    ),
    "weblog": Page(
        f"""<!DOCTYPE html><html dir="rtl"><head><meta charset="utf-8"><title>{TITLE} - المنارة</title></head><body class="post-template">
        <div id="masthead"><div class="site-title">المنارة</div><div class="menu-main"><ul>{_NAV}</ul></div></div>
        <div class="content-area"><div class="post"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta">نشر بواسطة المحرر</div>
        <div class="entry-content">{_paragraphs()}</div><div class="sharedaddy">شارك هذا: <a>فيسبوك</a> <a>تويتر</a></div>
        <div class="related-posts"><h3>مواضيع ذات صلة</h3><ul><li><a href="#">{RELATED}</a></li></ul></div>
        <div id="comments" class="comments-area"><p>تعليق: شكرا لكم على هذا الخبر الجميل يا إخوان</p></div></div></div>
        <div class="sidebar widget-area"><ul>{_NAV}</ul></div><div class="site-footer">{FOOTER}</div></body></html>""",
        (TITLE, *BODY),
        (MENU[2], RELATED, FOOTER, "تعليق: شكرا"),
    ),
    "tables for layout": Page(
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{TITLE}</title></head><body bgcolor="#ffffff">
        <table width="760" align="center"><tr><td colspan="2"><img src="banner.gif"></td></tr><tr><td width="160" valign="top"><table>
        {"".join(f'<tr><td><a href="p{n}.htm"><font size="2">{text}</font></a></td></tr>' for n, text in enumerate(MENU))}</table></td>
        <td valign="top"><font size="4"><b>{TITLE}</b></font><br><br><font size="3">{"<br><br>".join(BODY)}</font></td></tr>
        <tr><td colspan="2" align="center"><font size="1">{FOOTER}</font></td></tr></table></body></html>""",
        (TITLE, *BODY),
        (MENU[2],),
    ),
    "saved by a word processor": Page(
        f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>بيان</title><style>p.MsoNormal{{margin:0}}</style></head>
        <body lang="AR-OM"><div class="WordSection1"><p class="MsoNormal" dir="RTL"><b><span lang="AR-SA">{TITLE}<o:p></o:p></span></b></p>
        {"".join(f'<p class="MsoNormal" dir="RTL"><span lang="AR-SA" style="font-size:14pt">{s}<o:p></o:p></span></p>' for s in BODY)}</div></body></html>""",
        (TITLE, *BODY),
        ("MsoNormal",),
    ),
    "blocks and line breaks": Page(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>الأخبار</title></head><body><form id="aspnetForm"><div id="s4-workspace">
        <div id="topnav">{"".join(f'<a href="/{n}">{text}</a> | ' for n, text in enumerate(MENU))}</div>
        <div id="ctl00_Main"><div class="newsTitle">{TITLE}</div><div class="newsBody"><div>{"<br />".join(BODY)}</div></div></div>
        <div id="bottom">{FOOTER}</div></div></form></body></html>""",
        (TITLE, *BODY),
        (MENU[2],),
    ),
    "short": Page(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div class="nav"><ul>{_NAV}</ul></div>
        <div class="news"><h2>{TITLE}</h2><p>{LEAD}</p></div></body></html>""",
        (TITLE, LEAD),
        (MENU[2],),
    ),
    "lists": Page(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><nav><ul>{_NAV}</ul></nav><main><h1>{TITLE}</h1><p>{LEAD}</p>
        <p>وشهد الحفل:</p><ul>{"".join(f"<li>{i}</li>" for i in _ITEMS)}</ul><p>{LAST}</p></main></body></html>""",
        (TITLE, LEAD, *_ITEMS, LAST),
        (MENU[2],),
    ),
    "a table of figures": Page(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><div class="menu"><ul>{_NAV}</ul></div><article><h1>{TITLE}</h1>
        {_paragraphs()}<table><thead><tr><th>الولاية</th><th>المتدربون</th></tr></thead><tbody><tr><td>صحم</td><td>212</td></tr><tr><td>شناص</td><td>174</td></tr>
        </tbody></table></article></body></html>""",
        (TITLE, *BODY, "صحم", "212", "174"),
        (MENU[2],),
    ),
    "sections": Page(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
        <div id="menu"><ul>{_NAV}</ul></div><div id="content"><h1>{TITLE}</h1><p>{LEAD}</p><h2>أقسام المركز</h2><p>{MORE}</p>
        <h2>كلمة المدير</h2><blockquote><p>{SAID}</p></blockquote><h2>التسجيل</h2><p>{LAST}</p></div></body></html>""",
        (TITLE, *BODY, "أقسام المركز", "كلمة المدير"),
        (MENU[2],),
    ),
    "newsletter": Page(
        f"""<html><body><table width="100%"><tr><td><table width="600"><tr><td style="font-size:22px">{TITLE}</td></tr>
        {"".join(f'<tr><td style="padding:8px">{s}</td></tr>' for s in BODY)}<tr><td><div style="display:none">نص خفي لعرض البريد</div></td></tr>
        </table></td></tr></table></body></html>""",
        (TITLE, *BODY),
        ("نص خفي",),
    ),
    "fragment": Page(f"<h3>{TITLE}</h3>{LEAD}<p>{MORE}<p>{SAID}<p>{LAST}", (TITLE, *BODY), ()),
    "bulleted with links in the text": Page(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
        <ul class="breadcrumb"><li><a>الرئيسية</a></li><li><a>الأخبار</a></li></ul>
        <div class="article-body"><h1>{TITLE}</h1><p><a href="/x">صحار</a> في 14 مايو 2019: افتتحت <a href="/m">مؤسسة المنارة</a>
        أمس الثلاثاء مركزا جديدا <a>للتدريب المهني</a>
        بتكلفة <b>3.5</b> مليون ريال عماني.</p><p>{SAID}</p></div>
        <div class="tags"><a>تدريب</a> <a>صحار</a></div><div class="latest-news"><a>{RELATED}</a></div></body></html>""",
        (TITLE, LEAD, SAID),
        (RELATED,),
    ),
    "contact at the end": Page(
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body><section class="press-release"><h1>{TITLE}</h1>{_paragraphs()}
        <p>للتواصل الإعلامي: هاتف 24123456 بريد press@example.org</p></section></body></html>""",
        (TITLE, *BODY, "24123456"),
        (),
    ),
}
