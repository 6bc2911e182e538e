"""Where a document's page stands: from its file's place and its front matter to a URL path, as Hugo and Jekyll do it.

Paths are kept decoded (`/posts/médecine/`) and end in a slash or in a file ending.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from posts.dates import EARLIEST
from posts.frontmatter import FrontMatter, path_segment, urlized

MAX_PATH_LENGTH = 500  # characters; PostgreSQL indexes no longer one in every script
Token = Callable[[str], str]  # what stands in brackets behind it → its value
POSTS_FOLDER = "_posts"  # Jekyll's, in any folder
_DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_TOKEN = re.compile(r"(?<!\\):(\w+(?:\[[^\]]*\])?)")


class PathError(ValueError):
    """A path that no page can have. `str()` is the problem and the mend."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a site makes addresses, for one of its documents."""

    prefix: str = "/"  # / or a language's /vi/
    pattern: str = ""  # Hugo's permalinks for the section, or Jekyll's permalink
    jekyll: bool = False
    ugly: bool = False  # Hugo's uglyURLs


def page_path(file: PurePosixPath, front: FrontMatter, rules: Rules = Rules()) -> str:
    """The path of `file`'s page.

    `posts/My Post_1.md` gives `/posts/my-post_1/`, `posts/x/index.md` and `posts/x/_index.md` give `/posts/x/`; `url`
    is the whole path and may hold a pattern's tokens, `slug` replaces the last part, a pattern puts both in their place.
    Raises `PathError`.
    """
    if rules.jekyll:
        return checked(_jekyll_path(file, front, rules))
    if front.url:
        path = "/" + unquote(_expanded(front.url, _hugo_tokens(file, front))).lstrip("/")
        return checked(path if path.endswith("/") or PurePosixPath(path).suffix else path + "/")
    if rules.pattern and file.stem != "_index" and len(file.parts) > 1:
        expanded = _expanded(rules.pattern, _hugo_tokens(file, front)).strip("/")
        # Hugo takes a plus sign in it for a space.
        return checked(_joined(rules.prefix, urlized(expanded.replace("+", " ")), ugly=rules.ugly))
    segments = [path_segment(part) for part in _page_parts(file)]
    if front.slug and segments and file.stem != "_index":
        segments[-1] = _slug_path(front.slug) or segments[-1]
    return checked(_joined(rules.prefix, "/".join(segments), ugly=rules.ugly and file.stem != "_index"))


def section_of(file: PurePosixPath) -> str:
    """The first folder, as Hugo's sections: `posts` for `posts/a/b.md`, empty for `about.md`."""
    return path_segment(file.parts[0]) if len(file.parts) > 1 else ""


def dated_name(file: PurePosixPath) -> tuple[str, str] | None:
    """Date and slug of a name such as `2024-06-13-a-title.md`: `("2024-06-13", "a-title")`. None without a date."""
    found = _DATED_NAME.fullmatch(_name(file))
    return (f"{found[1]}-{found[2]}-{found[3]}", found[4]) if found else None


def checked(path: str) -> str:
    """The path itself. Raises `PathError` where it is too long, climbs, or holds what a URL's path cannot."""
    if len(path) > MAX_PATH_LENGTH:
        raise PathError(f"the path has {len(path)} characters, {MAX_PATH_LENGTH} are the most; give a shorter slug")
    if re.search(r"[\x00-\x1f\x7f\\]", path):
        raise PathError(f"the path {path!r} holds a control character or a backslash; take it out")
    if "//" in path or {".", ".."} & set(path.split("/")):
        raise PathError(f"the path {path} holds an empty, `.` or `..` part; write it whole")
    return path


def _name(file: PurePosixPath) -> str:
    """The file's name, or of a bundle its folder's."""
    return file.parent.name if file.stem in {"index", "_index"} and file.parent.name else file.stem


def _page_parts(file: PurePosixPath) -> Sequence[str]:
    return file.parent.parts if file.stem in {"index", "_index"} else file.with_suffix("").parts


def _slug_path(slug: str) -> str:
    return "/".join(part for part in urlized(slug).split("/") if part)


def _joined(prefix: str, path: str, *, ugly: bool) -> str:
    path = re.sub(r"/{2,}", "/", path).strip("/")
    return prefix + path + ((".html" if ugly else "/") if path else "")


