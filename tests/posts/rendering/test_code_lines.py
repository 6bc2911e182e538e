"""Which lines of a text are code."""

import pytest

from posts.rendering.code_lines import are_code, parts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\n```\nb\n```\nc", [2, 3, 4]),
        ("```\n- ```\n```js\n````\na", [1, 2, 3, 4]),
        ("```a``` b\nc", []),
        ("- ```\n  a\n  ```\n- b", [1, 2, 3]),
        ("a\n\n    b\n\tc\nd", [3, 4]),
        ("- a\n\n    b\n\n      c\nd", [5]),
        ("1. a\n   - b\n\n     c\n\n         d", [6]),
        ("> a\n>\n>     b", [3]),
        ("[^1]: a\n\n    b\n\n        c", [5]),
        ("T\n: a\n\n      b", [4]),
        ("- a\nb\n\n    c", [4]),
        ("<pre>\na\n</pre>\nb <pre>", [1, 2, 3]),
        ("<p><textarea>\na</textarea>\nb", [1, 2]),
    ],
)
def test_lines_are_code_in_fences_set_in_and_in_html_that_is_shown_as_written(text: str, code: list[int]) -> None:
    assert [at for at, is_code in enumerate(are_code(text.split("\n")), 1) if is_code] == code
    assert "".join(part for _, part in parts(text)) == text
