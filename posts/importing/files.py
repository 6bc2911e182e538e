"""Which files of a site's folders of content it makes pages of, and of which of them we make no post."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from posts import permalinks
from posts.importing.config_files import ENDINGS as CONFIG_ENDINGS
from posts.importing.config_files import HUGO_NAMES
from posts.importing.config_terms import SiteConfig
from posts.importing.jekyll import TRANSLATIONS
from posts.importing.site_config import JEKYLL_NAMES
from posts.markup import HTML_ENDINGS
from posts.sentences import gettext_noop

HUGO_ENDINGS = frozenset({".md", ".mdown", ".markdown"})
JEKYLL_ENDINGS = frozenset({".md", ".mkd", ".mkdn", ".mkdown", ".markdown"})
ENDINGS = HUGO_ENDINGS | JEKYLL_ENDINGS
OTHER_ENDINGS = frozenset({*HTML_ENDINGS, ".org", ".adoc", ".asciidoc", ".ad", ".rst", ".pandoc", ".pdc", ".textile"})
"""Of files that Hugo and Jekyll make pages of too, and we do not, but for HTML in a site with a configuration."""
OF_OTHER_TOOLS = OTHER_ENDINGS | {".mdx", ".qmd", ".rmd"}
"""Of files that such tools as Gatsby, Astro and Quarto make pages of, in a folder that is no site of Hugo's or Jekyll's."""
CONTENT_ADAPTER = "_content.gotmpl"
ADAPTED = gettext_noop(
    "left out, for it makes its pages while Hugo builds; write them as Markdown files to import them"
)
NO_MARKDOWN = gettext_noop(
    "left out, for only Markdown is imported, and HTML of a site; save it as .md, which may hold HTML"
)
UNDATED = gettext_noop("left out, for its name does not begin with a date, as Jekyll's posts do; rename it")
OF_ANOTHER_SITE = gettext_noop(
    "left out, for it is the configuration of a site of its own, which nothing here follows; import that site's folder"
)
TURNED_OFF = gettext_noop("left out, for the site has turned its language off")
LONGEST_SEARCHED = 300  # characters at a path's end, for a pattern's time may grow with a power of them
JEKYLL_OWN = frozenset({"node_modules", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby"})


class NothingThere(Exception):
    """A path to import that is neither a file nor a folder, or cannot be looked into."""


def files(config: SiteConfig) -> Iterator[tuple[Path, str]]:
    """The files of all folders of content, each with why no post is made of it, if none is."""
    for folder in config.folders:
        top = config.content / folder
        if top.is_dir():
            yield from _jekyll_files(top, config) if config.jekyll else _hugo_files(top, config)
        elif top.is_file() and is_page(top.name, config) and not _is_ignored(top, config):
            yield top, ""  # a mount of its own


def _hugo_files(top: Path, config: SiteConfig) -> Iterator[tuple[Path, str]]:
    def is_skipped(place: str, name: str) -> bool:
        is_foreign = name == "node_modules" and not config.configured
        return name.startswith(".") or is_foreign or _is_unread(top / place, config)

    bundle: Path | None = None
    pages = HUGO_ENDINGS | (OTHER_ENDINGS if config.configured else set())  # a folder may well be Jekyll's
    for here, _, names in _folders(top, is_skipped):
        if bundle not in {here, *here.parents}:
            has_index = any(is_index(name, config) and _suffix(name) in pages for name in names)
            bundle = here if has_index and here != top and config.has_bundles else None
        for name in names:
            if name[0] not in ".#" and not _is_ignored(here / name, config):
                is_inside = bundle is not None and not (here == bundle and is_index(name, config))
                if not config.configured and _configures_site(here, name):
                    yield here / name, OF_ANOTHER_SITE
                elif left_out := _left_out(name, config, is_inside=is_inside):
                    yield here / name, left_out
                elif is_page(name, config):
                    yield here / name, ""


def is_index(name: str, config: SiteConfig) -> bool:
    """`index.md`, or `index.vi.md` where the site knows that language: another is a page like any."""
    return named_language(name, config.languages)[0].lower() == "index"


def named_language(name: str, known: Collection[str]) -> tuple[str, str]:
    """What the file's name is without its ending and its language, and that language; empty for none.

    Of several known ones Hugo takes the last, and what stands behind it says nothing: `a.b.fr.c.md` is `a.b`.
    """
    parts = PurePosixPath(name).stem.split(".")
    for at in range(len(parts) - 1, 0, -1):
        if parts[at].lower() in known:
            return ".".join(parts[:at]), parts[at].lower()
    return ".".join(parts), ""


def _left_out(name: str, config: SiteConfig, *, is_inside: bool) -> str:
    """Why Hugo makes no page of a file of Markdown or HTML, or we make no post of another; empty for neither."""
    if is_page(name, config):
        if PurePosixPath(PurePosixPath(name).stem).suffix.lower().lstrip(".") in config.disabled:
            return TURNED_OFF
        return (
            gettext_noop("left out, for it lies in a page bundle: there only index.md is a page") if is_inside else ""
        )
    if name == CONTENT_ADAPTER:
        return ADAPTED
    of_pages = OTHER_ENDINGS if config.configured else OF_OTHER_TOOLS
    return NO_MARKDOWN if _suffix(name) in of_pages and not is_inside else ""


def _configures_site(folder: Path, name: str) -> bool:
    """Whether the file is a Hugo or Jekyll site's configuration, in a folder that is read as if there were none."""
    if name in JEKYLL_NAMES:
        return True
    stem, dot, ending = name.rpartition(".")
    if stem not in HUGO_NAMES or dot + ending not in CONFIG_ENDINGS:
        return False
    return folder.parts[-2:] == ("config", "_default") or (folder / "content").is_dir()


