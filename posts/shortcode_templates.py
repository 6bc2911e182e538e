"""The HTML of shortcodes: what the templates `shortcodes/<name>.html` make of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from posts import dates, editions, permalinks, picture_names
from posts.document import Document
from posts.frontmatter import FrontMatter
from posts.permalinks import PathError
from posts.rendering import RenderingError, Shortcode, ShortcodeError, Shortcodes
from posts.rendering.elements import FROM_THEME
from posts.sentences import gettext_noop
from posts.source import Source, page_key

SHORTCODES = "shortcodes"
"""The folder below each folder of templates where `<name>.html` makes the shortcode `name`."""

_PICTURE = re.compile(rf"[^?#]+{picture_names.SHOWN}(?:[?#].*)?", re.IGNORECASE)
_NAMES_PICTURE = ("src", "image", "img", "file", "url", "link", "0")
_OF_FIGURE = {"alt", "attr", "attrlink", "caption", "height", "link", "title", "width"}
_DATE_TOKEN = re.compile(r":(?:year|month|day|week)")


def shortcodes(document: Document, source: Source) -> Shortcodes | None:
    """The HTML of this document's shortcodes, from the site's templates; None where its site has none (Jekyll)."""
    return None if source.jekyll else _Shortcodes(document, source)


@cache
def shortcode_names() -> frozenset[str]:
    """The names that there is a template for; looked up once."""
    folders = [Path(folder) / SHORTCODES for engine in engines.all() for folder in engine.template_dirs]
    files = ((file, folder) for folder in folders for file in folder.rglob("*.html"))
    return frozenset(file.relative_to(folder).with_suffix("").as_posix() for file, folder in files)


def template_name(shortcode: str) -> str | None:
    """The name of its template, which may be written in any case (Hugo); None without one."""
    names = shortcode_names()
    return shortcode if shortcode in names else {name.lower(): name for name in names}.get(shortcode.lower())


@dataclass(frozen=True, slots=True)
class _Shortcodes:
    document: Document
    source: Source

    def __call__(self, shortcode: Shortcode) -> str | None:
        """The template's output, None without a template. Raises ShortcodeError if that is not all that was asked for."""
        if shortcode.name.endswith(".inline") and not self.source.inline_shortcodes:
            raise ShortcodeError(gettext_noop("its site's configuration allows no template inside a text"), instead="")
        template = template_name(shortcode.name)
        if template is None:
            self._show_picture_of_unknown(shortcode)
            return None
        inner = _Inner(shortcode)
        context = self._context(shortcode, inner)
        html = _rendered(template, context, editions.language_of(self.source.language)).strip()
        if not html:
            raise ShortcodeError(
                gettext_noop("it gives nothing to show; an argument is missing, or what it names is not there")
            )
        if shortcode.inner and not inner.is_shown:
            raise ShortcodeError(
                gettext_noop("it shows nothing of what stands between its two ends; write it without the second")
            )
        return html

    def _show_picture_of_unknown(self, shortcode: Shortcode) -> None:
        """Raises ShortcodeError with the picture that it names, if any, as `figure` shows it, above what stands inside."""
        if picture := _picture_in(shortcode.arguments, self.source.assets):
            figure = self(replace(shortcode, name="figure", arguments=picture, inner=None)) or ""
            raise ShortcodeError(
                gettext_noop("the site does not know it; the picture that it names shows"),
                instead=figure.replace("<figure>", f'<figure class="{FROM_THEME}">')
                + (shortcode.markdown(shortcode.inner) if shortcode.inner else ""),
            )

    def _context(self, shortcode: Shortcode, inner: "_Inner") -> dict[str, object]:
        """What a template can use; docs/shortcodes.md says so to its author. Django calls what can be called."""
        arguments = _Arguments(shortcode.arguments)
        return {
            "args": arguments,
            "markdown": _Each(arguments, lambda text: mark_safe(shortcode.inline(text))),
            "plain": _Each(arguments, lambda text: unescape(strip_tags(shortcode.inline(text)))),
            "inner": inner.html,
            "blocks": lambda: mark_safe(shortcode.markdown(inner.text())),
            "code": inner.code,
            "address": lambda: _address(arguments, self.source),
            "value": lambda: _value(arguments["name"] or arguments["0"], self.document, self.source),
        }


@dataclass(slots=True)
class _Inner:
    """What stands between a shortcode's two ends, and whether the template has asked for it."""

    shortcode: Shortcode
    is_shown: bool = False

    def text(self) -> str:
        """Raises ShortcodeError where there is no second end."""
        if self.shortcode.inner is None:
            raise ShortcodeError(
                gettext_noop("it has no %(end)s to end it") % {"end": f"{{{{< /{self.shortcode.name} >}}}}"}
            )
        self.is_shown = True
        return self.shortcode.inner

    def code(self) -> str:
        self.text()
        return self.shortcode.code

    def html(self) -> SafeString:
        """As it is: the sanitiser sees all of it, last."""
        return mark_safe(self.text())


