"""`make bench`: what readers' lists cost as the site grows, in the process and without a network.

python -m bench.lists [--posts 1000 10000 100000] [--requests 30]
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from bench import search
from bench.keeping import keep

if TYPE_CHECKING:
    from posts.writing import Change

PATHS = (
    "/",
    "/page/5/",
    "/posts/",
    "/tags/common/",
    "/tags/",
    "/posts/post-7/",
    "/authors/a/",
    "/series/diary/",
    "/series/",
    "/index.xml",
    "/sitemap.xml",
    "/llms.txt",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--requests", type=int, default=30)
    options = parser.parse_args()
    search.prepare(on_postgresql=False)
    names = (*PATHS, "last page")
    print(f"{'posts':>8}  " + "".join(f"{name:>17}" for name in names) + "   (median ms)")
    there, measured = 0, list[dict[str, Any]]()
    for posts in sorted(options.posts):
        fill(there, posts)
        there = posts
        paths = (*PATHS, f"/page/{posts // 10}/")
        row = {name: median_ms(path, options.requests) for name, path in zip(names, paths, strict=True)}
        measured.append({"posts": posts, "median ms": row})
        print(f"{posts:>8}  " + "".join(f"{median:>17.2f}" for median in row.values()), flush=True)
    keep("lists", measured)


def fill(first: int, end: int) -> None:
    """Writes posts with one text of 8 KB, each its own path, title, date and tags."""
    from posts import writing
    from posts.models import Revision

    writing.write(changes(first, end), origin=Revision.Origin.IMPORT)


def changes(first: int, end: int) -> "Iterator[Change]":
    from bench.site import make_site
    from posts import writing
    from posts.document import Document
    from posts.importing.places import located
    from posts.site import project

    site = Path(search.SCRATCH.name, f"site-{end}")
    make_site(site, 1)
    text = next((site / "content" / "posts").iterdir()).read_bytes()
    model = project(Document.parse(text), located(PurePosixPath("posts/x.md")))
    begin = datetime(2020, 1, 1, tzinfo=UTC)
    for n in range(first, end):
        date = begin + timedelta(minutes=n)
        yield writing.Change(
            replace(
                model,
                title=f"Post {n}",
                slug=f"post-{n}",
                path=f"/posts/post-{n}/",
                source_path=f"posts/post-{n}.md",
                translation_key=f"posts/post-{n}",
                date=date,
                listed_at=date,
                public_from=date,
                authors=["A"],
                series=["Diary"] if n % 2 else ["Diary", f"Series {n % 9973}"],
                tags=("common", f"tag {n % 997}", f"rare {n % 9973}"),
            )
        )


def median_ms(path: str, requests: int) -> float:
    """Milliseconds of one request through Django, middleware and template included, counts remembered."""
    from django.test import Client

    client, seconds = Client(), []
    for _ in range(requests + 1):
        started = time.perf_counter()
        status = client.get(path).status_code
        seconds.append(time.perf_counter() - started)
        if status != 200:
            sys.exit(f"{path} answers {status}")
    return statistics.median(seconds[1:]) * 1000


if __name__ == "__main__":
    main()
