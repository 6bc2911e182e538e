"""Full-text search over what readers may see: `index` keeps it, `find` and `titles_beginning` ask it.

The database does the searching: FTS5 in SQLite, a tsvector in PostgreSQL. Neither ranks more than `CANDIDATES` of the
matches, the newest, however many there are (docs/search.md).
"""

from posts.search.entries import clear, index, renamed, retagged
from posts.search.finding import (
    Found,
    Scope,
    find,
    posts_matching,
    shown,
    tags_of,
    titles_beginning,
    titles_matching,
    years_of,
)
from posts.search.query import Query
from posts.search.snippets import marked, snippet
from posts.search.spelling import respelled

__all__ = [
    "Found",
    "Query",
    "Scope",
    "clear",
    "find",
    "index",
    "marked",
    "posts_matching",
    "renamed",
    "respelled",
    "retagged",
    "shown",
    "snippet",
    "tags_of",
    "titles_beginning",
    "titles_matching",
    "years_of",
]
