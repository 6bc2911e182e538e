"""MG6: front matter that looks like a slip: a misspelt key, a date far off, two tags for one thing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain

from posts import dates
from posts.document import Value
from posts.front_matter_keys import ELSEWHERE, KEYS, OPTIONS
from posts.lint.diagnostics import Finding
from posts.lint.english import can_be
from posts.lint.inspected import Inspected
from posts.sentences import gettext_noop

FIRST_YEAR = 1990  # before the first web page no post was published
YEARS_AHEAD = 10

# Besides ours: Hugo's, PaperMod's and Jekyll's keys, and those that their common plugins and themes read.
_OTHERS = """
    audio banner build cascade cms_exclude comments content_type contenttype details disableAnchoredHeadings disableHLJS
    editPost event eventDate events excerpt_separator featured featuredImage file hasCJKLanguage headless hideAuthor
    hideFooter hideHeader hidePagination host hosts icon id image_caption isCJKLanguage katex keywords lang language
    last_modified_at layout link links linkTitle lint locale locales math mathjax menu menus mermaid name nav navigation
    next order outputFormats outputs params parent path paths photo photos pin pinned place position prev priority publisher
    redirect related resources robots role roles section sections series shortTitle showBreadCrumbs showCodeCopyButtons
    showFullContent showPostNavLinks showRssButtonInSectionTermList showWordCount singularTitle sitemap slugs social sort
    sort_by source sources speaker speakers sticky style subtitle taxonomies team teams teaser template text thumbnail
    time toc topic topics translationKey translations translator translators type types uniqueId updated urls useHugoToc
    user users version versions video videos weight year
"""
_READ = chain(*KEYS.values(), *ELSEWHERE.values())
_KNOWN = {key.split(".")[0].casefold() for key in (*OPTIONS, *_OTHERS.split(), *_READ)}
# What a misspelt key may have been meant as: those that the site reads.
_MEANT = {key.casefold(): key for keys in KEYS.values() for key in keys if "." not in key} | {
    key.casefold(): key for key in (*OPTIONS, "keywords", "series", "weight", "layout", "translationKey")
}
_COVER = ("image", "alt", "caption", "relative", "hidden", "hiddenInList", "hiddenInSingle")
_COVER_OTHERS = {
    "responsiveimages",
    "linkfullimages",
    "title",
    "link",
    "url",
    "src",
    "size",
    "width",
    "height",
    "credit",
}


def misspelt_key(inspected: Inspected) -> Iterator[Finding]:
    """A key that nothing reads and that is one slip away from one that is read and missing here."""
    values = inspected.document.values
    known = _KNOWN.union(key.casefold() for key in inspected.keys)
    yield from _misspelt(inspected, values, _MEANT, known, within="")
    if isinstance(cover := inspected.document.get("cover"), Mapping):
        meant = {key.casefold(): key for key in _COVER}
        yield from _misspelt(inspected, cover, meant, meant.keys() | _COVER_OTHERS, within="cover")


def _misspelt(
    inspected: Inspected, values: Mapping[str, Value], meant: Mapping[str, str], known: Collection[str], *, within: str
) -> Iterator[Finding]:
    here = {str(key).casefold() for key in values}
    for key, value in ((str(key), value) for key, value in values.items()):
        folded = key.casefold()
        if folded in known or value is None:  # what says nothing is lost on nobody
            continue
        likely = next((meant[each] for each in meant if each not in here and is_slip(folded, each)), None)
        if likely:
            start = inspected.key_start(key, within=within)
            message = gettext_noop("the site reads no key %(key)s; was %(likely)s meant?") % {
                "key": key,
                "likely": likely,
            }
            yield Finding(start, start + len(key), message)


@lru_cache(maxsize=4_000)  # the documents of a site have the same few keys of its own
def is_slip(written: str, meant: str) -> bool:
    """Whether one is the other with a slip: a plural's s, a hyphen or underscore, one letter, or two in a long word."""
    if {written + "s", written} & {meant, meant + "s"} or _joined(written) == _joined(meant):
        return True
    longest = max(len(written), len(meant))
    if written in meant or meant in written:  # `frcategories` is the site's own
        return abs(len(written) - len(meant)) == 1 and longest >= 5
    if longest < 5:
        return sorted(written) == sorted(meant) and distance(written, meant) == 1  # two letters swapped: `dtae`
    return distance(written, meant) <= (1 if longest < 9 else 2)


def _joined(key: str) -> str:
    return key.replace("_", "").replace("-", "")


def distance(one: str, other: str) -> int:
    """How many letters to add, drop, change, or swap with the next, between two words."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if before and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def far_date(inspected: Inspected) -> Iterator[Finding]:
    """A date before the Web or more than ten years ahead; an expiry date may be as late as it likes."""
    latest = datetime.now(UTC).date() + timedelta(days=366 * YEARS_AHEAD)
    said = {str(key).casefold(): value for key, value in inspected.document.values.items()}
    for name in ("date", "publish_date", "last_modified", "expiry_date"):
        for key in KEYS[name]:
            day = _day(said.get(key.casefold()))
            if day and (day.year < FIRST_YEAR or day > latest and name != "expiry_date"):
                start = inspected.key_start(key)
                message = gettext_noop("%(key)s is in the year %(year)s, which is far off; correct it")
                yield Finding(start, start + len(key), message % {"key": key, "year": day.year})


def _day(value: Value) -> date | None:
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case str():
            try:
                return dates.parse(value, UTC).date()
            except (ValueError, OverflowError):
                return None
    return None


def twin_tags(inspected: Inspected) -> Iterator[Finding]:
    """A tag that is another one of the document in another case, or its plural."""
    tags = inspected.document.get("tags")
    first: dict[str, str] = {}
    at = inspected.key_start("tags")
    for tag in tags if isinstance(tags, list) else ():
        if not isinstance(tag, str) or not tag.strip():
            continue
        at = max(at, inspected.text.find(tag, at, inspected.document.front_end))
        twin = first.setdefault(_singular(tag), tag)
        if twin is not tag and (twin.casefold() == tag.casefold() or _is_plural(max(twin, tag, key=len))):
            message = gettext_noop("the tags %(first)s and %(second)s are one; keep one of them")
            yield Finding(at, at + len(tag), message % {"first": twin, "second": tag})
        at += len(tag)


def _is_plural(tag: str) -> bool:
    """Whether the last word is a plural and not, as `news` is, a word with an s of its own."""
    last = tag.casefold().split()[-1]
    return can_be(last, "S") and not can_be(last, "N")


def _singular(tag: str) -> str:
    folded = " ".join(tag.casefold().split())
    if folded.endswith("ies") and len(folded) > 4:
        return folded[:-3] + "y"
    if folded.endswith("s") and not folded.endswith(("ss", "us", "is", "ics")) and len(folded) > 3:
        return folded[:-1]
    return folded
