"""Writing a post: the editor, its preview and its findings, as an editor uses them in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts.models import Post
from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import body, send, sign_in
from tests.support.admin import ADD, change_url
from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What tells the lint that a text is English, with two slips.
SLIPS = "It doesnt work for all of the patients, and that is what we want to see. She didnt know of it until the end."
LONG = "\n\n".join(f"## Part {n}\n\n" + f"Words of part {n} that go on and on. " * 30 for n in range(1, 13))
IMAGE = "https://res.cloudinary.com/demo/image/upload/v1/a.jpg"


@pytest.fixture
def writing(page: Page, live_server: LiveServer, editor: User) -> Page:
    """The form of a new post, with pictures from elsewhere left out."""
    page.route("https://res.cloudinary.com/**", lambda route: route.fulfill(content_type="image/png", body=b""))
    sign_in(page, live_server)
    page.goto(live_server.url + ADD)
    return page


def opened(page: Page, live_server: LiveServer, **values: Any) -> Page:
    """The form of a kept post."""
    page.goto(live_server.url + change_url(write_post(**values)))
    return page


def write(page: Page, text: str) -> None:
    """The text in the editor, which takes a moment to read what no keyboard typed."""
    body(page).fill(text)
    expect(page.locator("textarea[name=body]")).to_have_value(text)


def text(page: Page) -> str:
    """What the form would send."""
    return page.locator("textarea[name=body]").input_value()


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar", name="Format").get_by_role("button", name=name, exact=True)


def previewed(page: Page) -> FrameLocator:
    tool(page, "Preview").click()
    page.locator(".writing-panes").evaluate("panes => panes.scrollIntoView()")
    return page.frame_locator(".writing-preview iframe")


def findings(page: Page) -> Locator:
    return page.get_by_role("region", name="Findings")


def cursor(page: Page) -> Any:
    return page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getCursor('from')")


def test_what_is_written_is_what_is_saved(writing: Page) -> None:
    writing.get_by_label("Title").fill("A post")
    body(writing).press_sequentially("## Why\n\nBecause")
    writing.get_by_role("button", name="Save draft", exact=True).click()

    expect(writing.get_by_text("Saved as a draft.")).to_be_visible()
    assert Post.objects.get().latest_revision.text.endswith("---\n\n## Why\n\nBecause\n")  # type: ignore[union-attr]


def test_a_new_post_begins_at_its_title_and_enter_there_saves_a_draft(writing: Page) -> None:
    """The button that Enter presses is the form's first element, and nobody sees it: it took the first keys before."""
    expect(writing.get_by_label("Title", exact=False).first).to_be_focused()
    writing.keyboard.type("A title with blanks")
    with writing.expect_navigation():
        writing.keyboard.press("Enter")

    assert Post.objects.get().title == "A title with blanks"


def test_the_label_the_help_and_the_way_out_are_said_of_the_editor(writing: Page) -> None:
    writing.locator("label", has_text="Body").click()

    expect(body(writing)).to_be_focused()
    expect(body(writing)).to_have_accessible_description(
        "Markdown. The title is not repeated here. Esc, then Tab, leaves the text. F1 lists all shortcuts."
    )


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ("Control+b", "**dose**"),
        ("Control+i", "*dose*"),
        ("Control+Shift+x", "~~dose~~"),
        ("Control+Alt+2", "## dose"),
        ("Control+Alt+3", "### dose"),
        ("Control+Alt+4", "#### dose"),
        ("Control+Shift+8", "* dose"),
        ("Control+Shift+7", "1. dose"),
        ("Control+Shift+9", "> dose"),
        ("Control+e", "`dose`"),
        ("Control+Alt+f", "dose[^1]\n\n[^1]: "),
    ],
)
def test_text_is_formatted_by_keyboard(writing: Page, keys: str, written: str) -> None:
    body(writing).press_sequentially("dose")
    body(writing).press("Control+a")
    body(writing).press(keys)

    assert text(writing) == written


