"""Where a document comes from, and how its site reads it."""

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath
from typing import Any, Self, get_origin
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from posts import permalinks, rendering
from posts.frontmatter import Reading
from posts.markup import Markup
from posts.rendering import embedded


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document stands in its site, and how that site reads it. A post keeps it, for its next edit."""

    file: str  # its place in the content folder: posts/my-post.vi.md
    page: str  # the same without what only names its language: posts/my-post.md
    root: str = ""  # the content folder's place in the site that was imported
    language: str = "en"
    section: str = ""  # for a file that stands in no section's folder
    prefix: str = "/"  # /vi/ for a language that is not the site's first
    prefixes: Mapping[str, str] = field(default_factory=dict)  # of the languages of which documents say theirs
    time_zone: str = "UTC"  # of dates written without one
    jekyll: bool = False
    hugo: bool = False  # its site has a configuration of Hugo's
    hexo: bool = False  # its site is Hexo's
    notes: bool = False  # a folder that may be anybody's: what Obsidian's notes have of their own is read
    of_others: bool = False  # its site is of another tool than Hugo, Jekyll, Hexo and Zola
    base: str = ""  # where on its host its site stands, which its addresses have before ours: /blog
    raw_html: str = ""  # of kramdown: `whole`, lasting until its element ends, or `parsed`, Markdown inside of it too
    excerpt_end: str = ""  # the comment that ends a Jekyll document's summary, where it is not `<!--more-->`
    pattern: str = ""  # Hugo's permalinks for the section, or Jekyll's permalink
    list_pattern: str = ""  # Hugo's permalinks for the list that it introduces
    term_pattern: str = ""  # and for the pages of its tags
    folders: Sequence[str] = ()  # around, as they stand in the address, where a section's slug says so; none: by name
    sections: Sequence[str] = ()  # the folders around that are sections, where the pattern asks for them; none: all
    section_slugs: Sequence[str] = ()  # and these as they stand in the address
    collection: str = ""  # Jekyll's, by its folder
    ugly: bool = False
    keeps_case: bool = False  # addresses have the letters of the files' names
    without_accents: bool = False
    build_future: bool = False  # a date to come keeps nothing back
    moment_keys: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of dates, by our field, if it chooses
    emoji: bool = False  # `:smile:` is one
    straight_quotes: bool = False  # quotes, dashes and dots stay as written
    signs: Mapping[str, str] = field(default_factory=dict)  # of typography, each with that of the site
    hard_wraps: bool = False  # a line's end is one
    plain_addresses: bool = False  # a bare address is no link
    id_style: str = rendering.IdStyle.GITHUB  # of headings
    extras: Sequence[str] = ()  # of Markdown: what `rendering.Writing` has
    left_off: Sequence[str] = ()  # of Markdown: definitionList, footnote, strikethrough, table, taskList
    block_attributes: bool = False  # `{.note}` below a block is none of its text
    whole_titles: bool = False  # `{#id}` behind a heading is its text
    finds_scripts: bool = False  # time to read goes by character where a text is Chinese, Japanese or Korean
    inline_shortcodes: bool = False  # `{{< x.inline >}}` shows what it holds
    tag_keys: Sequence[str] = ("tags",)
    defaults: Mapping[str, Any] = field(default_factory=dict)  # Hugo's cascade, Jekyll's front matter defaults
    assets: Mapping[str, str] = field(default_factory=dict)  # files as the document names them → their URLs here
    pages: Mapping[str, str] = field(default_factory=dict)  # `page_key` of those that it refers to → their paths
    site_values: Mapping[str, str | None] = field(default_factory=dict)  # of its configuration, where asked for
    missing: Sequence[str] = ()  # files of its folder that it names and that were not there
    refused: Mapping[str, str] = field(default_factory=dict)  # not taken over → the state of the file then
    resources: Sequence[str] = ()  # those of `assets` that stand in Hugo's folder of that name
    places: Mapping[str, str] = field(default_factory=dict)  # of `assets` elsewhere than `asset_place` thinks

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{name: value for name, value in kept.items() if name in cls.__slots__})

    def kept(self) -> dict[str, Any]:
        """JSON that `restored` reads: what is not the default."""
        said = {name: getattr(self, name) for name in self.__slots__}
        said |= {name: as_json(said[name]) for name, as_json in _AS_JSON.items()}
        return {name: value for name, value in said.items() if value and value not in _UNSAID[name]}

    def reads_like(self, kept: Mapping[str, Any]) -> bool:
        """Whether a document that was read under `kept` makes the same post under this source."""
        own = self.kept()
        return all(own.get(name) == kept.get(name) for name in self.__slots__ if name not in _FOUND)

    @property
    def reading(self) -> Reading:
        return Reading(
            time_zone=ZoneInfo(self.time_zone),
            jekyll=self.jekyll and not self.hexo,
            hugo=self.hugo,
            tag_keys=tuple(self.tag_keys),
            defaults=self.defaults,
            moment_keys=self.moment_keys,
            markup=Markup.of_file(self.page),
            notes=self.notes,
            of_others=self.of_others,
            named_day=permalinks.named_day(PurePosixPath(self.page)) if self.of_others else "",
            dated_name=permalinks.hugo_dated_name(PurePosixPath(self.page)) if self.moment_keys else None,
        )

    @property
    def writing(self) -> rendering.Writing:
        return rendering.Writing(
            emoji=self.emoji,
            straight_quotes=self.straight_quotes,
            signs=tuple(self.signs.items()),
            hard_wraps=self.hard_wraps,
            plain_addresses=self.plain_addresses,
            extras=tuple(self.extras),
            left_off=tuple(self.left_off),
            block_attributes=self.block_attributes,
            whole_titles=self.whole_titles,
        )

    @property
    def rules(self) -> permalinks.Rules:
        return permalinks.Rules(
            prefix=self.prefix,
            pattern=self.pattern,
            list_pattern=self.list_pattern,
            folders=self.folders,
            sections=self.sections,
            section_slugs=self.section_slugs,
            jekyll=self.jekyll,
            collection=self.collection,
            ugly=self.ugly,
            keeps_case=self.keeps_case,
            without_accents=self.without_accents,
            zone=ZoneInfo(self.time_zone),
        )


_KINDS = {Sequence: list, Mapping: dict}
_AS_JSON = {each.name: _KINDS[kind] for each in fields(Source) if (kind := get_origin(each.type)) in _KINDS}
"""What JSON has in place of a field's value, by the field."""

