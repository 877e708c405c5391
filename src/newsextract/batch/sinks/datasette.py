"""What Datasette is told of the database (``datasette OUT/records.db -m OUT/datasette.json``)."""

from __future__ import annotations

from typing import Any, Final

from newsextract.batch.sinks.search import SEARCH
from newsextract.batch.sinks.tables import layout

_ABOUT: Final = {
    "releases": "A line a release, with the names of what it refers to. The search box finds words as written, with bare alefs, or folded.",
    "evidence": "Every place of a text where a fact stands; start and end count Unicode code points, end-exclusive.",
    "facts": "Every fact's id and type; what other tables refer to.",
    "mentions": "The evidence of each fact, in order.",
    "folding": "What folding makes of each character; used to fold queries in SQL.",
}


def metadata() -> dict[str, Any]:
    """Titles, descriptions, the search box of ``releases``, and the query ``find``, which folds what was typed."""
    tables: dict[str, dict[str, Any]] = {table.name: {"description": table.about} for table in (layout().records, *layout().facts)}
    tables |= {name: {"description": about} for name, about in _ABOUT.items()}
    for name in ("releases", "records"):
        tables[name] |= {"fts_table": "search", "fts_pk": "record"}
    tables["records"]["label_column"] = "source_name"
    query = {"title": "Search, however it is spelt", "description": "الادارة finds الإدارة.", "sql": SEARCH}
    return {"title": "newsextract", "databases": {"records": {"tables": tables, "queries": {"find": query}}}}
