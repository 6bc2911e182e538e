"""What our own importer makes of a site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parity.facts import PageFacts
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
    leading = dict(Redirect.objects.filter(tag__isnull=False).values_list("tag_id", "old_path"))
    pages = {post.source_path: _facts(post, published=post.pk in live, leading=leading) for post in _posts()}
    return Imported(pages, report)


def _posts() -> Iterator[Post]:
    yield from Post.objects.with_tags().prefetch_related("redirects").iterator(chunk_size=200)


def _facts(post: Post, *, published: bool, leading: Mapping[int, str]) -> PageFacts:
    """Hugo's own defaults stand in for dates that the post leaves open. `leading` has paths that redirect to tags."""
    is_elsewhere = "keeps_case" in post.source or "without_accents" in post.source
    paths = (leading.get(tag.pk, tag.path) if is_elsewhere else tag.path for tag in post.tag_list)
    return PageFacts(
        published=published,
        url=post.path,
        title=post.title,
        date=post.published_at,
        publish_date=post.publish_date or _by_date(post, "publish_date"),
        expiry_date=post.expiry_date,
        last_modified=post.last_modified or _by_date(post, "last_modified"),
        tags=frozenset(path.removeprefix(Tag.FOLDER).removesuffix("/") for path in paths),
        aliases=frozenset(redirect.old_path for redirect in post.redirects.all()),
        minutes=post.minutes,
        html=post.html,
        jekyll=bool(post.source.get("jekyll")),
    )


def _by_date(post: Post, name: str) -> datetime | None:
    """The post's date, where its site has that stand for the other one too."""
    return post.date if "date" in post.source.get("moment_keys", {}).get(name, ["date"]) else None
