"""What each key of the front matter means: Hugo's meaning wherever Hugo has one, Jekyll's where only Jekyll has the key."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from posts import dates
from posts.document import Document, Value
from posts.document.values import as_text, as_texts, within
from posts.front_matter_keys import ELSEWHERE, IN_HUGOS_THEMES, KEYS, OF_DRAFTS, OF_OTHERS, OPTIONS
from posts.front_matter_values import FALSE, Said, filling, pictured
from posts.markup import Markup
from posts.picture_names import featured_resource
from posts.sentences import Sentence, gettext_noop, joined
from posts.slugs import term_slug

FILE_NAME = ":filename"
"""Stands among the keys of a date for the file's name."""
_NO_DATE = "0001-01-01"  # Go's zero moment, which Hugo's tools write where there is no date
_OF_HISTORY = frozenset(
    {"created", "git created", "last modified", "git last modified", "last-modified", "now", "today"}
)
"""What Eleventy and Quarto take for the dates of the file itself, which no import knows."""
_HOST = re.compile(r"\Ahttps?://[^/]+/?")
_LEAST_UNIX_SECONDS = 100_000_000  # in 1973; a smaller number is a year, or a mistake
_LINK = re.compile(r"\[([^\[\]]++)\]\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+\)")
_TRUE = frozenset({"1", "t", "T", "true", "TRUE", "True"})  # what Go's ParseBool takes for true


class FrontMatterError(ValueError):
    """A value that its key cannot have. `line` and `column` are where it stands, from 1."""

    def __init__(self, line: int, column: int, key: str, problem: str, mend: str) -> None:
        super().__init__(line, column, key, problem, mend)
        self.line, self.column, self.key, self.problem, self.mend = line, column, key, problem, mend

    @property
    def sentence(self) -> Sentence:
        """The key, the problem and the mend, to be translated where they are shown."""
        return joined("%(key)s: %(problem)s; %(mend)s", key=self.key, problem=self.problem, mend=self.mend)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a site reads its files."""

    time_zone: tzinfo = UTC  # of dates that are written without an offset
    jekyll: bool = False  # a text of `tags` or `categories` is several, parted by spaces
    hugo: bool = False  # what only Jekyll takes for an address is none
    tag_keys: tuple[str, ...] = ("tags",)  # the taxonomies that tags are
    defaults: Mapping[str, Value] = field(default_factory=dict)  # what a document says that does not say otherwise
    moment_keys: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of dates by our field; else `KEYS`
    markup: Markup = Markup.COMMONMARK  # of a body whose document says none
    notes: bool = False  # the folder may be anybody's
    of_others: bool = False  # its site is of another tool
    named_day: str = ""  # in the file's place, for a document that says no date
    dated_name: tuple[str, str] | None = None  # of the file: the day or moment, and the slug, for the key `:filename`


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture at a post's head: an address as written, empty for none."""

    image: str = ""
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A document's front matter as the site understands it; texts are empty and dates None where it says nothing."""

    title: str = ""
    date: datetime | None = None
    publish_date: datetime | None = None
    expiry_date: datetime | None = None
    last_modified: datetime | None = None
    draft: bool = False
    slug: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    translation_key: str = ""
    description: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    series_weight: int | None = None  # from 1; which part this is, where it says so
    cover: Cover = Cover()
    canonical_url: str = ""
    markup: Markup = Markup.COMMONMARK
    by_character: bool | None = None  # how time to read is told; None: as its site has it
    options: Mapping[str, bool | str] = field(default_factory=dict)  # PaperMod's that are set, and the medical review

    @property
    def moment(self) -> datetime | None:
        """The date, else that of the publication, else that of the last change: Hugo's order."""
        return self.date or self.publish_date or self.last_modified