class _Arguments(dict[str, str]):
    """A shortcode's arguments; one that is not given is empty."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class _Each:
    """`markdown.caption` in a template: what is made of the argument, when it is asked for."""

    arguments: _Arguments
    made: Callable[[str], str]

    def __getitem__(self, name: str) -> str:
        return self.made(self.arguments[name])


def _picture_in(arguments: Mapping[str, str], files: Mapping[str, str]) -> dict[str, str] | None:
    """Arguments of `figure` for the picture that a theme's shortcode names; None for none, or for one that is not there.

    Source: what themes call it, `src` or their first argument, behind which stands its alternative text. Many look for it
    from the site's top too.
    """
    for key in _NAMES_PICTURE:
        address = arguments.get(key, "")
        if not _PICTURE.fullmatch(address):
            continue
        is_known = address.startswith(("/", "http://", "https://")) or address in files
        if is_known or (address := f"/{address}") in files:
            said = {name: arguments[name] for name in _OF_FIGURE & arguments.keys()}
            return {"alt": arguments.get("1", "") if key == "0" else ""} | said | {"src": address}
    return None


def _rendered(name: str, context: dict[str, object], language: str) -> str:
    """The output of a shortcode's template in this language. Raises ShortcodeError for a bad call, RenderingError for a bad template."""
    try:
        with translation.override(language):
            return _engine().get_template(f"{SHORTCODES}/{name}.html").render(context)
    except (RenderingError, ShortcodeError):
        raise
    except Exception as error:
        problem = gettext_noop("the template of %(name)s is wrong: %(reason)s")
        raise RenderingError("shortcodes", problem % {"name": name, "reason": repr(error)}) from error


def _engine() -> DjangoTemplates:
    return next(engine for engine in engines.all() if isinstance(engine, DjangoTemplates))


def _address(arguments: _Arguments, source: Source) -> str:
    """The path of the page that `ref` names: as it was found, else by what its file's place and name say.

    `/posts/a.md` and `posts/a.md` stand below the content folder, `a.md`, `./a.md` and `../a.md` beside this document.
    Raises ShortcodeError where that does not tell.
    """
    place, mark, fragment = (arguments["path"] or arguments["relref"] or arguments["0"]).strip().partition("#")
    if not place:
        return mark and mark + fragment
    language = arguments["lang"] or arguments["language"] or source.language
    if found := source.pages.get(page_key(place, language)):
        return quote(found) + mark + fragment
    file = _target(place, source)
    rules = _rules(file, language, source)
    try:
        path = permalinks.page_path(file, _said_by_name(file, source, rules), rules)
    except PathError as error:
        raise ShortcodeError(error.sentence) from None
    return quote(path) + mark + fragment


def _target(place: str, source: Source) -> PurePosixPath:
    """The file below the content folder, without what only names its language. Raises ShortcodeError for none."""
    beside = "/" not in place or place.startswith((".", ".."))
    parts: list[str] = []
    for part in ((_folder(source) if beside else PurePosixPath()) / place.lstrip("/")).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            raise ShortcodeError(gettext_noop("it leads out of the content folder"))
    file = PurePosixPath(*parts or ["_index.md"])
    return file.with_name(file.name.removesuffix(".md").removesuffix(f".{source.language}") + ".md")


def _folder(source: Source) -> PurePosixPath:
    """Where this document's neighbours stand: of a leaf bundle, the folder around the bundle's own (Hugo)."""
    file = PurePosixPath(source.page)
    if len(file.parts) == 1:
        file = PurePosixPath(source.section) / file
    return file.parent.parent if file.stem == "index" else file.parent


def _rules(file: PurePosixPath, language: str, source: Source) -> permalinks.Rules:
    """This document's, with the prefix of the language asked for. Of another section the pattern is not known."""
    if language == source.language:
        prefix = source.prefix
    else:
        prefix = "/" if language == settings.LANGUAGE_CODE.partition("-")[0] else f"/{language}/"
    is_neighbour = file.stem != "_index" and file.parts[:1] == _folder(source).parts[:1]
    return permalinks.Rules(prefix=prefix, pattern=source.pattern if is_neighbour else "", ugly=source.ugly)


def _said_by_name(file: PurePosixPath, source: Source, rules: permalinks.Rules) -> FrontMatter:
    """The date of a dated name, and the rest of the name for the title, which an address without a slug is made of.

    Raises ShortcodeError where the site's addresses hold a date and the name does not.
    """
    day, name = permalinks.dated_name(file) or ("", file.parent.name if file.stem == "index" else file.stem)
    try:
        date = dates.parse(day, UTC)
    except ValueError:
        date = None
    if not date and _DATE_TOKEN.search(rules.pattern):
        raise ShortcodeError(
            gettext_noop("its address holds a date that only that document knows; write it as a plain link")
        )
    return FrontMatter(
        title=name, date=date, slug=name if date and ":filename" in source.moment_keys.get("date", ()) else ""
    )


def _value(key: str, document: Document, source: Source) -> str:
    """What the front matter says under the key, else the defaults of its place, else its site; "" for nothing."""
    for name in (key, f"params.{key}"):
        value = document.get(name) if key else None
        if value is not None:
            return ", ".join(_words(value))
    return ", ".join(_words(source.defaults.get(key))) or source.site_values.get(key) or ""


def _words(value: object) -> Iterator[str]:
    match value:
        case None:
            return
        case bool():
            yield str(value).lower()
        case list():
            for each in value:
                yield from _words(each)
        case _:
            yield str(value)
