"""The interface in Vietnamese: whole, sound, and seen on every kind of page."""

import gettext
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from posts.sentences import gettext_noop
from posts.translating import translated
from tests.support import enquiries
from tests.support.admin import signed_in
from tests.support.messages import CATALOGUE, Message, catalogue, marked_texts
from tests.support.pages import Page
from tests.support.people import person
from tests.support.writing import write_post

PLACEHOLDER_OR_TAG = re.compile(r"%\(\w+\)[a-z]|</?\w[^>]*>")
ATTRIBUTES = {"aria-label", "data-close", "data-copied", "data-copy", "data-enlarge", "placeholder", "title"}
UNSEEN_ELEMENTS = {"script", "style"}


@pytest.mark.pure
def test_every_text_of_the_interface_is_translated() -> None:
    messages = catalogue()

    assert not [message for message in messages if not message.translation or message.is_fuzzy]
    assert not marked_texts() - {text for message in messages for text in (message.text, message.plural)}


@pytest.mark.pure
def test_translations_keep_placeholders_and_tags() -> None:
    assert not [each for each in catalogue() if marks(each.plural or each.text) != marks(each.translation)]


@pytest.mark.pure
def test_no_translation_has_that_of_another_text_in_it() -> None:
    """As where two lists of translations were put together and a line between them was lost."""
    said = {message.translation for message in catalogue() if len(message.translation) > 60}

    assert not [(one, other) for one in said for other in said if one != other and one in other]


def marks(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER_OR_TAG.findall(text))


@pytest.mark.pure
def test_the_compiled_catalogue_is_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for message in catalogue():
        assert compiled_text(compiled, message) == message.translation


def compiled_text(compiled: gettext.GNUTranslations, message: Message) -> str:
    if message.plural:
        return compiled.ngettext(message.text, message.plural, 1)
    return compiled.pgettext(message.context, message.text) if message.context else compiled.gettext(message.text)


@pytest.fixture
def _two_editions() -> None:
    body = "## Liều dùng\n\nViên nén.\n\n## Bảo quản\n\nNơi khô mát.\n\n{{< youtube abc >}}\n"
    values: dict[str, Any] = {"author": "Mai", "lastmod": "2024-07-01", "reviewedBy": "BS. Lan", "body": body}
    write_post("posts/thuoc.vi.md", title="Thuốc", tags=["Dược"], lastReviewed="2024-06-14", **values)
    write_post("posts/thuoc.md", title="Thuốc")


PAGES = {
    "/vi/": "Bằng chứng và ý tưởng dành cho những người đưa thuốc đến với người bệnh",
    "/vi/posts/": "Bài viết",
    "/vi/posts/thuoc/": "Thẩm định y khoa bởi BS. Lan ngày 14 tháng 6, 2024",
    "/vi/tags/": "1 bài viết",
    "/vi/tags/d%C6%B0%E1%BB%A3c/": "13 tháng 6, 2024",
    "/vi/authors/mai/": "1 phút đọc",
    "/vi/search/": "Thẻ phổ biến",
    "/vi/search/?q=vien": "13 tháng 6, 2024",
    "/vi/search/?q=xyz": "Không có bài viết nào chứa “xyz”.",
    "/vi/archives/": "Tháng 6",
    "/vi/archives/2024/06/": "Tháng 6, 2024",
    "/vi/contact/?from=/vi/posts/thuoc/": "Chủ đề",
}
ADMIN_PAGES = {
    "/admin/": "Bàn biên tập",
    "/admin/posts/post/": "trạng thái",
    "/admin/posts/post/add/": "Ngày xuất bản",
    "/admin/posts/post/import/": "Xem trước kết quả",
    "/admin/posts/author/add/": "học hàm, học vị",
    "/admin/posts/tag/": "thẻ",
    "/admin/enquiries/enquiry/": "Nhận xử lý",
    "/admin/enquiries/enquiry/person/": "Địa chỉ email",
    "/admin/audit/entry/": "thao tác",
}


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("path", PAGES)
def test_readers_pages_are_vietnamese(client: Client, path: str) -> None:
    shown = list(seen_texts(Page(client, path).tree))

    assert any(PAGES[path] in text for text in shown), shown
    assert not [text for text in shown if is_english(text)]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/vi/", "/vi/tags/", "/vi/archives/", "/vi/search/?q=a", "/vi/contact/"])
def test_a_site_without_articles_says_so_in_vietnamese(client: Client, path: str) -> None:
    assert not [text for text in seen_texts(Page(client, path).tree) if is_english(text)]


@pytest.mark.django_db
def test_the_pages_of_a_list_are_vietnamese(client: Client) -> None:
    for number in range(21):
        write_post(f"posts/{number}.vi.md", title="Thuốc")
    shown = list(seen_texts(Page(client, "/vi/page/2/").tree))

    assert {"Bài viết mới hơn", "Bài viết cũ hơn", "Trang 2/3"} <= set(shown)
    assert not [text for text in shown if is_english(text)]


@pytest.mark.django_db
def test_what_is_wrong_with_an_enquiry_is_said_in_vietnamese(client: Client) -> None:
    answer = client.post("/vi/contact/", enquiries.filled(name="", email="mai@", consent=""))
    shown = list(seen_texts(html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)))

    assert "Vui lòng cho biết tên của bạn." in shown
    assert not [text for text in shown if is_english(text)]


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_editions")
@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_the_admin_is_vietnamese_for_who_reads_it(admin_client: Client, path: str) -> None:
    enquiries.store()
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    shown = list(seen_texts(Page(admin_client, path).tree))

    assert any(ADMIN_PAGES[path].casefold() in text.casefold() for text in shown), shown
    assert not [text for text in shown if is_english(text) and text != "posts"]  # a section's name in its address