def read(document: Document, reading: Reading = Reading()) -> FrontMatter:
    """What the document says. Raises `FrontMatterError` for a date that is none and a title that is no text."""
    said = Said(document, reading.defaults)

    def text(name: str) -> str:
        return as_text(said.first(name, keys_of(name, reading))[1])

    def address(name: str) -> str:
        """None where it is only said that there is none, or one, as Eleventy's and Gridsome's starters do."""
        return "" if text(name) in {"false", "true"} and not reading.hugo else text(name)

    def url() -> str:
        """Its path where WordPress's exports have it whole."""
        return _HOST.sub("/", address("url")) if not (reading.hugo or reading.jekyll) else address("url")

    def moment(name: str) -> datetime | None:
        return _moment(said, name, reading)

    published = moment("publish_date")
    return FrontMatter(
        title=_title(said),
        date=moment("date") or (None if published else moment("created") or _day_of_name(reading)),
        publish_date=published,
        expiry_date=moment("expiry_date"),
        last_modified=moment("last_modified"),
        draft=_is_draft(said, reading),
        slug=text("slug").strip("-") or _slug_of_name(said, reading),
        url=url(),
        aliases=_aliases(said, reading),
        tags=_tags(said, reading),
        categories=_categories(said, reading),
        translation_key=as_text(said.get("translationKey")),
        description=text("description"),
        summary=text("summary"),
        authors=_names(said.first("authors")[1]),
        series=_series(said.first("series")[1]),
        series_weight=_weight(said.first("series_weight")[1]),
        cover=Cover(_image(said, reading), text("cover_alt"), text("cover_caption") or _credit(said, reading)),
        canonical_url=address("canonical_url"),
        by_character=None if said.get("isCJKLanguage") is None else _truth(said.get("isCJKLanguage")),
        markup=_markup(said, reading),
        options=_options(said) | _review(said, reading),
    )


def markup_of(document: Document, reading: Reading) -> Markup:
    """The grammar of its body. Raises nothing."""
    return _markup(Said(document, reading.defaults), reading)


def _markup(said: Said, reading: Reading) -> Markup:
    """What a cascade says of it counts in no site of Hugo's."""
    return Markup.named(as_text(said.own.get("markup") if reading.hugo else said.get("markup")), reading.markup)


def _aliases(said: Said, reading: Reading) -> tuple[str, ...]:
    """Of a text Hugo takes each word. To Jekyll `aliases` is a theme's word: of a person, other names, which are no paths."""
    key, value = said.first("aliases", keys_of("aliases", reading))
    aliases = value.split() if reading.hugo and isinstance(value, str) else as_texts(value)
    return tuple(each for each in aliases if not reading.jekyll or key != "aliases" or "/" in each)


def tag_keys(values: Mapping[str, Value], reading: Reading) -> Sequence[str]:
    """The keys under which tags stand: to Jekyll the one in the singular, where it is there."""
    return ("tag",) if reading.jekyll and values.get("tag") is not None else reading.tag_keys


def keys_of(name: str, reading: Reading) -> Sequence[str]:
    """The keys that fill a field: `permalink` says nothing to Hugo, and only Jekyll had a plugin that read `alias`."""
    if reading.hugo:
        return ("url",) if name == "url" else (*KEYS[name], *IN_HUGOS_THEMES.get(name, ()))
    if reading.jekyll and name in {"aliases", "url"}:
        return KEYS["url"] if name == "url" else ("redirect_from", "alias", "aliases")
    return (*KEYS[name], *ELSEWHERE.get(name, ()), *(OF_OTHERS.get(name, ()) if reading.of_others else ()))


def key_of(document: Document, name: str, reading: Reading) -> str | None:
    """The key that fills a field in this document, or has to, where `cover` is an address and can hold no text beside
    it; None if it has none."""
    if found := filling(keys_of(name, reading), document.get)[0]:
        return found
    is_address = not isinstance(document.get("cover"), Mapping | None)
    return KEYS[name][1] if is_address and name in {"cover_alt", "cover_caption"} else None


def cover_of(document: Document, reading: Reading) -> str:
    """The address of the document's cover, or of the one that its site gives it; "" for none."""
    return _image(Said(document, reading.defaults), reading)


def _title(said: Said) -> str:
    title = said.get("title")
    if isinstance(title, list | Mapping):
        problem = gettext_noop("the title is a list or a mapping")
        mend = gettext_noop("write it as text, in quotes if it begins with a bracket")
        raise FrontMatterError(*said.document.position("title"), "title", problem, mend)
    return as_text(title)


