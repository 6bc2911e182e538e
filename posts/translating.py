"""Sentences in the language of whoever they are shown to."""

from django.utils.translation import gettext

from posts.sentences import Sentence, in_one_line


def translated(text: str) -> str:
    """The text in the language of this request, if it is a sentence that the catalogue has; else as it is."""
    if not isinstance(text, Sentence):
        return text
    template = gettext(text.template)
    values = {name: translated(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return in_one_line(template % values) if values else template