_FOUND = frozenset({"assets", "missing", "pages", "places", "refused", "resources", "root", "site_values"})
"""What is found anew for each reading."""

_UNSAID: Mapping[str, tuple[Any, ...]] = defaultdict(
    tuple, {"language": ("en",), "prefix": ("/",), "time_zone": ("UTC",), "tag_keys": (["tags"],)}
)


def page_key(reference: str, language: str) -> str:
    """How `Source.pages` names the page that a document refers to."""
    return f"{language}:{reference}"


def asset_place(file: PurePosixPath, kept: Mapping[str, Any], name: str) -> PurePosixPath | None:
    """The place of a file that a document names, in the folder of the site that was imported; `file` is the document's,
    `kept` its source. It is where the import found it, else a relative name is beside the document, or where that is shown;
    a site path is in the site's folder of static files; either is in Hugo's folder of resources if the import says so.

    None for a name that leads out of the site, and for a picture that the document holds itself.
    """
    if name.startswith(embedded.FOLDER):
        return None
    if found := kept.get("places", {}).get(name):
        return PurePosixPath(found)
    is_resource, root = name in kept.get("resources", ()), kept.get("root")
    folders: tuple[PurePosixPath, ...]
    name = unquote(urlsplit(name).path)
    if is_resource:
        folders = (PurePosixPath("assets"),) if root else ()
    elif name.startswith("/"):
        folders, name = (PurePosixPath("static" if root else ""),), name.removeprefix(f"{kept.get('base', '')}/")
    else:
        folders = (file.parent, file.with_suffix(""))
    places = (PurePosixPath(posixpath.normpath(folder / name.lstrip("/"))) for folder in folders)
    return next((place for place in places if ".." not in place.parts), None)