def test_buttons_are_one_stop_for_tab_and_arrows_go_between_them(writing: Page) -> None:
    tool(writing, "Bold").focus()
    writing.keyboard.press("ArrowLeft")
    expect(tool(writing, "Shortcuts and Markdown")).to_be_focused()
    writing.keyboard.press("ArrowRight")
    writing.keyboard.press("ArrowRight")
    writing.keyboard.press("Enter")
    body(writing).press_sequentially("so")

    assert text(writing) == "*so*"
    expect(tool(writing, "Italic")).to_have_attribute("aria-pressed", "true")


def test_tab_indents_and_after_escape_leaves(writing: Page) -> None:
    body(writing).press_sequentially("- one\ntwo")
    body(writing).press("Tab")
    assert text(writing) == "- one\n  - two"

    body(writing).press("Escape")
    body(writing).press("Tab")
    expect(body(writing)).not_to_be_focused()
    assert text(writing) == "- one\n  - two"


def test_a_link_is_asked_for_in_a_dialog(writing: Page) -> None:
    body(writing).press_sequentially("the trial")
    body(writing).press("Control+a")
    body(writing).press("Control+k")
    dialog = writing.get_by_role("dialog", name="Link")
    expect(dialog.get_by_label("Text")).to_have_value("the trial")
    dialog.get_by_label("Address").fill("https://example.org/a b (c")
    writing.keyboard.press("Enter")

    expect(dialog).to_be_hidden()
    expect(body(writing)).to_be_focused()
    assert text(writing) == "[the trial](https://example.org/a%20b%20\\(c)"

    tool(writing, "Link").click()
    writing.keyboard.press("Escape")
    assert text(writing) == "[the trial](https://example.org/a%20b%20\\(c)"


def test_shortcuts_and_markdown_are_listed(writing: Page) -> None:
    body(writing).press("F1")
    dialog = writing.get_by_role("dialog", name="Shortcuts and Markdown")

    expect(dialog).to_contain_text("Bold")
    expect(dialog.locator("div", has_text="Save draft").locator("dd")).to_have_text("CtrlS")
    expect(dialog).to_contain_text("[^1]")
    writing.keyboard.press("Escape")
    expect(body(writing)).to_be_focused()


@pytest.mark.parametrize("name", ["Link", "Shortcuts and Markdown"])
def test_a_dialog_gives_the_focus_back_to_whoever_had_it(writing: Page, name: str) -> None:
    tool(writing, name).press("Enter")
    expect(writing.get_by_role("dialog", name=name)).to_be_visible()
    writing.keyboard.press("Escape")
    expect(tool(writing, name)).to_be_focused()

    body(writing).focus()
    tool(writing, name).click()
    writing.keyboard.press("Escape")
    expect(body(writing)).to_be_focused()


def test_who_comes_back_to_the_text_by_tab_finds_the_cursor_where_it_was(writing: Page) -> None:
    write(writing, "First line.\n\n" + LONG)
    body(writing).press("Control+Home")
    writing.keyboard.press("ArrowRight")
    tool(writing, "Full screen").press("Enter")
    writing.keyboard.press("End")
    writing.keyboard.press("Tab")
    expect(body(writing)).to_be_focused()
    writing.keyboard.type("x")

    expect(writing.locator("#id_body")).to_have_value(re.compile("^Fxirst line"))
    expect(writing.get_by_text("Fxirst line.")).to_be_in_viewport()


def test_ctrl_s_saves_the_draft(writing: Page) -> None:
    writing.get_by_label("Title").fill("A post")
    write(writing, "Words.")
    writing.get_by_label("Slug").press("Control+s")

    expect(writing.get_by_text("Saved as a draft.")).to_be_visible()


def test_others_hear_of_the_editor_and_answer_for_images(writing: Page) -> None:
    writing.add_init_script(
        """document.addEventListener("editor:ready", ({ target, detail }) => {
          target.addEventListener("editor:image", () => detail.codemirror.replaceSelection("![A vial](/a.png)"));
        });"""
    )
    writing.reload()
    tool(writing, "Image").click()

    assert text(writing) == "![A vial](/a.png)"


def test_what_sets_the_textarea_sets_the_editor(writing: Page) -> None:
    writing.evaluate(
        """() => { const field = document.querySelector("textarea[name=body]");
          field.value = "Given back."; field.dispatchEvent(new Event("input")); }"""
    )

    expect(body(writing)).to_have_text("Given back.")


