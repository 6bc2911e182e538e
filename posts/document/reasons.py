"""Why a parser refuses a text: in its own English, of which the reasons that people meet are translated."""

import re

from posts.sentences import Sentence, gettext_noop

_REASONS = (
    # TOML
    gettext_noop("invalid value"),
    gettext_noop("invalid statement"),
    gettext_noop("expected newline or end of document after a statement"),
    gettext_noop("expected '=' after a key in a key/value pair"),
    gettext_noop("expected ']' at the end of a table declaration"),
    gettext_noop("expected ']]' at the end of an array declaration"),
    gettext_noop("cannot overwrite a value"),
    gettext_noop("cannot declare %(what)s twice"),
    gettext_noop("duplicate inline table key %(what)s"),
    gettext_noop("invalid initial character for a key part"),
    gettext_noop("unclosed array"),
    gettext_noop("unclosed inline table"),
    gettext_noop("unescaped '\\' in a string"),
    gettext_noop("unterminated string"),
    gettext_noop("illegal character %(what)s"),
    gettext_noop("invalid date or datetime"),
    # JSON
    gettext_noop("unterminated string starting at"),
    gettext_noop("expecting property name enclosed in double quotes"),
    gettext_noop("expecting ':' delimiter"),
    gettext_noop("expecting ',' delimiter"),
    gettext_noop("expecting value"),
    gettext_noop("extra data"),
    gettext_noop("illegal trailing comma before end of %(what)s"),
    gettext_noop("invalid control character at"),
    gettext_noop("invalid \\escape"),
    # YAML
    gettext_noop("block sequence entries are not allowed in this context"),
    gettext_noop("control characters are not allowed"),
    gettext_noop("could not determine a constructor for the tag %(what)s"),
    gettext_noop("could not find expected ':'"),
    gettext_noop("did not find expected ',' or ']'"),
    gettext_noop("did not find expected ',' or '}'"),
    gettext_noop("did not find expected '-' indicator"),
    gettext_noop("did not find expected <document start>"),
    gettext_noop("did not find expected alphabetic or numeric character"),
    gettext_noop("did not find expected comment or line break"),
    gettext_noop("did not find expected key"),
    gettext_noop("did not find expected node content"),
    gettext_noop("did not find expected whitespace or line break"),
    gettext_noop("expected ',' or ']', but got %(what)s"),
    gettext_noop("expected ',' or '}', but got %(what)s"),
    gettext_noop("expected <block end>, but found %(what)s"),
    gettext_noop("found a tab character that violates indentation"),
    gettext_noop("found a tab character where an indentation space is expected"),
    gettext_noop("found character %(what)s that cannot start any token"),
    gettext_noop("found character that cannot start any token"),
    gettext_noop("found undefined alias"),
    gettext_noop("found unexpected ':'"),
    gettext_noop("found unexpected document indicator"),
    gettext_noop("found unexpected end of stream"),
    gettext_noop("found unknown escape character"),
    gettext_noop("mapping keys are not allowed in this context"),
    gettext_noop("mapping values are not allowed here"),
    gettext_noop("mapping values are not allowed in this context"),
    gettext_noop("second occurrence"),
    # whatever else TOML misses
    gettext_noop("expected %(what)s"),
)
_FILLED_IN = tuple(
    (re.compile(re.escape(each).replace(re.escape("%(what)s"), "(?P<what>.+)"), re.DOTALL), each)
    for each in _REASONS
    if "%(what)s" in each
)


def reason(said: str) -> str:
    """What a parser said, with a small first letter: a sentence where it is known, and one that was known before stays."""
    if isinstance(said, Sentence):
        return said
    said = said[:1].lower() + said[1:]
    if said in _REASONS:
        return _REASONS[_REASONS.index(said)]
    found = ((pattern.fullmatch(said), template) for pattern, template in _FILLED_IN)
    return next((template % match.groupdict() for match, template in found if match), said)
