"""The three formats of a feed: RSS 2.0, Atom 1.0 and JSON Feed 1.1, each with the posts' whole text."""

import json
import re
from datetime import UTC, datetime
from typing import IO, Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from posts.dates import rfc3339

BEFORE_ALL_POSTS = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FullTextFeed(SyndicationFeed):
    """What the formats share. Of each item they take `content` (HTML), `authors`, `language`, `image` and `changed`."""

    file_name: str

    def add_item(self, **item: Any) -> None:  # type: ignore[override]
        super().add_item(**{name: _readable(value) for name, value in item.items()})

    def latest_post_date(self) -> datetime:
        """When the feed changed last; the same for an empty feed each time."""
        return max((item["changed"] for item in self.items), default=BEFORE_ALL_POSTS)


class Rss(FullTextFeed, Rss201rev2Feed):
    """RSS 2.0: the text as `content:encoded`, each author as `dc:creator`."""

    file_name = "index.xml"

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": escape(item["description"])})
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])


class Atom(FullTextFeed, Atom1Feed):
    """Atom 1.0."""

    file_name = "atom.xml"

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": escape(item["description"])})
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class JsonFeed(FullTextFeed):
    """JSON Feed 1.1. Source: jsonfeed.org/version/1.1."""

    file_name = "feed.json"
    content_type = "application/feed+json"

    def write(self, outfile: IO[Any], encoding: str) -> None:
        outfile.write(json.dumps(self._feed(), ensure_ascii=False).encode(encoding))

    def _feed(self) -> dict[str, Any]:
        return {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [self._item(item) for item in self.items],
        }

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        required = {"id": item["unique_id"], "content_html": item["content"]}
        said = {
            "url": item["link"],
            "title": item["title"],
            "summary": item["description"],
            "image": item["image"],
            "date_published": item["pubdate"] and rfc3339(item["pubdate"]),
            "date_modified": rfc3339(item["updateddate"]),
            "authors": [{"name": name} for name in item["authors"]],
            "tags": item["categories"],
            "language": item["language"],
        }
        return required | {name: value for name, value in said.items() if value}


FORMATS = (Rss, Atom, JsonFeed)


def _readable(value: Any) -> Any:
    """Texts without the characters that XML cannot hold, in lists those that are left; whatever else as it is."""
    match value:
        case str():
            return _NOT_IN_XML.sub("", value)
        case [str(), *_]:
            return [text for each in value if (text := _readable(each))]
    return value