def test_the_preview_is_the_page_and_follows_what_is_typed(writing: Page) -> None:
    shown = previewed(writing)
    expect(shown.get_by_role("heading", level=1)).to_have_text("Untitled")
    writing.get_by_label("Title").fill("A new drug")
    writing.get_by_role("combobox", name="Tags").fill("Oncology")
    writing.get_by_label("Cover's address").fill(IMAGE)
    writing.get_by_label("Cover alt").fill("A vial")
    body(writing).press_sequentially("Because *evidence* counts.")

    expect(shown.get_by_role("heading", level=1)).to_have_text("A new drug")
    expect(shown.get_by_role("img", name="A vial")).to_be_visible()
    expect(shown.get_by_role("link", name="Oncology")).to_be_visible()
    expect(shown.locator(".e-content em")).to_have_text("evidence")
    expect(shown.get_by_text("Not saved yet")).to_be_visible()
    assert Post.objects.count() == 0


def test_no_script_runs_in_the_preview_and_its_links_do_not_lead_away(writing: Page) -> None:
    shown = previewed(writing)
    write(writing, "[Home](/) <img src=x onerror=alert(1)>\n\n[down](#part)\n\n" + "Text.\n\n" * 60 + "## Part")
    frame = writing.locator(".writing-preview iframe")
    expect(shown.get_by_role("heading", name="Part")).to_be_attached()
    expect(writing.locator(".writing-preview")).not_to_have_attribute("aria-busy", "true")  # no newer page comes

    assert "allow-scripts" not in str(frame.get_attribute("sandbox"))
    assert shown.locator("script").count() == 0
    shown.get_by_role("link", name="down").click()
    expect(shown.get_by_role("heading", name="Part")).to_be_in_viewport()
    with writing.expect_popup() as popup:
        shown.locator(".e-content").get_by_role("link", name="Home").click()
    popup.value.close()
    expect(shown.get_by_role("heading", name="Part")).to_be_attached()


def test_who_reads_on_in_the_preview_stays_there_when_its_pictures_come(writing: Page) -> None:
    held: list[Route] = []
    writing.route("**/late.png", lambda route: held.append(route))
    write(writing, "[down](#part) ![Late](/late.png)\n\n" + "Text.\n\n" * 60 + "## Part")
    shown = previewed(writing)
    preview = writing.locator(".writing-preview")
    shown.get_by_role("link", name="down").click()
    expect(shown.get_by_role("heading", name="Part")).to_be_in_viewport()
    expect(preview).to_have_attribute("aria-busy", "true")
    held[0].fulfill(status=404)

    expect(preview).not_to_have_attribute("aria-busy", "true")
    expect(shown.get_by_role("heading", name="Part")).to_be_in_viewport()


def test_a_mistake_in_the_form_is_told_above_the_page_that_was(writing: Page) -> None:
    write(writing, "Sound.")
    shown = previewed(writing)
    expect(shown.get_by_text("Sound.")).to_be_visible()
    writing.get_by_label("Section").fill("not a section")

    expect(writing.get_by_role("region", name="Preview").get_by_role("listitem")).to_contain_text("Section:")
    expect(shown.get_by_text("Sound.")).to_be_visible()
    expect(findings(writing)).to_contain_text("1 error")
    writing.get_by_label("Section").fill("posts")
    expect(writing.get_by_role("region", name="Preview").get_by_role("listitem")).to_have_count(0)


def test_each_of_text_and_page_scrolls_the_other(writing: Page, live_server: LiveServer) -> None:
    opened(writing, live_server, body=LONG)
    shown = previewed(writing)
    expect(shown.locator("#part-1")).to_be_attached()
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    writing.evaluate(
        f"{editor}.scrollTo(0, {editor}.heightAtLine({editor}.getValue().split('\\n').indexOf('## Part 8'), 'local'))"
    )
    expect(shown.get_by_role("heading", name="Part 8")).to_be_in_viewport()

    shown.get_by_role("heading", name="Part 3").evaluate(
        "each => window.scrollTo(0, each.getBoundingClientRect().top + scrollY)"
    )
    expect(writing.locator(".CodeMirror-line", has_text="## Part 3")).to_be_in_viewport()


