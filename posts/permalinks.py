"""Where a document's page stands: from its file's place and its front matter to a URL path, as Hugo and Jekyll do it.

Paths are kept decoded (`/posts/médecine/`) and end in a slash or in a file ending.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath
from urllib.parse import unquote

from posts.frontmatter import FrontMatter
from posts.sentences import Number, SentenceError, gettext_noop
from posts.slugs import path_segment, slugified, term_slug, urlized, without_accents

MAX_PATH_LENGTH = 500  # characters; PostgreSQL indexes no longer one in every script
Token = Callable[[str], str]  # what stands in brackets behind it → its value
POSTS_FOLDER, DRAFTS_FOLDER = "_posts", "_drafts"  # Jekyll's, in any folder
OF_POSTS = frozenset({POSTS_FOLDER, DRAFTS_FOLDER})
PAGES_OF_THE_SITE = ("tags", "archives", "search", "contact")
"""Those that the site makes itself, in each language; a document at the same path gives one its introduction."""
TAGS, AUTHORS = "tags", "authors"
"""Below which the site makes a page of each tag and each author."""
_UNDATED = datetime(1, 1, 1, tzinfo=UTC)  # what Hugo takes for the date of a page without one
_HUGO_DATED_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T-](\d\d-\d\d-\d\d)(.*)|(?:[^0-9].*)?)", re.DOTALL)
_DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_NAMED_DAY = re.compile(r"(?:\A|/)((?:19|20)\d\d)[-/](\d\d?)[-/](\d\d?)(?=[-_ /]|\Z)", re.ASCII)
_TOKEN = re.compile(r"(?<!\\):(\w+(?:\[[^\]]*\])?)")
_FROM_THE_TOP = re.compile(r"/|:sections(?![\w\[])")
"""Begins a `url` that has no language before it: that token has a slash."""
_GO_LAYOUT = {
    **{"2006": "{0.year:04}", "06": "{0:%y}", "January": "{0:%B}", "Jan(?![a-z])": "{0:%b}", "01": "{0:%m}"},
    **{"Monday": "{0:%A}", "Mon(?![a-z])": "{0:%a}", "002": "{0:%j}", "02": "{0:%d}", "_2(?!006)": "{0.day:2}"},
    **{"15": "{0:%H}", "03": "{0:%I}", "04": "{0:%M}", "05": "{0:%S}", "1": "{0.month}", "2": "{0.day}"},
    **{"3": "{half_day}", "4": "{0.minute}", "5": "{0.second}"},
}
"""The parts of the moment by which Go shows how a date is written; zones are none of an address."""
_GO_PART = re.compile("|".join(f"({part})" for part in _GO_LAYOUT))


@dataclass(frozen=True, slots=True)
class Term:
    """A tag or an author by a document's place: the path of its page, and its name, which is empty for that of all tags."""

    path: str
    name: str


class PathError(SentenceError, ValueError):
    """A path that no page can have: the sentence is the problem and the mend."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a site makes addresses, for one of its documents."""

    prefix: str = "/"  # / or a language's /vi/
    pattern: str = ""  # Hugo's permalinks for the section, or Jekyll's permalink
    list_pattern: str = ""  # Hugo's permalinks for the list that an `_index` file introduces
    folders: Sequence[str] = ()  # the folders around as they stand in the address; none: by their names
    sections: Sequence[str] = ()  # those that are sections to Hugo; none: all
    section_slugs: Sequence[str] = ()  # and these as they stand in the address
    jekyll: bool = False
    collection: str = ""  # Jekyll's, by its folder
    ugly: bool = False  # Hugo's uglyURLs
    keeps_case: bool = False  # Hugo's disablePathToLower
    without_accents: bool = False  # Hugo's removePathAccents
    zone: tzinfo = UTC  # by whose clock Jekyll writes dates in addresses
    own: Mapping[str, str] = field(default_factory=dict)  # Hexo's tokens by the document's front matter

    def segment(self, name: str) -> str:
        """A file's or a folder's name in an address; one that keeps its case is written as a title is (Hugo)."""
        return self.urlized(name) if self.keeps_case else path_segment(self._plain(name))

    def folder(self, name: str, slug: str) -> str:
        """A folder in an address: by its section's slug, else by its name."""
        return _slug_path(slug.strip("-"), self) or self.segment(name)

    def urlized(self, text: str) -> str:
        """A slug or a title in an address."""
        return urlized(self._plain(text), keeps_case=self.keeps_case)

    def _plain(self, text: str) -> str:
        return without_accents(text) if self.without_accents else text


