"""`make bench`: how long a search takes as the site grows, in the process and without a network.

The posts' words are as unequally common as a language's are (Zipf's law), and so are those of the queries: one to three
words, the ten commonest words of all among them, alone and together. With --postgresql a PostgreSQL cluster is started
for it, with its usual settings; with DATABASE_URL set, that database is used, which must be empty.

python -m bench.search [--posts 1000 10000 100000] [--queries 500] [--postgresql]
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from bench.keeping import keep
from tests.support import postgresql

if TYPE_CHECKING:
    from django.test import Client

    from posts.writing import Change

SCRATCH = tempfile.TemporaryDirectory(prefix="monograph-bench-")
WORDS, WORDS_A_POST, WORDS_A_PARAGRAPH, TITLE_WORDS = 20_000, 600, 50, 6
COMMONEST = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    prepare(on_postgresql=options.postgresql)
    vocabulary = Vocabulary()
    changes = vocabulary.changes()
    there, measured = 0, list[dict[str, Any]]()
    print(f"{'posts':>8}  {'':<12}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}{'p99 of our processor time':>27}", flush=True)
    for posts in sorted(options.posts):
        fill(changes, posts - there)
        there = posts
        queries = vocabulary.queries(options.queries)
        for name, ask in (("search", found), ("whole page", page), ("suggestions", suggestions)):
            row = {"posts": posts, "what": name} | figures(list(timed(ask, queries)))
            measured.append(row)
            print(
                f"{posts:>8}  {name:<12}{row['p50']:>9.1f}{row['p99']:>9.1f}{row['max']:>9.1f}{row['processor p99']:>27.1f}",
                flush=True,
            )
    keep("search", measured)


def prepare(*, on_postgresql: bool) -> None:
    """A new database, and static files whose names templates can look up."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings", "VAR_DIR": SCRATCH.name}
    os.environ.setdefault("DJANGO_ALLOWED_HOSTS", "testserver")
    if on_postgresql:
        os.environ["DATABASE_URL"] = postgresql.start(Path(SCRATCH.name), durable=True)

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


class Vocabulary:
    """Words, the first the commonest, and texts and queries made of them: the same each time."""

    def __init__(self) -> None:
        from posts.lint import english

        self.chance = random.Random(20240613)  # not for secrets
        self.words = sorted(word for word in english.words() if word.isalpha() and len(word) > 2)
        self.chance.shuffle(self.words)
        del self.words[WORDS:]
        self.weights = list(accumulate(1 / rank for rank in range(2, WORDS + 2)))
        self.paragraphs = [" ".join(self.some(WORDS_A_PARAGRAPH)) for _ in range(5000)]

    def some(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def changes(self) -> "Iterator[Change]":
        """Posts without end, a few minutes apart, written in no order of dates."""
        from posts import writing
        from posts.document import Document
        from posts.importing.places import located
        from posts.site import project

        source = located(PurePosixPath("posts/x.md"))
        model = project(Document.parse(b"---\ntitle: T\n---\n\n## Heading\n\nText.\n"), source)
        begin = datetime(2012, 1, 1, tzinfo=UTC)
        for number in range(1_000_000):
            date = begin + timedelta(hours=number * 7919 % 100_003)
            yield writing.Change(
                replace(
                    model,
                    title=" ".join(self.some(TITLE_WORDS)).capitalize(),
                    path=f"/posts/post-{number}/",
                    source_path=f"posts/post-{number}.md",
                    date=date,
                    listed_at=date,
                    public_from=date,
                    tags=("common", f"tag {number % 997}", f"rare {number % 9973}"),
                    search_text="\n".join(self.chance.choices(self.paragraphs, k=WORDS_A_POST // WORDS_A_PARAGRAPH)),
                )
            )

    def queries(self, count: int) -> list[str]:
        """The commonest words alone, in twos and in threes; the rest as chance has it."""
        common = [" ".join(self.words[at : at + size]) for size in (1, 2, 3) for at in range(COMMONEST)]
        return common + [" ".join(self.some(self.chance.randint(1, 3))) for _ in range(count - len(common))]


def fill(changes: "Iterator[Change]", count: int) -> None:
    from django.db import connection

    from posts import writing
    from posts.models import Revision

    writing.write(islice(changes, count), origin=Revision.Origin.IMPORT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself after a while


def found(query: str) -> None:
    """What the page asks of the database: the best matches, and the entries of the first ten."""
    from posts import search

    search.shown(search.find(search.Query.read(query)).keys[:10])


def page(query: str) -> None:
    get("/search/", query)


def suggestions(query: str) -> None:
    """As asked for when four letters of the last word are typed."""
    before, _, last = query.rpartition(" ")
    get("/search/suggestions/", f"{before} {last[:4]}".strip())


def get(path: str, query: str) -> None:
    status = client().get(path, {"q": query}).status_code
    if status != 200:
        sys.exit(f"{path} answers {status} to {query!r}")


@cache
def client() -> "Client":
    from django.test import Client

    return Client()


def timed(ask: Callable[[str], None], queries: Sequence[str]) -> Iterator[tuple[float, float]]:
    """Milliseconds that each took, and of them those of this process's processor; the first is asked once before."""
    ask(queries[0])
    for query in queries:
        started, busy = time.perf_counter(), time.process_time()
        ask(query)
        yield (time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000


def figures(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Other programs on the machine lengthen the time that passes, hardly that of the processor."""
    passed, busy = (sorted(each) for each in zip(*times, strict=True))
    at = int(len(times) * 0.99) - 1
    return {"p50": statistics.median(passed), "p99": passed[at], "max": passed[-1], "processor p99": busy[at]}


if __name__ == "__main__":
    main()