def test_the_page_keeps_its_place_when_it_is_made_anew(writing: Page, live_server: LiveServer) -> None:
    opened(writing, live_server, body=LONG)
    shown = previewed(writing)
    heading = shown.get_by_role("heading", name="Part 6")
    heading.evaluate("each => window.scrollTo(0, each.getBoundingClientRect().top + scrollY)")
    place = heading.evaluate("() => scrollY")
    writing.get_by_label("Title").fill("Another title")

    expect(shown.get_by_role("heading", level=1)).to_have_text("Another title")
    expect(shown.locator("html")).to_have_js_property("scrollTop", place)


def test_the_page_keeps_its_place_when_two_more_are_made_in_a_row(writing: Page, live_server: LiveServer) -> None:
    opened(writing, live_server, body=LONG)
    shown = previewed(writing)
    heading = shown.get_by_role("heading", name="Part 6")
    heading.evaluate("each => window.scrollTo(0, each.getBoundingClientRect().top + scrollY)")
    place = heading.evaluate("() => scrollY")
    held: list[Route] = []

    def all_but_the_first(route: Route) -> None:
        if held:
            route.fulfill(content_type="image/png", body=b"")
        else:
            held.append(route)

    writing.route("https://res.cloudinary.com/**", all_but_the_first)
    with writing.expect_request("https://res.cloudinary.com/**"):
        writing.evaluate(
            """text => {
                const editor = document.querySelector(".CodeMirror").CodeMirror;
                editor.replaceRange(text, { line: editor.lastLine() + 1, ch: 0 }, undefined, "+input");
            }""",
            f"\n\n```python\nx = 1\n```\n\n![A picture]({IMAGE})\n",
        )
    writing.get_by_label("Title").fill("Another title")

    expect(shown.get_by_role("heading", level=1)).to_have_text("Another title")
    expect(shown.locator("html")).to_have_js_property("scrollTop", place)


def test_what_is_written_comes_into_sight_on_the_page(writing: Page, live_server: LiveServer) -> None:
    opened(writing, live_server, body=LONG)
    shown = previewed(writing)
    writing.evaluate("document.querySelector('.CodeMirror').CodeMirror.focus()")
    writing.keyboard.press("Control+End")
    writing.keyboard.type("\n\n## The end")

    expect(shown.get_by_role("heading", name="The end")).to_be_in_viewport()


def test_a_finding_leads_to_its_place_and_is_mended_in_one_step(writing: Page) -> None:
    write(writing, f"{SLIPS}\n\n![](scan.png)")
    expect(findings(writing)).to_contain_text("3 warnings")
    findings(writing).get_by_role("button", name="MG1").last.click()
    expect(body(writing)).to_be_focused()
    assert cursor(writing)["ch"] == SLIPS.index("didnt")

    expect(writing.locator(".cm-finding", has_text="didnt")).to_have_attribute(
        "title", "an apostrophe was lost here; write “didn’t”"
    )
    findings(writing).get_by_role("button", name="Fix: didn’t").click()
    assert text(writing).startswith(SLIPS.replace("didnt", "didn’t"))
    expect(findings(writing)).to_contain_text("2 warnings")
    expect(findings(writing).get_by_role("button", name="MG3")).to_be_visible()


def test_all_clear_mends_are_one_step_back(writing: Page) -> None:
    write(writing, SLIPS)
    findings(writing).get_by_role("button", name="Fix all that are certain").click()
    mended = SLIPS.replace("didnt", "didn’t").replace("doesnt", "doesn’t")
    assert text(writing) == mended

    expect(findings(writing)).to_contain_text("All is well: nothing was found.")
    body(writing).press("Control+z")
    assert text(writing) == SLIPS


def test_what_was_typed_over_meanwhile_is_not_mended(writing: Page) -> None:
    write(writing, SLIPS)
    mend = findings(writing).get_by_role("button", name="Fix: doesn’t")
    expect(mend).to_be_visible()
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    writing.evaluate(
        f"{editor}.replaceRange('never', {{line: 0, ch: 3}}, {{line: 0, ch: 8}}); document.querySelector('.finding-mend').click()"
    )

    assert text(writing).startswith("It nevert work")