def page_path(file: PurePosixPath, front: FrontMatter, rules: Rules = Rules()) -> str:
    """The path of `file`'s page.

    `posts/My Post_1.md` gives `/posts/my-post_1/`, `posts/x/index.md` and `posts/x/_index.md` give `/posts/x/`; `url`
    is the whole path and may hold a pattern's tokens, `slug` replaces the last part, a pattern puts both in their place.
    Raises `PathError`.
    """
    if rules.jekyll:
        path = _without_index(rules.prefix + _jekyll_path(file, front, rules).lstrip("/"))
        return checked(f"{path}/" if path in {rules.prefix + page for page in PAGES_OF_THE_SITE} else path)
    if front.url and (file.stem != "_index" or _page_parts(file)):
        written = unquote(_expanded(front.url, _hugo_tokens(file, front, rules), _date(front)))
        path = ("/" if _FROM_THE_TOP.match(front.url) else rules.prefix) + re.sub(r"/{2,}", "/", written).lstrip("/")
        path = _without_index(path)
        return checked(path if path.endswith("/") or "." in path else path + "/")
    is_list = file.stem == "_index"
    pattern, ugly = (rules.list_pattern, False) if is_list else (rules.pattern, rules.ugly)
    if pattern and _page_parts(file):
        expanded = _expanded(pattern, _hugo_tokens(file, front, rules), _date(front)).strip("/")
        # Hugo takes a plus sign in it for a space.
        return checked(_joined(rules.prefix, rules.urlized(expanded.replace("+", " ")), ugly=ugly))
    segments = [rules.segment(part) for part in _page_parts(file)]
    if len(rules.folders) == len(segments) - 1:
        segments[:-1] = rules.folders
    if front.slug and segments:
        own = rules.folder("", front.slug) if is_list else _slug_path(front.slug, rules)
        segments[-1] = own or segments[-1]
    return checked(_joined(rules.prefix, "/".join(segments), ugly=ugly))


def term_of(file: PurePosixPath, path: str, prefix: str, tag_keys: Sequence[str], edition: str) -> Term | None:
    """Whose page the document at this path introduces by its file's place: `topics/AI/_index.md`, where topics are the
    site's tags, that of the tag AI. None for any other document.

    A document that is no `_index` does so only at the path of such a page; of several taxonomies none introduces all tags.
    Paths begin with `prefix`, those of lists with `edition`.
    """
    folder, names = section_of(file), _page_parts(file)[1:]
    kind = TAGS if folder in {TAGS, *map(path_segment, tag_keys)} else folder
    is_there = path.startswith((f"{prefix}{TAGS}/", f"{prefix}{AUTHORS}/"))
    is_one = kind in {TAGS, AUTHORS} if names else kind == TAGS and (folder == TAGS or len(tag_keys) == 1)
    if not is_one or not (is_there or file.stem == "_index"):
        return None
    name = "/".join(names)
    return Term(checked(f"{edition}{kind}/{term_slug(name)}/" if name else f"{edition}{kind}/"), name)