def _terms(values: Mapping[str, Value], reading: Reading, key: str) -> tuple[str, ...]:
    """What a key says: a text is one, but to Jekyll several under a key in the plural, as are lists in a list."""
    value = within(values, key)
    if reading.jekyll and isinstance(value, list):
        value = [inner for each in value for inner in (each if isinstance(each, list) else [each])]
    if reading.jekyll and key not in {"tag", "category"} and isinstance(value, str):
        # a comma is a part of one to Jekyll, in an address too, where tags have none
        value = list(value.split() if key == "categories" else value.replace(",", " ").split())
    return as_texts(value)


def _tags(said: Said, reading: Reading) -> tuple[str, ...]:
    both = said.given | said.own
    return _without_twins(tag for key in tag_keys(both, reading) for tag in _terms(both, reading, key))


def _categories(said: Said, reading: Reading) -> tuple[str, ...]:
    """Those of its place, then its own, then one `category`, of which its own replaces that of its place."""
    both = said.given | said.own
    layers = ((said.given, "categories"), (said.own, "categories"), (both, "category"))
    return tuple(term for values, key in layers for term in _terms(values, reading, key))


def _without_twins(names: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, as first written."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(term_slug(name), name)
    return tuple(first.values())


def _names(value: Value) -> tuple[str, ...]:
    """People: a name, a list of names, or mappings with a `name` (from WordPress a `display_name`), or a `key` (Docusaurus).

    Of a link in Markdown it is the text (Docsy).
    """
    people = value if isinstance(value, list) else [value]
    names = as_texts(
        [
            next(filter(None, (within(each, key) for key in ("name", "display_name", "key"))), "")
            if isinstance(each, Mapping)
            else each
            for each in people
        ]
    )
    return tuple(_LINK.sub(r"\1", name) for name in names)


def _series(value: Value) -> tuple[str, ...]:
    """Whether a post is a part of one, as Gridsome's starters say, is no name."""
    return () if as_text(value) in {"true", "false"} else _without_twins(as_texts(value))


def _weight(value: Value) -> int | None:
    """A place in an order; None for 0, which Hugo takes for none, and for what is no such number."""
    text = as_text(value)
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,8}", text) else None


def _image(said: Said, reading: Reading) -> str:
    """Elsewhere than in Hugo's sites the name of a folder, which a theme's template begins one with, is none."""
    key, value = said.first("cover", keys_of("cover", reading))
    image = pictured(value)[0] if key else featured_resource(said.own.get("resources"))
    return image if reading.hugo or not image.endswith("/") else ""


def _credit(said: Said, reading: Reading) -> str:
    """What stands with the picture in the key of the cover, elsewhere than in Hugo's sites."""
    return "" if reading.hugo else pictured(said.first("cover", keys_of("cover", reading))[1])[1]


def _truth(value: Value) -> bool:
    """As Hugo reads it: `true`, `"true"` and 1 are true, `yes` is not."""
    return value if isinstance(value, bool) else as_text(value) in _TRUE


def _is_draft(said: Said, reading: Reading) -> bool:
    """What `draft` says; where it says nothing, whether Jekyll's `published` is false. Source: Hugo, which has both.

    A bundle that is headless, or whose `build` options keep it from being rendered, is no page of the site either.
    """
    draft = said.get("draft")
    if _truth(said.get("headless")) or as_text(said.first("render")[1]) in {"never", "link", "false"}:
        return True
    if draft is not None:
        return _truth(draft)
    published = as_text(said.get("published")).lower()
    of_others = OF_DRAFTS if reading.notes or reading.of_others else {}
    is_held_back = any(as_text(said.get(key)).lower() in words for key, words in of_others.items())
    return is_held_back or published in (FALSE if reading.jekyll else {"false"})


