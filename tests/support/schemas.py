"""Documents for machines, held against what their formats allow."""

from pathlib import Path

from lxml import etree
from pydantic import AwareDatetime, BaseModel, ConfigDict, HttpUrl, TypeAdapter

SCHEMAS = Path(__file__).resolve().parents[1] / "posts" / "schemas"


def valid(document: bytes, schema: str) -> etree._Element:
    """The root of an XML document that the RELAX NG schema of this name allows; fails for any other."""
    root = etree.fromstring(document)
    etree.RelaxNG(etree.parse(SCHEMAS / f"{schema}.rng")).assertValid(root)
    return root


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Author(_Strict):
    """`url` and `avatar` may stand for the name; the site always has one."""

    name: str


class Item(_Strict):
    """An item of JSON Feed 1.1, whose `id` and a content are required."""

    id: str
    content_html: str
    url: HttpUrl
    title: str | None = None
    summary: str | None = None
    image: HttpUrl | None = None
    date_published: AwareDatetime | None = None
    date_modified: AwareDatetime | None = None
    authors: list[Author] | None = None
    tags: list[str] | None = None
    language: str | None = None


class JsonFeed(_Strict):
    """JSON Feed 1.1. Source: jsonfeed.org/version/1.1."""

    version: str
    title: str
    items: list[Item]
    home_page_url: HttpUrl | None = None
    feed_url: HttpUrl | None = None
    language: str | None = None
    authors: list[Author] | None = None


def valid_json_feed(document: bytes) -> JsonFeed:
    """The feed in these bytes; fails for what the specification does not allow."""
    feed = TypeAdapter(JsonFeed).validate_json(document)
    assert feed.version == "https://jsonfeed.org/version/1.1"
    return feed