def _expanded(pattern: str, tokens: Mapping[str, Token]) -> str:
    """The pattern with each `:token` replaced; `\\:` is a colon. Raises `PathError` for one that there is not."""

    def value(found: re.Match[str]) -> str:
        name, _, argument = found[1].partition("[")
        if name not in tokens:
            raise PathError(f"the permalink {pattern} holds :{name}, which is no token; see docs/import.md")
        return tokens[name](argument.removesuffix("]"))

    return _TOKEN.sub(value, pattern).replace("\\:", ":")


def _hugo_tokens(file: PurePosixPath, front: FrontMatter) -> dict[str, Token]:
    date = front.moment or EARLIEST
    name = urlized(_name(file))
    title, slug = urlized(front.title), _slug_path(front.slug)
    folders = [path_segment(part) for part in _page_parts(file)[:-1]]
    plain = {
        "section": folders[0] if folders else "",
        "title": title,
        "slug": slug or title,
        "filename": name,
        "contentbasename": name,
        "slugorfilename": slug or name,
        "slugorcontentbasename": slug or name,
    }
    return _date_tokens(date) | _plain(plain) | {"sections": lambda wanted: "/".join(_sliced(folders, wanted))}


def _plain(values: Mapping[str, str]) -> dict[str, Token]:
    """Tokens that take no range in brackets."""

    def constant(value: str) -> Token:
        return lambda _: value

    return {token: constant(value) for token, value in values.items()}


def _sliced(folders: Sequence[str], wanted: str) -> Sequence[str]:
    """Hugo's `:sections[1:]`, `[0]`, `[last]`; all without brackets."""
    if not wanted:
        return folders
    start, colon, end = wanted.replace("last", str(len(folders) - 1)).partition(":")
    try:
        first, behind = int(start or 0), int(end) if end else len(folders)
    except ValueError:
        raise PathError(f"the permalink holds :sections[{wanted}], which is no range") from None
    return folders[first:behind] if colon else folders[first : first + 1]


def _date_tokens(date: datetime) -> dict[str, Token]:
    formats = {"month": "%m", "monthname": "%B", "day": "%d", "weekdayname": "%A", "weekday": "%w"}
    return _plain({name: date.strftime(form) for name, form in formats.items()}) | {
        "year": lambda _: str(date.year),
        "yearday": lambda _: str(date.timetuple().tm_yday),
    }


def _jekyll_path(file: PurePosixPath, front: FrontMatter, rules: Rules) -> str:
    """Jekyll's: a post by its pattern, a page by its place, both by their own `permalink` before that."""
    is_post = POSTS_FOLDER in file.parts
    pattern = front.url or (rules.pattern if is_post else "")
    if pattern:
        path = unquote(_expanded("/" + pattern.lstrip("/"), _jekyll_tokens(file, front)))
        return re.sub(r"/{2,}", "/", path)
    parts = "/".join(_page_parts(file))
    pretty = rules.pattern.endswith("/")
    return f"/{parts}" + ("/" if parts and (pretty or file.stem == "index") else ".html" if parts else "")


def _jekyll_tokens(file: PurePosixPath, front: FrontMatter) -> dict[str, Token]:
    date = front.date or EARLIEST
    dated = dated_name(file)
    slug = "-".join((front.slug or (dated[1] if dated else _name(file))).split())
    folders = file.parts[: file.parts.index(POSTS_FOLDER)] if POSTS_FOLDER in file.parts else ()
    categories = "/".join(dict.fromkeys(path_segment(each) for each in (*folders, *front.categories)))
    formats = {
        **{"short_year": "%y", "short_month": "%b", "long_month": "%B", "short_day": "%a", "long_day": "%A"},
        **{"hour": "%H", "minute": "%M", "second": "%S", "week": "%V", "w_year": "%G", "w_day": "%u", "y_day": "%j"},
    }
    plain = {
        "i_month": str(date.month),
        "i_day": str(date.day),
        "title": slug,
        "slug": path_segment(slug),
        "name": slug,
        "categories": categories,
        "slugified_categories": categories,
        "path": "/".join(_page_parts(file)),
        "basename": _name(file),
        "output_ext": ".html",
    }
    dated_tokens = _plain({token: date.strftime(form) for token, form in formats.items()})
    return _date_tokens(date) | dated_tokens | _plain(plain)
