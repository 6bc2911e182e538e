"""What is found in a text: said in English where it is found, and in the reader's language where it is shown.

A finding outlives what made it: it comes out of a worker process, and the same one stands in a report and in the admin.
"""

from collections.abc import Mapping

from django.utils.translation import gettext


class Sentence(str):
    """An English sentence that remembers its template, by which the catalogue knows it, and what was filled in."""

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> "Sentence":
        sentence = super().__new__(cls, template % values if values else template)
        sentence.template, sentence.values = template, values
        return sentence

    def __mod__(self, values: Mapping[str, object]) -> "Sentence":
        """With its `%(name)s` filled in."""
        return Sentence(self.template, values)

    def __reduce__(self) -> tuple[type["Sentence"], tuple[str, Mapping[str, object]]]:
        """As its two parts, so that a worker process can send it home."""
        return type(self), (self.template, self.values)


def gettext_noop(template: str) -> Sentence:
    """A sentence to be translated later. By the name of this function `makemessages` finds the template."""
    return Sentence(template, {})


def translated(text: str) -> str:
    """The text in the language of this request, if it is a sentence that the catalogue has; else as it is."""
    if not isinstance(text, Sentence):
        return text
    template = gettext(text.template)
    values = {name: translated(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return template % values if values else template