def term_path(name: str, taxonomy: str, pattern: str, rules: Rules) -> str | None:
    """Where a site has the page of a tag without a document, by its pattern for them; None for one that no page can have."""
    place = PurePosixPath(taxonomy, term_slug(name), "_index.md")
    try:
        return page_path(place, FrontMatter(title=name), replace(rules, list_pattern=pattern))
    except PathError:
        return None


def alias_path(alias: str, path: str, rules: Rules) -> str:
    """A site path with its final slash, below its language's prefix; one without a leading slash is relative to the
    page's folder, as in Hugo, but for Jekyll, to which all begin at the site's."""
    folder = path.rstrip("/").rpartition("/")[0] or "/"
    if alias.startswith("/") or rules.jekyll:
        folder, alias = rules.prefix, alias.lstrip("/")
    absolute = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(folder, alias)))
    if absolute.endswith("/index.html"):
        return absolute.removesuffix("index.html")
    ending = ".html" if rules.ugly else "/"
    return absolute if absolute.endswith((".html", ".htm", "/")) else absolute + ending


def section_of(file: PurePosixPath) -> str:
    """The first folder, as Hugo's sections: `posts` for `posts/a/b.md` and `_posts/a.md`, empty for `about.md`."""
    if len(file.parts) == 1:
        return ""
    return "posts" if file.parts[0] == DRAFTS_FOLDER else path_segment(file.parts[0]).lstrip("_")


def dated_name(file: PurePosixPath) -> tuple[str, str] | None:
    """Date and slug of a name such as `2024-06-13-a-title.md`: `("2024-06-13", "a-title")`. None without a date."""
    found = _DATED_NAME.fullmatch(_name(file))
    return (f"{found[1]}-{found[2]}-{found[3]}", found[4]) if found else None


def named_day(file: PurePosixPath) -> str:
    """The day in the file's place, its own name or its folders': `2024-01-02` for `blog/2024/01/02/a.md` and
    `blog/2024-01-02-a/index.md`. Empty for none."""
    for found in _NAMED_DAY.finditer(str(file.with_suffix(""))):
        year, month, day = found.groups()
        with suppress(ValueError):
            return f"{datetime.fromisoformat(f'{year}-{month:0>2}-{day:0>2}'):%Y-%m-%d}"
    return ""


def hugo_dated_name(file: PurePosixPath) -> tuple[str, str] | None:
    """The day or moment that a name begins with, and its slug, up to the last dot, as Hugo's `:filename` reads them."""
    name = _name(file)
    found = _HUGO_DATED_NAME.fullmatch(name)
    if not found:
        return None
    day, time, rest = found.groups()
    moments = [(f"{day}T{time.replace('-', ':')}", rest)] if time else []
    for moment, slug in [*moments, (day, name.removeprefix(day))]:
        with suppress(ValueError):
            datetime.fromisoformat(moment)
            return moment, (slug.rpartition(".")[0] if "." in slug else slug).strip(" -_")
    return None


def checked(path: str) -> str:
    """The path, each letter with its marks one character. Raises `PathError` where it is too long, climbs, or holds what
    a URL's path cannot."""
    path = unicodedata.normalize("NFC", path)
    if len(path) > MAX_PATH_LENGTH:
        problem = gettext_noop("the path has %(length)s characters, %(most)s are the most; give a shorter slug")
        raise PathError(problem % {"length": Number(len(path)), "most": MAX_PATH_LENGTH})
    if re.search(r"[\x00-\x1f\x7f\\]", path):
        problem = gettext_noop("the path %(path)s holds a control character or a backslash; take it out")
        raise PathError(problem % {"path": repr(path)})
    if "{{" in path or "{%" in path:
        problem = gettext_noop("the path %(path)s holds a template's tag, which nothing fills in; write it whole")
        raise PathError(problem % {"path": path})
    if "//" in path or {".", ".."} & set(path.split("/")):
        problem = gettext_noop("the path %(path)s holds an empty, `.` or `..` part; write it whole")
        raise PathError(problem % {"path": path})
    return path


