"""What lists, search results and link previews show of the post."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from posts.checks import Answer, Candidate, Finding, Severity, search_result
from posts.models import Post

LONG_AGO = timedelta(days=2)
MOST_TWINS = 1000


def long_title(candidate: Candidate) -> Iterator[Finding]:
    """A title that search results cut."""
    if search_result.pixels(candidate.projection.title, search_result.TITLE_SIZE) > search_result.TITLE_WIDTH:
        yield Finding(Severity.HINT, _("Search results cut this title."), _("See where below."), "title")


def description(candidate: Candidate) -> Iterator[Finding]:
    """None, or one that search results cut, or one that leaves their room empty."""
    text = candidate.projection.description
    if not text:
        mend = _("Say in one or two sentences what readers learn; search results show how the text begins until then.")
        yield Finding(Severity.WARNING, _("There is no description."), mend, "description")
        return
    wide = search_result.pixels(text, search_result.DESCRIPTION_SIZE)
    if wide > search_result.DESCRIPTION_WIDTH:
        yield Finding(Severity.HINT, _("Search results cut this description."), _("See where below."), "description")
    elif wide < search_result.SHORT_DESCRIPTION:
        mend = _("There is room for two lines.")
        yield Finding(Severity.HINT, _("The description is very short."), mend, "description")


def without_tags(candidate: Candidate) -> Iterator[Finding]:
    """An article that no tag's page lists and that nothing is related to."""
    if not candidate.projection.tags and not candidate.is_introduction and candidate.projection.section:
        mend = _("Related articles are found by them.")
        yield Finding(Severity.WARNING, _("There are no tags."), mend, "tags")


def without_author(candidate: Candidate) -> Iterator[Finding]:
    """An article of which readers and search engines do not learn who wrote it."""
    if not candidate.projection.authors and not candidate.is_introduction and candidate.projection.section:
        mend = _("Readers and search engines trust a name more.")
        yield Finding(Severity.HINT, _("It names no author."), mend, "authors")


def old_date(candidate: Candidate) -> Iterator[Finding]:
    """A first publication that lists put below what is there already."""
    date = candidate.projection.date
    if date and date < candidate.at - LONG_AGO and not candidate.was_public:
        message = _("It is dated %(day)s: lists show it among posts of that time.") % {"day": f"{date:%Y-%m-%d}"}
        yield Finding(Severity.HINT, message, _("For the top of the lists, set the date to today."), "date")


def twins(candidates: Sequence[Candidate]) -> Iterator[Answer]:
    """Other articles of the language with the title, or with the slug in another section. One query for all."""
    titles = {candidate.projection.title for candidate in candidates}
    slugs = {candidate.projection.slug for candidate in candidates} - {""}
    columns = ("pk", "language", "title", "slug", "path")
    same = Post.objects.articles().filter(Q(title__in=titles) | Q(slug__in=slugs))
    by_name: dict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
    for pk, language, title, slug, path in same.values_list(*columns)[:MOST_TWINS]:
        by_name["title", language, title][pk] = by_name["slug", language, slug][pk] = path
    for candidate in candidates:
        made = candidate.projection
        yield Answer(
            tuple(
                _twin(name, path)
                for name in ("title", "slug")
                for pk, path in list(by_name[name, made.language, getattr(made, name)].items())[:2]
                if pk != candidate.key and not candidate.is_introduction
            )
        )


def _twin(name: str, path: str) -> Finding:
    same = {"title": _("%(path)s has the same title."), "slug": _("%(path)s has the same slug.")}[name]
    mend = _("Search engines and colleagues may take one for the other.")
    return Finding(Severity.WARNING if name == "title" else Severity.HINT, same % {"path": path}, mend, name)