def test_a_finding_of_a_field_leads_to_it(writing: Page) -> None:
    writing.get_by_role("combobox", name="Tags").fill("Biomarker, Biomarkers")
    findings(writing).get_by_role("button", name="MG6").click()

    expect(writing.get_by_role("combobox", name="Tags")).to_be_focused()


HINT = "The success of it hinges on the ability to interpret enormous volumes of complex data an area where AI excels."


@pytest.mark.parametrize("name", ["Fix all that are certain", "Fix: doesn’t"])
def test_who_mends_the_last_slip_by_keyboard_comes_to_the_text(writing: Page, name: str) -> None:
    slips = SLIPS if "all" in name else SLIPS.replace("didnt", "did not")
    write(writing, f"{slips}\n\n{HINT}")
    findings(writing).get_by_role("button", name=name).press("Enter")

    expect(findings(writing)).to_contain_text("1 hint")
    expect(findings(writing).get_by_role("button", name=name)).to_have_count(0)
    expect(body(writing)).to_be_focused()


def test_hints_are_folded(writing: Page) -> None:
    write(writing, HINT)
    expect(findings(writing)).to_contain_text("1 hint")
    hint = findings(writing).get_by_role("button", name="MG9")
    expect(hint).to_be_hidden()
    findings(writing).get_by_text("Hints: guesses that are worth a look").click()
    expect(hint).to_be_visible()


def test_words_are_counted_as_readers_are_told_and_said_when_one_pauses(writing: Page) -> None:
    write(writing, "One two three.")

    expect(writing.locator(".writing-status")).to_contain_text("3 words, 1 min read")
    expect(findings(writing).get_by_role("status")).to_have_text("All is well: nothing was found. 3 words, 1 min read")


def test_full_screen_holds_the_preview_and_is_left_by_escape(writing: Page) -> None:
    write(writing, "Words.")
    body(writing).press("F11")
    shown = previewed(writing)
    expect(shown.get_by_text("Words.")).to_be_visible()
    box = writing.locator(".writing").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1280)
    expect(tool(writing, "Full screen")).to_have_attribute("aria-pressed", "true")

    body(writing).press("Escape")
    expect(tool(writing, "Full screen")).to_have_attribute("aria-pressed", "false")


def test_on_a_phone_the_preview_takes_the_place_of_the_text(writing: Page) -> None:
    writing.set_viewport_size({"width": 390, "height": 800})
    write(writing, SLIPS)
    shown = previewed(writing)
    expect(shown.locator(".e-content")).to_contain_text("It doesnt work")
    expect(body(writing)).to_be_hidden()
    expect(shown.get_by_role("heading", level=1)).to_be_in_viewport()
    assert not writing.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    findings(writing).get_by_role("button", name="MG1").first.click()
    expect(body(writing)).to_be_focused()


def test_without_scripts_a_plain_textarea_saves(
    without_scripts: BrowserContext, live_server: LiveServer, editor: User
) -> None:
    page = without_scripts.new_page()
    sign_in(page, live_server)
    page.goto(live_server.url + ADD)
    page.get_by_label("Title").fill("Plain")
    page.get_by_label("Body").fill("Words.")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    expect(page.get_by_text("Fix all that are certain")).to_be_hidden()
    expect(page.get_by_text("Esc, then Tab, leaves the text.")).to_be_hidden()
    page.get_by_role("button", name="Save draft", exact=True).click()

    assert Post.objects.get().latest_revision.text.endswith("---\n\nWords.\n")  # type: ignore[union-attr]


