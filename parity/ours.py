"""What our own importer makes of a site."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parity.facts import PageFacts, term_slug_of
from posts.importing import Options, Report, import_paths
from posts.models import Post, Redirect, Tag


@dataclass(frozen=True, slots=True)
class Imported:
    """The posts that an import made, by their files' places in the content folder, and its report."""

    pages: Mapping[str, PageFacts]
    report: Report

    def said_of(self, place: str) -> str:
        """Our findings on a file."""
        of_file = (each for each in self.report.files if each.path.as_posix().endswith(f"/{place}"))
        return "; ".join(str(finding) for each in of_file for finding in each.diagnostics) or "nothing"


def imported(site: Path, permalinks: Mapping[str, str], at: datetime) -> Imported:
    """Imports the site into the database that Django is set up for, which has to be empty."""
    report = import_paths([site], Options(permalinks=permalinks, keep_going=True))
    live = set(Post.objects.live(at).values_list("pk", flat=True))
    leading = _leading()
    pages = {post.source_path: _facts(post, published=post.pk in live, leading=leading) for post in _posts()}
    return Imported(pages, report)


def _posts() -> Iterator[Post]:
    yield from Post.objects.with_tags().prefetch_related("redirects").iterator(chunk_size=200)


def _leading() -> dict[str, frozenset[str]]:
    """By the slugs of tags the last parts of the addresses that redirect to them, or to their documents."""
    found: dict[str, set[str]] = defaultdict(set)
    for redirect in Redirect.objects.exclude(tag=None, post=None).select_related("tag", "post"):
        path = (redirect.tag or redirect.post).path  # type: ignore[union-attr]  # it leads to one of them
        if Tag.FOLDER in path:
            found[path.partition(Tag.FOLDER)[2].rstrip("/")].add(term_slug_of(redirect.old_path, Tag.FOLDER))
    return {slug: frozenset(parts) for slug, parts in found.items()}


def _facts(post: Post, *, published: bool, leading: Mapping[str, frozenset[str]]) -> PageFacts:
    """Hugo's own defaults stand in for dates that the post leaves open. `leading` is what `_leading` gives."""
    slugs = frozenset(tag.slug for tag in post.tag_list)
    return PageFacts(
        published=published,
        url=post.path,
        title=post.title,
        date=post.published_at,
        publish_date=post.publish_date or _by_date(post, "publish_date"),
        expiry_date=post.expiry_date,
        last_modified=post.last_modified or _by_date(post, "last_modified"),
        tags=slugs,
        led_from={slug: leading[slug] for slug in slugs & leading.keys()},
        aliases=frozenset(redirect.old_path for redirect in post.redirects.all()),
        minutes=post.minutes,
        html=post.html,
        jekyll=bool(post.source.get("jekyll")),
    )


def _by_date(post: Post, name: str) -> datetime | None:
    """The post's date, where its site has that stand for the other one too."""
    return post.date if "date" in post.source.get("moment_keys", {}).get(name, ["date"]) else None
