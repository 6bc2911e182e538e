"""What a site's configuration decides of its pages, in our terms, whatever tool it was written for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from posts.importing.jekyll import Collection
from posts.importing.mounts import Mount
from posts.importing.targets import is_taken
from posts.rendering import IdStyle


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """What the configuration says for one language."""

    code: str
    prefix: str  # of its paths: / or /vi/
    folder: str = ""  # of its own below the content folder, where it has one
    time_zone: str = "UTC"
    tag_keys: tuple[str, ...] = ("tags",)
    taxonomies: frozenset[str] = frozenset()  # the folders of Hugo's
    permalinks: Sequence[tuple[Mapping[str, Any], str]] = ()  # targets and patterns; the first that fits counts
    term_pattern: str = ""  # of these, that of the pages of its tags
    keeps_case: bool = False  # Hugo's disablePathToLower
    without_accents: bool = False  # Hugo's removePathAccents
    build_future: bool = False  # what has a date to come is public
    moment_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # Hugo's frontmatter, by our field
    emoji: bool = False  # Hugo's enableEmoji, Jekyll's plugin jemoji
    typographer: bool = True  # Hugo's markup.goldmark.extensions.typographer
    signs: Mapping[str, str] = field(default_factory=dict)  # the typographer's, as `goldmark.signs` has them
    hard_wraps: bool = False  # Hugo's markup.goldmark.renderer.hardWraps
    linkify: bool = True  # Hugo's markup.goldmark.extensions.linkify
    id_style: IdStyle = IdStyle.GITHUB  # Hugo's markup.goldmark.parser.autoIDType
    extras: tuple[str, ...] = ()  # Hugo's markup.goldmark.extensions.extras, and .passthrough by its signs
    left_off: tuple[str, ...] = ()  # of Hugo's markup.goldmark.extensions those that are turned off
    block_attributes: bool = False  # Hugo's markup.goldmark.parser.attribute.block
    title_attributes: bool = True  # Hugo's markup.goldmark.parser.attribute.title
    finds_scripts: bool = False  # Hugo's hasCJKLanguage
    cascade: tuple[Mapping[str, Any], ...] = ()  # Hugo's, of all its pages
    params: Mapping[str, Any] = field(default_factory=dict)  # Hugo's, for texts to show


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A site's configuration; the defaults are those of a content folder without any."""

    jekyll: bool
    content: Path
    languages: Mapping[str, LanguageConfig]
    default_language: str
    configured: bool = True
    has_bundles: bool = True  # a folder with an `index.md` is one page (Hugo)
    of_others: bool = False  # another tool's configuration, which is not read, lies there
    folders: tuple[str, ...] = ("",)  # that are read, below the content folder
    mounts: Mapping[str, Mount] = field(default_factory=dict)  # Hugo's, by such a folder
    static: tuple[tuple[Path, str], ...] = ()  # Hugo's folders of files served as they are, and below what place
    resources: tuple[tuple[Path, str], ...] = ()  # and those of `assets`, but for the site's own of that name
    disabled: frozenset[str] = frozenset()  # Hugo's languages that are turned off
    unread: tuple[Path, ...] = ()  # the folders that these have for themselves
    ignored: tuple[re.Pattern[str], ...] = ()  # Hugo's ignoreFiles
    main_sections: tuple[str, ...] = ()
    ugly: Mapping[str, bool] = field(default_factory=dict)  # Hugo's uglyURLs by section, "" for all: /posts/a.html
    inline_shortcodes: bool = False  # Hugo's enableInlineShortcodes, at the top or under security
    defaults: tuple[Mapping[str, Any], ...] = ()  # Jekyll's front matter defaults
    collections: Mapping[str, Collection] = field(default_factory=dict)  # Jekyll's, by their folders
    collections_dir: str = ""  # Jekyll's, in which those folders are, and that of posts
    posts_pattern: str = ""  # Jekyll's collections.posts.permalink
    excluded: tuple[str, ...] = ()  # Jekyll's exclude
    included: tuple[str, ...] = ()  # Jekyll's include
    base: str = ""  # where on its host the site stands: /blog
    raw_html: str = ""  # kramdown's way with it
    excerpt_end: str = ""  # Jekyll's excerpt_separator
    said: Mapping[str, Any] = field(default_factory=dict)  # all of Jekyll's, for texts to show
    hexo: bool = False
    addresses: tuple[str, ...] = ()  # of the site and of languages that have their own

    def mounts_around(self, place: PurePosixPath) -> list[str]:
        """The mounted folders that hold the file at this place in the content folder: its own first, then in their order."""
        own, *folders = map(str, (place, *place.parents)) if self.mounts else ("",)
        held = {folder for folder in folders if folder in self.mounts}
        in_order = [folder for folder in self.mounts if folder in held] if len(held) > 1 else [*held]
        return [own, *in_order] if own in self.mounts else in_order

    def mount_of(self, place: PurePosixPath) -> tuple[str, Mount] | None:
        """The first of them that takes the file, and what it makes of it; one for the first language at the same place wins."""
        below = {each: place.relative_to(each).as_posix() for each in self.mounts_around(place)}
        takes = [each for each, file in below.items() if is_taken(file, self.mounts[each].files)]
        pages = {each: PurePosixPath(self.mounts[each].place, below[each]) for each in takes}
        of_first = (each for each in takes if self.mounts[each].language in {"", self.default_language})
        folder = next((each for each in of_first if pages[each] == pages[takes[0]]), takes[0] if takes else None)
        return None if folder is None else (folder, self.mounts[folder])

    @property
    def prefixes(self) -> dict[str, str]:
        """Of Jekyll's languages, where documents say theirs themselves; empty where they do not."""
        languages = self.languages.values() if self.jekyll and len(self.languages) > 1 else []
        return {each.code: each.prefix for each in languages if not each.folder}