def _name(file: PurePosixPath) -> str:
    """The file's name, or of a bundle its folder's."""
    return file.parent.name if file.stem in {"index", "_index"} and file.parent.name else file.stem


def _page_parts(file: PurePosixPath) -> Sequence[str]:
    return file.parent.parts if file.stem in {"index", "_index"} else file.with_suffix("").parts


def _slug_path(slug: str, rules: Rules) -> str:
    return "/".join(part for part in rules.urlized(slug).split("/") if part)


def _without_index(path: str) -> str:
    """The folder for a page that is its `index.html`."""
    return re.sub(r"(?<=/)index\.html$", "", path)


def _joined(prefix: str, path: str, *, ugly: bool) -> str:
    path = re.sub(r"/{2,}", "/", path).strip("/")
    return prefix + path + ((".html" if ugly else "/") if path else "")


def _expanded(pattern: str, tokens: Mapping[str, Token], date: datetime | None = None) -> str:
    """The pattern with each `:token` replaced, or, given a date, each layout of Go's, as `:2006`; `\\:` is a colon.

    Raises `PathError` for one that there is not.
    """

    def value(found: re.Match[str]) -> str:
        name, _, argument = found[1].partition("[")
        if name not in tokens:
            if date and _GO_PART.search(name):
                return _in_go_layout(name, date)
            problem = gettext_noop("the permalink %(pattern)s holds :%(name)s, which is no token; see docs/import.md")
            raise PathError(problem % {"pattern": pattern, "name": name})
        return tokens[name](argument.removesuffix("]"))

    return _TOKEN.sub(value, pattern).replace("\\:", ":")


def _in_go_layout(layout: str, date: datetime) -> str:
    """`Jan2` gives `Mar5`."""
    forms, half_day = list(_GO_LAYOUT.values()), (date.hour - 1) % 12 + 1
    return _GO_PART.sub(lambda part: forms[(part.lastindex or 1) - 1].format(date, half_day=half_day), layout)


def _date(front: FrontMatter) -> datetime:
    return front.moment or _UNDATED


def _hugo_tokens(file: PurePosixPath, front: FrontMatter, rules: Rules) -> dict[str, Token]:
    base, is_section = _unmarked(rules.urlized(_name(file))), file.stem == "_index"
    name = "" if is_section else base  # a section's file is named for nothing (Hugo)
    title = _unmarked(rules.urlized(front.title.replace("/", "-")))
    slug = _unmarked(_slug_path(front.slug, rules))
    around = _page_parts(file) if is_section else rules.sections or _page_parts(file)[:-1]
    folders = [path_segment(part) for part in around]  # whatever becomes of other names' case (Hugo)
    slugs = [*rules.section_slugs] or [rules.segment(part) for part in _page_parts(file)[:-1]]
    if is_section:
        slugs += [rules.folder(part, front.slug) for part in around[-1:]]
    plain = {
        "sectionslug": slugs[0] if slugs else "",
        "section": folders[0] if folders else "",
        "title": title,
        "slug": slug or title,
        "filename": name,
        "contentbasename": base,
        "slugorfilename": slug or name,
        "slugorcontentbasename": slug or base,
    }
    ranges = {"sections": folders, "sectionslugs": slugs}
    return _date_tokens(_date(front)) | _plain(plain) | {name: _range(parts) for name, parts in ranges.items()}


def _unmarked(name: str) -> str:
    """The name without a `#` behind which nothing stands, which a URL has no need of (Hugo): `c#` gives `c`."""
    before, _, behind = name.partition("#")
    return name if behind else before


def _plain(values: Mapping[str, str]) -> dict[str, Token]:
    """Tokens that take no range in brackets."""

    def constant(value: str) -> Token:
        return lambda _: value

    return {token: constant(value) for token, value in values.items()}


def _range(parts: Sequence[str]) -> Token:
    """A token that takes a range of the parts."""
    return lambda wanted: "/".join(_sliced(parts, wanted))


