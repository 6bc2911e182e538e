"""What keeps a hostile text of Liquid's from taking minutes or gigabytes, and the words of another from getting lost."""

import pytest

from posts.rendering import RenderingError, liquid

pytestmark = pytest.mark.pure


def nowhere(tag: str, reference: str) -> str | None:
    return None


@pytest.mark.parametrize(
    "text",
    [
        "{% capture a %}{% raw %}RAW{% endraw %}{% endcapture %}" + "{{ a }}" * 2000,
        "{% for x in page.list %}{% raw %}RAW{% endraw %}{% endfor %}",
    ],
)
def test_a_text_that_is_kept_aside_is_not_repeated_without_end(text: str) -> None:
    values = {"list.size": "2000"}

    with pytest.raises(RenderingError):
        liquid.in_markdown(text.replace("RAW", "x" * 20_000), nowhere, lambda owner, name: values.get(name))


def test_no_value_stands_for_a_text_that_is_kept_aside() -> None:
    values = {"gallery.size": "1", "gallery.0.url": "/a.png", "gallery.0.title": "\U000f00000\U000f0001"}

    text, _ = liquid.in_markdown(
        "{% raw %}kept{% endraw %}\n{% include gallery %}\n", nowhere, lambda owner, name: values.get(name)
    )

    assert text.count("kept") == 1
