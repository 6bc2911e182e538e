"""axe-core on every kind of page, light and dark, on a phone and on a desktop."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts import writing
from posts.models import Author, Post, SiteSettings, Tag
from posts.source import Source
from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import sign_in
from tests.support.writing import LONG_AGO, preview_url, write_post, write_posts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ARTICLE = "/posts/leveraging-ai-for-personalized-medicine-in-pharma/"
EVERY_ELEMENT = """
## A heading

Text with `code`, a [link](https://example.org/), a footnote[^1] and *emphasis*.

| Arm | N |
| --- | --: |
| A | 12 |

```python
def dose(weight: float) -> float:
    return weight * 0.5  # mg
```

- [x] done
- [ ] open

> A quotation.

### Deeper

![A chart](https://res.cloudinary.com/demo/image/upload/v1/chart.jpg "With a caption")

<details><summary>More</summary>

Hidden.

</details>

Term
: Its meaning

[^1]: The note.
"""
RIGHT_TO_LEFT = "الطب الدقيق يختار العلاج لكل مريض.\n\n- أولاً\n- ثانياً\n\n> اقتباس\n\n"
ARABIC = Source(file="posts/dawa.md", page="posts/dawa.md", language="ar")


@pytest.fixture
def content(db: None) -> None:
    """A site with every kind of page and every element that a body can have."""
    call_command("import_markdown", str(FIXTURES), verbosity=0)
    write_posts(12, tags=["AI"])
    write_post(
        "posts/every-element.md",
        title="Every element " * 8,
        body=EVERY_ELEMENT,
        tags=["AI", "R&D"],
        description="All",
        author=["Mai Nguyen", "Tom Baker"],
        reviewedBy="Lan Pham",
        lastReviewed=LONG_AGO,
    )
    writing.save_author(
        Author(
            name="Mai Nguyen",
            credentials="PharmD",
            photo="https://res.cloudinary.com/demo/image/upload/v1/mai.jpg",
            biography="Writes about evidence.",
            links=["https://orcid.org/1"],
        )
    )
    write_post("posts/draft.md", title="A draft", draft=True)
    write_post("posts/_index.md", title="Posts", description="All", body=EVERY_ELEMENT)
    write_post("authors/tom-baker/_index.md", title="Tom Baker", body=EVERY_ELEMENT)
    write_post("contact.md", title="Contact", body=EVERY_ELEMENT)
    for number in range(3):
        write_post(f"posts/part-{number}.md", title=f"Part {number}", series=["Evidence basics"], tags=["AI"])
    write_post("posts/bai.vi.md", title="Dược phẩm", body=EVERY_ELEMENT, tags=["AI"], author="Mai Nguyen")
    write_post("posts/dawa.md", title="الدواء", body=RIGHT_TO_LEFT + EVERY_ELEMENT, source=ARABIC)


def say_all(accent: str) -> None:
    """Site settings that leave nothing empty."""
    links = [{"name": f"A longer name {n}", "url": f"https://example.org/{n}"} for n in range(12)]
    said = SiteSettings(
        pk=1,
        name="Pharma Notes",
        tagline="What medicine teams learned",
        logo="https://res.cloudinary.com/demo/image/upload/v1/logo.png",
        accent=accent,
        menu=links,
        footer="Pharma Notes Ltd\n12 Tran Phu, Ha Noi",
        social=links,
        legal="For **professionals** only: see the [imprint](/imprint/).\n\nA second paragraph.",
    )
    writing.save_settings(said)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_readers_pages(
    browser: Browser, live_server: LiveServer, content: None, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    draft = preview_url(Post.objects.get(draft=True))
    found = {}
    for path in (
        "/",
        "/page/2/",
        "/posts/",
        ARTICLE,
        "/posts/every-element/",
        "/tags/",
        "/tags/ai/",
        "/authors/mai-nguyen/",
        "/authors/tom-baker/",
        "/series/",
        "/series/evidence-basics/",
        "/posts/part-1/",
        "/posts/dawa/",
        "/contact/",
        "/nowhere/",
        *("/vi/", "/vi/posts/bai/", "/vi/tags/", "/vi/tags/ai/", "/vi/authors/mai-nguyen/", "/vi/contact/"),
        *("/vi/archives/", "/vi/search/?q=dược", "/vi/contact/thanks/", "/vi/nowhere/"),
        draft,
    ):
        page.goto(live_server.url + path)
        found[path] = violations(page)
        sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not sideways, path
    context.close()

    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("accent", ["#be490a", "#000000"])  # as pale as is allowed, and without a hue
def test_axe_finds_nothing_where_editors_set_the_look(
    browser: Browser, live_server: LiveServer, content: None, accent: str, width: int, scheme: Any
) -> None:
    say_all(accent)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for path in ("/", ARTICLE, "/contact/"):
        page.goto(live_server.url + path)
        found[path] = violations(page)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), path
    context.close()

    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_the_admins_pages_that_are_ours(
    browser: Browser, live_server: LiveServer, editor: User, content: None, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server)
    post = Post.objects.get(path=ARTICLE)
    found = {}
    for path in (
        "/admin/",
        "/admin/posts/post/",
        "/admin/posts/post/add/",
        f"/admin/posts/post/{post.pk}/change/",
        "/admin/posts/post/import/",
        "/admin/posts/author/",
        f"/admin/posts/author/{Author.objects.get().pk}/change/",
        "/admin/posts/sitesettings/1/change/",
        "/admin/posts/tag/",
        f"/admin/posts/tag/{Tag.objects.get(name='R&D').pk}/change/",
    ):
        page.goto(live_server.url + path)
        found[path] = violations(page)
    context.close()

    assert {path: each for path, each in found.items() if each} == {}
