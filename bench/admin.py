"""`make bench`: what the admin's pages cost an editor and an author as the site grows, in the process and without a network.

Of a hundred posts one is a draft, one is scheduled, one expires or has, one has a draft that waits; the rest are live.
With --postgresql a PostgreSQL cluster is started for it, with its usual settings.

python -m bench.admin [--posts 1000 100000] [--requests 20] [--postgresql]
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench import search
from bench.keeping import keep

if TYPE_CHECKING:
    from django.test import Client

    from posts.writing import Change

LIST = "/admin/posts/post/"
LAST = "last page"
PAGES = {
    "desk": "/admin/",
    "calendar": f"{LIST}calendar/",
    "list": LIST,
    LAST: LIST,
    "by title": f"{LIST}?o=1",
    "live": f"{LIST}?status=live",
    "scheduled": f"{LIST}?status=scheduled",
    "drafts": f"{LIST}?status=draft",
    "waiting": f"{LIST}?status=waiting",
    "expired": f"{LIST}?status=expired",
    "large section": f"{LIST}?section=posts",
    "small section": f"{LIST}?section=news",
    "large language": f"{LIST}?language=en",
    "small language": f"{LIST}?language=vi",
    "common tag": f"{LIST}?tag=common",
    "rare tag": f"{LIST}?tag=rare+7",
    "common author": f"{LIST}?author=A",
    "rare author": f"{LIST}?author=B",
    "owner": f"{LIST}?owner=me",
    "year": f"{LIST}?date=2019",
    "month": f"{LIST}?date=2019-03",
    "rare, of a section": f"{LIST}?tag=rare+7&section=posts&status=live",
    "common word": f"{LIST}?q={{common}}",
    "rare word": f"{LIST}?q={{rare}}",
    "no match": f"{LIST}?q=nosuchwordatall",
    "word, drafts": f"{LIST}?q={{common}}&status=draft",
    "Ctrl-K, common": "/admin/find/?format=json&q={common}",
    "Ctrl-K, rare": "/admin/find/?format=json&q={rare}",
    "Ctrl-K, two letters": "/admin/find/?format=json&q={letters}",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    search.prepare(on_postgresql=options.postgresql)
    vocabulary = search.Vocabulary()
    changes = of_every_kind(vocabulary)
    there, measured = 0, list[dict[str, Any]]()
    print(
        f"{'posts':>8}  {'who':<8}{'page':<22}{'median ms':>10}{'p95 ms':>10}{'processor':>11}{'queries':>9}",
        flush=True,
    )
    for posts in sorted(options.posts):
        search.fill(changes, posts - there)
        there = posts
        make_people()
        words = {"common": vocabulary.words[0], "rare": vocabulary.words[-9], "letters": vocabulary.words[3][:2]}
        for row in rows(posts, words, options.requests):
            measured.append(row)
            print(
                f"{posts:>8}  {row['who']:<8}{row['page']:<22}{row['p50']:>10.1f}{row['p95']:>10.1f}"
                f"{row['processor p50']:>11.1f}{row['queries']:>9}",
                flush=True,
            )
    keep("admin", measured)


def of_every_kind(vocabulary: search.Vocabulary) -> "Iterator[Change]":
    """The posts of bench.search, some of them not simply live."""
    now = datetime.now(UTC).replace(microsecond=0)
    for number, change in enumerate(vocabulary.changes()):
        post = replace(change.projection, authors=["A"] if number % 1000 else ["B"])
        match number % 100:
            case 1:
                post = replace(post, draft=True, public_from=None)
            case 2:
                date = now + timedelta(hours=number)
                post = replace(post, date=date, listed_at=date, public_from=date)
            case 3 if post.public_from:
                until = max(post.public_from + timedelta(hours=1), now + timedelta(hours=number // 100 - 500))
                post = replace(post, expiry_date=until, public_until=until)
            case 4 if number % 1000 == 4:
                post = replace(post, section="news", language="vi")
        yield replace(change, projection=post)


def make_people() -> None:
    """Two who own half of the posts each, and a draft that waits for every hundredth post."""
    from django.contrib.auth.models import Group
    from django.db.models import F

    from accounts.models import User
    from posts.models import Post, Revision

    people = []
    for name, group in (("editor", "Editors"), ("author", "Authors")):
        person, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        person.groups.set([Group.objects.get(name=group)])
        people.append(person)
    for rest, person in enumerate(people):
        Post.objects.alias(rest=F("pk") % 2).filter(rest=rest).update(owner=person)
    some = Post.objects.alias(rest=F("pk") % 100).filter(rest=5)
    Revision.objects.bulk_create(
        Revision(post_id=pk, text="x", author=people[1]) for pk in some.values_list("pk", flat=True)
    )
    for revision in Revision.objects.filter(text="x"):
        Post.objects.filter(pk=revision.post_id).update(latest_revision=revision)


def rows(posts: int, words: dict[str, str], requests: int) -> Iterator[dict[str, Any]]:
    for who in ("editor", "author"):
        client = signed_in(who)
        for page, path in PAGES.items():
            path = path.format(**words)
            if page == LAST:
                path = f"{LIST}?p={-(-posts // (50 if who == 'editor' else 100))}"
            yield {"posts": posts, "who": who, "page": page} | figures(client, path, requests)


def signed_in(who: str) -> "Client":
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username=who), "django.contrib.auth.backends.ModelBackend")
    return client


def figures(client: "Client", path: str, requests: int) -> dict[str, float]:
    """Milliseconds of one request through Django, middleware and template included; the first, which counts the posts,
    is not. Other programs on the machine lengthen the time that passes, hardly that of the processor."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(requests + 1):
        started, busy = time.perf_counter(), time.process_time()
        status = client.get(path).status_code
        times.append(((time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000))
        if status != 200:
            sys.exit(f"{path} answers {status}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    passed, ours = (sorted(each) for each in zip(*times[1:], strict=True))
    at = int(len(passed) * 0.95) - 1
    return {
        "p50": statistics.median(passed),
        "p95": passed[at],
        "processor p50": statistics.median(ours),
        "queries": len(queries),
    }


if __name__ == "__main__":
    main()
