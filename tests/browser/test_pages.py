"""Readers' pages and the post's form as people meet them who use a keyboard, a phone, large text or paper."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts import writing
from posts.models import SiteSettings
from tests.browser.conftest import sign_in
from tests.support.writing import write_post, write_posts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = """
## A heading of the second level

Text with a [link](https://example.org/) and a footnote[^1].

```python
def dose(weight: float) -> float: return weight * 0.5  # milligrams, for adults whose kidneys work as they should
```

| Arm | Responders | Median survival (months) | Confidence interval | Hazard ratio |
| --- | --: | --: | --- | --: |
| Treatment, with a longer label | 412 | 24.8 | 21.9 to 27.4 | 0.71 |

<details><summary>Methods</summary><p>Folded away on a screen.</p></details>

[^1]: The note.
"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What has the focus: how it is named, whether a mark is drawn around it, whether it can be seen where it is.
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const name = `${element.tagName} ${element.id} ${element.textContent.trim().slice(0, 30)}`;
  const style = getComputedStyle(element.closest('.CodeMirror') ?? element);
  const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || style.borderTopWidth !== '0px';
  const boxes = [...element.getClientRects()];
  const seen = boxes.some(box => {
    const top = document.elementFromPoint(
      Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1), box.y + Math.min(box.height / 2, 20));
    return top && (element.contains(top) || top.contains(element) || top.labels?.length);
  });
  return {name, marked, seen, catches: element.isContentEditable};
}"""


def walk(page: Page, *, longest: int = 150) -> list[dict[str, Any]]:
    """What Tab leads to, in order, until it leaves the page."""
    stops: list[dict[str, Any]] = []
    for _ in range(longest):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
        if stop["catches"]:
            page.keyboard.press("Escape")  # Tab indents in the editor until then
    raise AssertionError(f"Tab does not leave the page: {stops[-3:]}")


def lost(stops: list[dict[str, Any]]) -> list[str]:
    """The stops at which somebody who looks would not know where they are."""
    return [stop["name"] for stop in stops if not (stop["marked"] and stop["seen"])]


@pytest.mark.parametrize("width", [320, 1280])
def test_tab_leads_through_a_page_and_never_out_of_sight(page: Page, live_server: LiveServer, width: int) -> None:
    write_posts(12, tags=["AI"])
    write_post("posts/all.md", title="All", body=BODY, tags=["AI"], ShowToc=True, author="Mai Nguyen")
    page.set_viewport_size({"width": width, "height": 600})
    page.emulate_media(reduced_motion="reduce")
    for path in ("/", "/posts/all/", "/tags/", "/authors/mai-nguyen/", "/contact/", "/nowhere/"):
        page.goto(live_server.url + path)
        stops = walk(page)
        assert stops[0]["name"].endswith("Skip to the content")
        assert lost(stops) == [], path


def test_the_skip_link_leads_past_the_navigation(page: Page, live_server: LiveServer) -> None:
    write_post()
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="A title")).to_be_focused()


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_tab_leads_through_the_form_and_never_out_of_sight(
    page: Page, live_server: LiveServer, editor: User, size: tuple[int, int]
) -> None:
    post = write_post(body=BODY)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/{post.pk}/change/")
    assert lost(walk(page)) == []


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_a_late_frame_does_not_bring_back_the_text_that_was_left(
    page: Page, live_server: LiveServer, editor: User, size: tuple[int, int]
) -> None:
    post = write_post(body=BODY)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script("window.late = []; window.requestAnimationFrame = draw => window.late.push(draw);")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/{post.pk}/change/")
    page.locator(".writing-tools button").first.focus()
    page.evaluate("window.late = []")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator("#id_date")).to_be_focused()

    assert page.evaluate("late.map(draw => draw(performance.now())).length") > 0
    assert lost([page.evaluate(FOCUSED)]) == []


def test_findings_that_come_late_move_nothing_that_has_the_focus(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    post = write_post(body="".join(f"![](https://example.org/{number}.png)\n\n" for number in range(12)))
    sign_in(page, live_server)
    waiting: list[Route] = []
    page.route("**/findings/", lambda route: waiting.append(route))
    with page.expect_request("**/findings/"):
        page.goto(f"{live_server.url}/admin/posts/post/{post.pk}/change/")
    date = page.locator("#id_date")
    date.focus()
    top = "element => Math.round(element.getBoundingClientRect().top)"
    before, height = date.evaluate(top), page.locator(".writing-findings").evaluate("pane => pane.offsetHeight")

    waiting[0].continue_()
    expect(page.locator(".writing-findings li")).to_have_count(12)
    assert page.locator(".writing-findings").evaluate("pane => pane.offsetHeight") > height
    assert abs(date.evaluate(top) - before) <= 1


def test_an_address_has_room_on_a_phone(page: Page, live_server: LiveServer, editor: User) -> None:
    sign_in(page, live_server)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/admin/posts/sitesettings/1/change/")
    field = page.get_by_label("Address of link 1").first.bounding_box()

    assert field
    assert field["width"] > 250


def test_suggested_tags_are_all_to_be_seen(page: Page, live_server: LiveServer, editor: User) -> None:
    write_post(tags=["Oncology", "Oncolytic viruses", "Onboarding"])
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    tags = page.get_by_role("combobox", name="Tags")
    tags.evaluate("input => input.scrollIntoView({block: 'center'})")
    tags.press_sequentially("on")
    expect(page.get_by_role("listbox", name="Tags in use").get_by_role("option")).to_have_count(3)

    on_top = (
        "(options) => options.every(option => {const {x, y} = option.getBoundingClientRect();"
        " return document.elementFromPoint(x + 5, y + 5) === option})"
    )
    assert page.locator(".tag-suggestions [role=option]").evaluate_all(on_top)


@pytest.mark.parametrize("width", [320, 390, 640, 768, 1024, 1280, 1920])
def test_no_page_scrolls_sideways(page: Page, live_server: LiveServer, width: int) -> None:
    """640 is also what 200 % leaves of a laptop's 1280."""
    write_posts(12, tags=["Pharmacovigilance and post-marketing surveillance"])
    write_post(
        "posts/all.md", title="Pneumonoultramicroscopicsilicovolcanoconiosis", body=BODY, ShowToc=True, author="Mai"
    )
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/page/2/", "/posts/", "/posts/all/", "/authors/mai/", "/tags/", "/contact/", "/nowhere/"):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_a_picture_that_cannot_load_leaves_its_text(page: Page, live_server: LiveServer) -> None:
    write_post(cover={"image": "/media/gone.jpg", "alt": "Cells, stained blue"})
    page.goto(f"{live_server.url}/posts/a/")

    cover = page.get_by_role("img", name="Cells, stained blue")
    assert cover.evaluate("image => getComputedStyle(image, '::after').content") == '"Cells, stained blue"'
    box = cover.bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(16 / 9, abs=0.02)