def _sliced(folders: Sequence[str], wanted: str) -> Sequence[str]:
    """Hugo's `:sections[1:]`, `[0]`, `[first]`, `[last]`; all without brackets."""
    if not wanted:
        return folders
    start, colon, end = wanted.replace("first", "0").replace("last", str(len(folders) - 1)).partition(":")
    try:
        first, behind = int(start or 0), int(end) if end else len(folders)
    except ValueError:
        problem = gettext_noop("the permalink holds :sections[%(wanted)s], which is no range")
        raise PathError(problem % {"wanted": wanted}) from None
    return folders[first:behind] if colon else folders[first : first + 1]


def _date_tokens(date: datetime) -> dict[str, Token]:
    formats = {"month": "%m", "monthname": "%B", "day": "%d", "weekdayname": "%A", "weekday": "%w"}
    return _plain({name: date.strftime(form) for name, form in formats.items()}) | {
        "year": lambda _: str(date.year),
        "yearday": lambda _: str(date.timetuple().tm_yday),
    }


def _jekyll_path(file: PurePosixPath, front: FrontMatter, rules: Rules) -> str:
    """Jekyll's: a post and a collection's document by their pattern, a page by its place, each by its own `permalink`
    before that."""
    is_post = not OF_POSTS.isdisjoint(file.parts)
    pattern = front.url or (rules.pattern if is_post or rules.collection else "")
    if pattern:
        path = unquote(_expanded("/" + pattern.lstrip("/"), _jekyll_tokens(file, front, rules)))
        return re.sub(r"/{2,}", "/", path)
    parts = "/".join(_page_parts(file))
    if not parts or file.stem == "index" or rules.pattern.endswith("/"):
        return f"/{parts}/" if parts else "/"
    return f"/{parts}" + (".html" if rules.pattern.endswith(":output_ext") else "")


def _jekyll_tokens(file: PurePosixPath, front: FrontMatter, rules: Rules) -> dict[str, Token]:
    date = front.date.astimezone(rules.zone) if front.date else _UNDATED
    dated = dated_name(file)
    slug = front.slug or (dated[1] if dated else file.stem).rstrip(".")
    folders = file.parts[: next((at for at, part in enumerate(file.parts) if part in OF_POSTS), 0)]
    categories = (*folders, *front.categories)
    formats = {
        **{"short_year": "%y", "short_month": "%b", "long_month": "%B", "short_day": "%a", "long_day": "%A"},
        **{"hour": "%H", "minute": "%M", "second": "%S", "week": "%V", "w_year": "%G", "w_day": "%u", "y_day": "%j"},
    }
    plain = {
        "i_month": str(date.month),
        "i_day": str(date.day),
        "title": slugified(slug, kept="._~!$&'()+,;=@"),
        "slug": slugified(slug).lower(),
        "name": slugified(file.stem).lower(),
        "categories": "/".join(dict.fromkeys(each.lower() for each in categories)),
        "slugified_categories": "/".join(dict.fromkeys(slugified(each).lower() for each in categories)),
        "path": "/".join(_jekyll_place(file, rules)),
        "collection": PurePosixPath(rules.collection).name.lstrip("_") or "posts",
        "basename": file.stem,
        "output_ext": ".html",
    }
    dated_tokens = _plain({token: date.strftime(form) for token, form in formats.items()})
    return _plain(rules.own) | _date_tokens(date) | dated_tokens | _plain(plain)


def _jekyll_place(file: PurePosixPath, rules: Rules) -> Sequence[str]:
    """What `:path` is: of a document its place in its collection, of a page its folder."""
    if rules.collection:
        return file.relative_to(rules.collection).with_suffix("").parts
    if not OF_POSTS.isdisjoint(file.parts):
        return [part for part in file.with_suffix("").parts if part not in OF_POSTS]
    return file.parent.parts