def _options(said: Said) -> dict[str, bool | str]:
    options: dict[str, bool | str] = {name: _truth(value) for name in OPTIONS if (value := said.get(name)) is not None}
    for name, key in (("coverHiddenInList", "cover.hiddenInList"), ("coverHiddenInSingle", "cover.hiddenInSingle")):
        if _truth(said.get("cover.hidden")) or _truth(said.get(key)):
            options[name] = True
    return options


def _review(said: Said, reading: Reading) -> dict[str, bool | str]:
    """Whether the text is medical, who reviewed it, in one line, and on which day, as ISO writes it: what is said of it."""
    reviewed = _moment(said, "last_reviewed", reading)
    review: dict[str, bool | str] = {
        "medical": _truth(said.first("medical")[1]),
        "reviewedBy": ", ".join(_names(said.first("reviewed_by")[1])),
        "lastReviewed": reviewed.date().isoformat() if reviewed else "",
    }
    return {key: value for key, value in review.items() if value}


def _day_of_name(reading: Reading) -> datetime | None:
    return dates.parse(reading.named_day, reading.time_zone) if reading.named_day else None


def _slug_of_name(said: Said, reading: Reading) -> str:
    """What follows the date in a file's name, where that is one of the document's dates and no slug is said (Hugo)."""
    is_dated_by_it = any(_said_moment(said, name, reading)[0] == FILE_NAME for name in reading.moment_keys)
    return reading.dated_name[1] if reading.dated_name and is_dated_by_it and "slug" not in said.own else ""


def _said_moment(said: Said, name: str, reading: Reading) -> tuple[str, Value]:
    """The key that fills a date, and its value: by the site's own order, in which the file's name has a place."""
    keys = list(reading.moment_keys.get(name, keys_of(name, reading)))
    before = keys[: keys.index(FILE_NAME)] if FILE_NAME in keys else keys
    found = said.first(name, before) if before else ("", None)
    if found[0] or len(before) == len(keys):
        return found
    if reading.dated_name:
        return FILE_NAME, reading.dated_name[0]
    after = [key for key in keys[len(before) :] if key != FILE_NAME]
    return said.first(name, after) if after else found


def _moment(said: Said, name: str, reading: Reading) -> datetime | None:
    key, value = _said_moment(said, name, reading)
    if value in (None, "") or as_text(value).startswith(_NO_DATE):
        return None
    if as_text(value).lower() in _OF_HISTORY and not (reading.hugo or reading.jekyll):
        return None
    try:
        if reading.jekyll and (moment := dates.of_digits(as_text(value), reading.time_zone)):
            return moment
        if reading.jekyll and _is_utc(said, key, value):
            return dates.in_zone(_read_moment(value, UTC), reading.time_zone)
        moment = _read_moment(value, reading.time_zone)
        moment.astimezone(UTC)  # as `dates.parse` does: TOML's own dates may leave the calendar too
        return moment
    except (ValueError, OverflowError):
        if key in ELSEWHERE.get(name, ()):
            return None  # to whom it may mean something else
        problem = gettext_noop("%(value)s is not a date that can be read")
        problem %= {"value": " ".join(as_text(value).split())[:40] or gettext_noop("this")}
        mend = gettext_noop("write it as %(example)s") % {"example": "2024-06-13T12:00:00+07:00"}
        raise FrontMatterError(*said.document.position(key), key, problem, mend) from None


def _is_utc(said: Said, key: str, value: Value) -> bool:
    """Whether to YAML, and so to Jekyll, the value is a moment in UTC: it has seconds, no offset and no quotes."""
    line, column = said.document.position(key)
    written = said.document.text.split("\n", line)[line - 1][column - 1 :]
    return (
        isinstance(value, str) and dates.YAML_MOMENT.fullmatch(value) is not None and not written.startswith(("'", '"'))
    )


def _read_moment(value: Value, zone: tzinfo) -> datetime:
    match value:
        case datetime():
            return value if value.tzinfo else dates.on_clock(value.replace(tzinfo=zone))
        case date():
            return dates.on_clock(datetime(value.year, value.month, value.day, tzinfo=zone))
        case str():
            return dates.parse(value, zone)
        case int() if value >= _LEAST_UNIX_SECONDS and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    raise ValueError("not a date")
