"""Where a document's page stands: the document as its site reads it, in its language, with its path."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Self

from posts import dates, editions, frontmatter, hexo, permalinks, polyglot
from posts.document import Document
from posts.frontmatter import FrontMatter
from posts.sentences import Sentence, gettext_noop
from posts.source import Source

_ID_OF_NOTION = re.compile(r"(?<=[^/]) [0-9a-f]{32}(?=/|\.\w+$)")


class ProjectionError(ValueError):
    """A document that no post can be made of: where in its text, what is wrong, and the mend; of which key, if of one."""

    def __init__(self, sentence: Sentence, line: int = 1, column: int = 1, *, key: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.line, self.column, self.key = sentence, line, column, key


@dataclass(frozen=True, slots=True)
class Page:
    """A document as its site reads it, and where its page stands."""

    document: Document
    source: Source  # in the language that the document says
    file: PurePosixPath  # its place
    front: FrontMatter
    own_path: str  # where its site has the page
    term: permalinks.Term | None  # the tag or the author that it introduces

    @classmethod
    def of(cls, document: Document, source: Source) -> Self:
        """Raises `ProjectionError` or `frontmatter.FrontMatterError`."""
        file, source = _place(source), _in_its_language(document, source)
        front = _completed(frontmatter.read(document, source.reading), file, source)
        own_path = _own_path(document, file, front, source)
        return cls(document, source, file, front, own_path, _term(file, own_path, source))

    @property
    def path(self) -> str:
        """Where we have the page."""
        return self.term.path if self.term else self.own_path


def path_of(document: Document, source: Source) -> str:
    """The path alone of the page that this document makes. Raises `ProjectionError` or `frontmatter.FrontMatterError`."""
    return Page.of(document, source).path


def _place(source: Source) -> PurePosixPath:
    """The page's place; in a folder that is no site without the ids with which Notion ends the names of files and folders."""
    return PurePosixPath(source.page if source.hugo or source.jekyll else _ID_OF_NOTION.sub("", source.page))


def _in_its_language(document: Document, source: Source) -> Source:
    language = polyglot.language(document, source.defaults, source.prefixes)
    return replace(source, language=language, prefix=source.prefixes[language]) if language else source


def _completed(front: FrontMatter, file: PurePosixPath, source: Source) -> FrontMatter:
    """With the date of a Jekyll document's name for one that the front matter leaves open.

    Without any date, that of the publication or of the last change is taken.
    """
    dated = permalinks.dated_name(file)
    is_document = source.collection or not permalinks.OF_POSTS.isdisjoint(file.parts)
    if dated and not front.date and source.jekyll and is_document:
        try:
            front = replace(front, date=dates.parse(dated[0], source.reading.time_zone))
        except ValueError:
            problem = gettext_noop("the file's name begins with %(day)s, which is no day; rename it")
            raise ProjectionError(problem % {"day": dated[0]}) from None
    return front if front.date else replace(front, date=front.moment)


def _own_path(document: Document, file: PurePosixPath, front: FrontMatter, source: Source) -> str:
    """Where its site has the page. Raises `ProjectionError` at the key that made an impossible path."""
    try:
        in_section = file if len(file.parts) > 1 or not source.section else PurePosixPath(source.section) / file
        rules = source.rules
        if source.hexo:
            own = hexo.tokens(document, rules.pattern, file, front.date, source.defaults)
            rules = replace(rules, own=own)
        return permalinks.page_path(in_section, front, rules)
    except permalinks.PathError as error:
        field = "url" if front.url else "slug"
        key = frontmatter.key_of(document, field, source.reading)
        raise ProjectionError(error.sentence, *(document.position(key) if key else (1, 1)), key=field) from None


def _term(file: PurePosixPath, own: str, source: Source) -> permalinks.Term | None:
    """The tag or the author whose page the document introduces; None for another, and where its language has no such pages."""
    edition = editions.of(source.prefix)
    if source.prefix not in {editions.prefix(edition), f"/{editions.first()}/"}:
        return None
    return permalinks.term_of(file, own, source.prefix, source.tag_keys, editions.prefix(edition))