def test_paper_gets_the_article_and_no_navigation(page: Page, live_server: LiveServer) -> None:
    write_post(body=BODY, tags=["AI"], ShowToc=True)
    page.goto(f"{live_server.url}/posts/a/")
    page.emulate_media(media="print")

    for region in page.locator("nav, aside").all():
        expect(region).not_to_be_visible()
    assert page.get_by_text("Folded away on a screen.").evaluate("element => element.checkVisibility()")
    expect(page.get_by_role("search")).not_to_be_visible()


def test_paper_cuts_nothing_off_at_its_side(page: Page, live_server: LiveServer) -> None:
    columns = [f"Column{number}" for number in range(14)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (columns, ["---"] * 14, columns))
    write_post(body=f"{BODY}\n{table}\n")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto(f"{live_server.url}/posts/a/")

    for scrolled in page.locator(".highlight, .table-scroll").all():
        assert scrolled.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert not page.evaluate(SIDEWAYS)


def test_a_word_longer_than_the_page_is_broken(page: Page, live_server: LiveServer) -> None:
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
    write_post("posts/a.md", title=word, tags=[word], description=word, author=word, series=[word])
    page.set_viewport_size({"width": 320, "height": 800})

    for path in ("/", "/posts/a/", "/tags/", f"/tags/{word.lower()}/", "/series/", "/archives/", f"/search/?q={word}"):
        page.goto(live_server.url + path)
        assert not page.evaluate(SIDEWAYS), path


def test_a_long_name_of_the_site_leaves_the_switch_in_its_corner(page: Page, live_server: LiveServer) -> None:
    writing.save_settings(SiteSettings(pk=1, name="Evidence and ideas for people who bring medicines to patients"))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_server.url)
    switch = page.get_by_role("button", name="Switch between light and dark")
    expect(switch).to_be_visible()
    box = switch.bounding_box()

    assert box
    assert box["x"] > 300


def test_a_finger_gets_44_pixels(browser: Browser, live_server: LiveServer) -> None:
    write_post("posts/a.md", body=BODY + "## Another\n\n## A third\n", tags=["AI"], ShowToc=True)
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    found = {}
    for path, targets in (
        ("/posts/a/", ".masthead li a, .contents a, .tags a"),
        ("/tags/", ".tag-index a, .colophon li a"),
        ("/archives/", ".titles a"),
        ("/search/?q=text", ".filters summary, .filters a"),
    ):
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        heights = page.locator(targets).evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
        found[path] = (len(heights) > 0, [height for height in heights if height < 43.9])
    context.close()

    assert found == dict.fromkeys(found, (True, []))


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(122, 31, 92)"), ("dark", "rgb(228, 149, 202)")])
def test_an_accent_is_the_colour_of_links_under_the_strict_policy(
    page: Page, live_server: LiveServer, scheme: Any, colour: str
) -> None:
    writing.save_settings(SiteSettings(pk=1, accent="#7a1f5c", legal="See the [imprint](/imprint/)."))
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url)

    expect(page.get_by_role("link", name="imprint")).to_have_css("color", colour)
