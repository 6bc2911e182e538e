"""Sentences in the language of whoever they are shown to."""

from django.utils.formats import number_format
from django.utils.translation import gettext

from posts.sentences import Number, Sentence, in_one_line


def translated(text: str) -> str:
    """The text in the language of this request, if it is a sentence that the catalogue has; else as it is."""
    if not isinstance(text, Sentence):
        return text
    template = gettext(text.template)
    values = {name: _said(value) for name, value in text.values.items()}
    return in_one_line(template % values) if values else template


def _said(value: object) -> object:
    if isinstance(value, Number):
        return number_format(int(value), force_grouping=True)
    return translated(value) if isinstance(value, str) else value