def test_a_long_text_stays_quick_to_write(writing: Page) -> None:
    long = (SLIPS + "\n\n") * 900
    writing.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", long)
    expect(findings(writing)).to_contain_text("1,800 warnings. The first 500 are shown.")
    body(writing).press("Control+End")
    body(writing).press_sequentially("The end.")

    assert text(writing) == long + "The end."


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_while_one_writes(
    browser: Browser, live_server: LiveServer, editor: User, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server)
    text = f"## A heading\n\n{SLIPS}\n\n> Quoted [link](https://example.org/) and `code`.\n\n```\ncode\n```\n\n![](scan.png)"
    opened(page, live_server, body=text)
    expect(findings(page)).to_contain_text("warnings")
    found = {"text": violations(page)}
    expect(previewed(page).locator(".e-content")).to_contain_text("Quoted")
    found["preview"] = violations(page)
    tool(page, "Full screen").click()
    found["full screen"] = violations(page)
    tool(page, "Shortcuts and Markdown").click()
    found["help"] = violations(page)
    context.close()

    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_a_long_title_and_what_else_there_is_of_a_post_stand_apart(
    writing: Page, live_server: LiveServer, width: int
) -> None:
    writing.set_viewport_size({"width": width, "height": 800})
    opened(writing, live_server, title="A long title of a post that goes on and on about medicines and patients " * 2)
    name = writing.get_by_role("heading", level=2).first.bounding_box()
    others = writing.locator(".object-tools").bounding_box()
    assert name is not None
    assert others is not None

    assert others["y"] + others["height"] <= name["y"] or name["y"] + name["height"] <= others["y"]


def test_settings_stand_beside_the_text_where_there_is_room(writing: Page, live_server: LiveServer) -> None:
    writing.set_viewport_size({"width": 1440, "height": 900})
    opened(writing, live_server)
    beside = """() => {
        const [text, settings] = [".writing", "fieldset + fieldset"].map((each) => document.querySelector(each).getBoundingClientRect());
        return text.right < settings.left && settings.top < text.top;
    }"""
    assert writing.evaluate(beside)

    tool(writing, "Preview").click()
    assert not writing.evaluate(beside)

    tool(writing, "Preview").click()
    assert writing.evaluate(beside)

    writing.set_viewport_size({"width": 1280, "height": 900})
    assert not writing.evaluate(beside)


def test_a_text_that_becomes_long_is_drawn_where_it_is_seen_alone(writing: Page) -> None:
    drawn = writing.locator(".CodeMirror-line")
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    writing.evaluate(f"{editor}.setValue('Short.\\n'.repeat(300))")
    expect(drawn).to_have_count(301)

    writing.evaluate(f"{editor}.setValue('Long enough.\\n'.repeat(20_000))")
    assert 0 < drawn.count() < 200
    writing.get_by_label("Title").fill("A long one")
    send(writing, "Save draft")
    assert Post.objects.get().revisions.get().text.count("Long enough.") == 20_000


@pytest.mark.parametrize("width", [320, 390])
def test_every_button_is_in_sight_on_a_phone_and_over_the_whole_screen_they_are_one_row(
    writing: Page, width: int
) -> None:
    writing.set_viewport_size({"width": width, "height": 800})
    toolbar = writing.get_by_role("toolbar")
    buttons = toolbar.locator("button:visible")
    expect(toolbar).to_have_js_property("scrollWidth", toolbar.evaluate("element => element.clientWidth"))
    boxes = buttons.evaluate_all("all => all.map((each) => each.getBoundingClientRect().toJSON())")
    assert len(boxes) > 15
    assert all(box["left"] >= 0 and box["right"] <= width and min(box["width"], box["height"]) >= 32 for box in boxes)

    toolbar.get_by_role("button", name="Full screen").click()
    assert toolbar.evaluate("element => element.clientHeight") < 60
    for name in ("Bold", "Undo", "Preview", "Full screen"):
        toolbar.get_by_role("button", name=name, exact=True).focus()
        expect(toolbar.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=0.9)


def test_a_form_with_errors_begins_at_the_first_of_them(page: Page, live_server: LiveServer, editor: User) -> None:
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    page.get_by_label("Title").fill("Adherence")
    page.get_by_label("Part:").fill("0")
    page.get_by_role("button", name="Save draft", exact=True).last.click()

    expect(page.get_by_label("Part:")).to_be_focused()
    expect(page.locator(".errorlist", has_text="Ensure this value is greater than or equal to 1.")).to_be_in_viewport()