def _jekyll_files(top: Path, config: SiteConfig) -> Iterator[tuple[Path, str]]:
    def is_skipped(place: str, name: str) -> bool:
        if any(fnmatchcase(name, each) or name.startswith(each) for each in config.included):
            return False
        if PurePosixPath(place).is_relative_to(TRANSLATIONS):
            return not _has_translated_posts(place, config)
        is_known = name in permalinks.OF_POSTS or _leads_to_collection(place, config)
        is_special = name[0] in "._#~" or place in JEKYLL_OWN
        return (is_special and not is_known) or _is_excluded(place, config.excluded)

    for here, place, names in _folders(top, is_skipped):
        folders = place.split("/")
        for name in names:
            if is_skipped(f"{place}/{name}".lstrip("/"), name):
                continue
            is_dated = permalinks.dated_name(PurePosixPath(name)) is not None
            is_html = _suffix(name) in HTML_ENDINGS
            is_others = _suffix(name) in OTHER_ENDINGS and not is_html
            if is_markdown(name, JEKYLL_ENDINGS) or (is_html and has_front_matter(here / name)):
                yield here / name, UNDATED if permalinks.POSTS_FOLDER in folders and not is_dated else ""
            elif is_others and is_dated and not permalinks.OF_POSTS.isdisjoint(folders):
                yield here / name, NO_MARKDOWN


def has_front_matter(path: Path) -> bool:
    """Whether the file begins with a line of `---`, without which HTML is no page to Jekyll. A pipe would never say."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.readline(10).removeprefix(b"\xef\xbb\xbf").rstrip() == b"---"
    except OSError:
        return False


def _folders(top: Path, is_skipped: Callable[[str, str], bool]) -> Iterator[tuple[Path, str, list[str]]]:
    """Each folder with its place below the top and the names of its files, in order. Raises `NothingThere`.

    `is_skipped` is asked with the place and the name of every folder.
    """

    def fail(error: OSError) -> None:
        raise NothingThere(f"{error.filename}: the folder cannot be read: {error.strerror}") from error

    for here, folders, names in os.walk(top, onerror=fail):
        place = os.path.relpath(here, top).replace(os.sep, "/")
        place = "" if place == "." else place
        folders[:] = sorted(name for name in folders if not is_skipped(f"{place}/{name}".lstrip("/"), name))
        yield Path(here), place, sorted(names)


def is_page(name: str, config: SiteConfig) -> bool:
    """Whether a Hugo site makes a post of it. Without a configuration HTML may be anything, so Markdown alone does."""
    return is_markdown(name) or (config.configured and not config.jekyll and _suffix(name) in HTML_ENDINGS)


def is_markdown(name: str, endings: Collection[str] = HUGO_ENDINGS) -> bool:
    return _suffix(name) in endings


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_ignored(path: Path, config: SiteConfig) -> bool:
    """By the site's patterns, or those of all the mounts that it is in."""
    place = PurePosixPath(path.relative_to(config.content))
    is_left_out = bool(config.mounts_around(place)) and not config.mount_of(place)
    return is_left_out or _is_unread(path, config)


def _is_unread(path: Path, config: SiteConfig) -> bool:
    """Whether a pattern of the site's is found in the path of a file or a folder."""
    return any(pattern.search(path.as_posix()[-LONGEST_SEARCHED:]) for pattern in config.ignored)


def _is_excluded(place: str, patterns: Iterable[str]) -> bool:
    """To Jekyll `test` leaves out `test/` and `testimonials.md`, `test/` only the folder."""
    return any(fnmatchcase(place, each) or f"{place}/".startswith(each) for each in patterns)


def _leads_to_collection(place: str, config: SiteConfig) -> bool:
    folders = (PurePosixPath(config.collections_dir, each) for each in (*config.collections, *permalinks.OF_POSTS))
    return any(f"{each}/".startswith(f"{place}/") for each in folders)


def _has_translated_posts(place: str, config: SiteConfig) -> bool:
    """Whether the posts of a language lie below the place or around it; what else has its folder are parts of pages."""
    folders = [f"{each.folder}/{permalinks.POSTS_FOLDER}/" for each in config.languages.values() if each.folder]
    return any(each.startswith(f"{place}/") or place.startswith(each) for each in folders)