SLIPS = """---
title: A trial
date: 2024-01-01
tag: [AI]
---

Each patients genetic profile says which medicine is right, and many people don’t know that it does.

#### Far below

![](a.png) {{< nothing >}} [gone](/posts/gone/) <https://example.org/?utm_source=a>

![IMG_0001](https://example.org/IMG_0001.jpg)
"""


@pytest.mark.django_db
def test_what_the_lint_finds_in_an_import_is_vietnamese(admin_client: Client) -> None:
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    uploads = [SimpleUploadedFile("a.md", SLIPS.encode()), SimpleUploadedFile("b.md", b"Read me\0")]
    uploads.append(SimpleUploadedFile("c.md", b"---\ntitle: C\ndate: someday\n---\n"))
    answer = admin_client.post("/admin/posts/post/import/", {"uploads": uploads, "on_conflict": "fail"})
    shown = list(seen_texts(html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)))

    assert any("mất dấu nháy đơn ở đây; hãy viết “patient’s”" in text for text in shown), shown
    assert any("văn bản chứa ký tự NUL; hãy bỏ đi" in text for text in shown)
    assert any("date: không đọc được ngày someday; hãy viết như 2024" in text for text in shown)
    assert any("liên kết dẫn đến /posts/gone/, nơi không có gì" in text for text in shown)
    assert not [text for text in shown if is_english(text.partition(" MG")[2].partition(" ")[2] or text)]


@pytest.mark.django_db
def test_what_the_lint_finds_as_one_types_is_vietnamese(admin_client: Client) -> None:
    typed = {"title": "A trial", "body": SLIPS.partition("---\n\n")[2], "section": "posts", "language": "en"}
    answer = admin_client.post("/admin/posts/post/add/findings/", typed, headers={"accept-language": "vi"})
    messages = [finding["message"] for finding in answer.json()["findings"]]

    assert "ảnh này chưa có văn bản thay thế; hãy mô tả nội dung ảnh" in messages
    assert not [message for message in messages if is_english(message)]


@pytest.mark.django_db
def test_what_is_wrong_with_a_picture_is_said_in_vietnamese(admin_client: Client) -> None:
    picture = SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png")
    answer = admin_client.post("/admin/posts/post/add/images/", {"picture": picture}, headers={"accept-language": "vi"})

    assert answer.json()["problem"] == (
        "Đây là hình vẽ SVG, có thể chứa mã lệnh. Hãy dùng ảnh JPEG, PNG, WebP, GIF hoặc AVIF."
    )


@pytest.mark.django_db
def test_the_page_for_a_persons_password_is_in_vietnamese() -> None:
    mai = person("mai")
    for page in ("password", "change"):
        address = f"/admin/accounts/user/{mai.pk}/{page}/"
        response = signed_in(person(f"an-{page}", is_superuser=True)).get(address, headers={"Accept-Language": "vi"})
        shown = response.content.decode()
        assert "assword-based" not in shown
        assert "Raw passwords" not in shown


@pytest.mark.pure
def test_a_sentence_comes_home_from_a_worker_and_is_translated_where_it_is_shown() -> None:
    marked = gettext_noop("an apostrophe was lost here; write “%(fix)s”") % {"fix": "10 % of it's"}
    sentence = pickle.loads(pickle.dumps(marked))

    assert sentence == "an apostrophe was lost here; write “10 % of it's”"
    assert translated(sentence) == sentence
    with translation.override("vi"):
        assert translated(sentence) == "mất dấu nháy đơn ở đây; hãy viết “10 % of it's”"
        assert translated("what no catalogue has, 100 %(sure)s") == "what no catalogue has, 100 %(sure)s"


def seen_texts(tree: Element) -> Iterator[str]:
    """Each text on a page, and each that a screen reader says or a script shows, on one line."""
    for element in tree.iter():
        texts = [value for name, value in element.items() if name in ATTRIBUTES]
        texts += [element.get("value", "")] if element.tag == "input" and element.get("type") == "submit" else []
        # A comment's tag is no text.
        inside = [] if element.tag in UNSEEN_ELEMENTS or not isinstance(element.tag, str) else [element.text]
        yield from (" ".join(text.split()) for text in [*texts, *inside, element.tail] if text)
        if element.tag in {"p", "span"}:
            yield " ".join("".join(element.itertext()).split())


def is_english(text: str) -> bool:
    """Whether it is one of the interface's own texts, untranslated, with anything in the place of its placeholders."""
    return bool(text) and any(pattern.fullmatch(text) for pattern in ENGLISH)


def patterns() -> Iterator[re.Pattern[str]]:
    for message in catalogue():
        for text in filter(None, (message.text, message.plural)):
            own = PLACEHOLDER_OR_TAG.sub("", text)  # `%(browser)s on %(system)s` would be found in any text
            if text.casefold() != message.translation.casefold() and (own == text or len(own.split()) > 1):
                yield re.compile(re.sub(r"%\\\(\w+\\\)[a-z]", ".+", re.escape(text)), re.IGNORECASE)


ENGLISH = list(patterns())
