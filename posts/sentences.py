"""What is found in a text: said in English where it is found, and in the reader's language where it is shown.

A finding outlives what made it: it comes out of a worker process, and the same one stands in a report and in the admin.
`posts.translating` says it in another language.
"""

from collections.abc import Mapping
from unicodedata import category

LONGEST_QUOTED = 200
"""Characters of a name or an address in a sentence."""


class Sentence(str):
    """An English sentence that remembers its template, by which the catalogue knows it, and what was filled in.

    Of a text that is filled in and is very long, its beginning and its end are.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> "Sentence":
        if any(isinstance(value, str) and len(value) > LONGEST_QUOTED for value in values.values()):
            values = {name: _shortened(value) for name, value in values.items()}
        sentence = super().__new__(cls, in_one_line(template % values) if values else template)
        sentence.template, sentence.values = template, values
        return sentence

    def __mod__(self, values: Mapping[str, object]) -> "Sentence":
        """With its `%(name)s` filled in."""
        return Sentence(self.template, values)

    def __reduce__(self) -> tuple[type["Sentence"], tuple[str, Mapping[str, object]]]:
        """As its two parts, so that a worker process can send it home."""
        return type(self), (self.template, self.values)


class SentenceError(Exception):
    """What went wrong, told by its `sentence`."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _shortened(value: object) -> object:
    """A sentence is as long as it is, for what it quotes is short."""
    if not isinstance(value, str) or isinstance(value, Sentence) or len(value) <= LONGEST_QUOTED:
        return value
    half = LONGEST_QUOTED // 2
    return f"{value[:half]}…{value[-half:]}"


class Number(int):
    """A number in a sentence: with its thousands parted as each language does it."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def in_one_line(text: str) -> str:
    """The text with escapes for what would end the line, hide, or turn about what stands around it."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() or category(each) == "Zs" else each.encode("unicode_escape").decode()
        for each in text
    )


def gettext_noop(template: str) -> Sentence:
    """A sentence to be translated later. By the name of this function `makemessages` finds the template."""
    return Sentence(template, {})


def joined(template: str, **parts: object) -> Sentence:
    """Sentences put together, such as a problem and its mend: each is translated by itself."""
    return Sentence(template, parts)


SYSTEMS_REASONS = (
    gettext_noop("File name too long"),
    gettext_noop("Input/output error"),
    gettext_noop("No such file or directory"),
    gettext_noop("No space left on device"),
    gettext_noop("Permission denied"),
    gettext_noop("Read-only file system"),
)


def systems_reason(error: OSError) -> str:
    """Why the operating system refused, in its own English; the common reasons are translated."""
    said = error.strerror or str(error)
    return next((each for each in SYSTEMS_REASONS if each == said), said)
