"""Markdown in and out through the admin."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from posts.importing import archive
from posts.models import Post, Revision
from tests.posts.images.pictures import drawing, encoded
from tests.support.admin import member, signed_in
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db

IMPORT = "/admin/posts/post/import/"
TEXT = b"---\ntitle: One\ndate: 2024-01-01\n---\n\nText.\n"


def zipped(files: dict[str, bytes], mode: int = 0) -> SimpleUploadedFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            packed.writestr(info, content, zipfile.ZIP_DEFLATED)
    return SimpleUploadedFile("site.zip", data.getvalue())


def upload(client: Client, *files: SimpleUploadedFile, **fields: str) -> Any:
    return client.post(IMPORT, {"uploads": list(files), "on_conflict": "fail"} | fields)


def test_files_are_planned_first_and_imported_when_that_is_wanted(editor: User) -> None:
    client = signed_in(editor)
    plan = upload(client, SimpleUploadedFile("one.md", TEXT), SimpleUploadedFile("bad.md", b"---\ndate: never\n---\n"))

    assert "1 created" in plan.content.decode()
    assert "MG103" in plan.content.decode()
    assert not Post.objects.exists()
    done = client.post(IMPORT, {"token": plan.context["token"]})
    assert 'href="/posts/one/"' in done.content.decode()
    revision = Post.objects.get().revisions.get()
    assert (revision.origin, revision.author) == (Revision.Origin.IMPORT, editor)
    assert "no longer kept" in client.post(IMPORT, {"token": plan.context["token"]}).content.decode()


def test_what_an_import_leaves_out_stands_first_and_is_said_in_words(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posts.admin.transfer.SHOWN", 2)
    client = signed_in(editor)
    files = {name: TEXT.replace(b"One", name.encode()) for name in ("a", "b")} | {"c": b"---\ndate: never\n---\n"}
    sent = [SimpleUploadedFile(f"{name}.md", text) for name, text in files.items()]
    plan = upload(client, *sent)
    page = plan.content.decode()

    assert page.index("posts/c.md") < page.index("posts/a.md")
    assert "<strong>Error MG103</strong>" in page
    assert "would be left out; the others can be imported" in page
    assert "1 more file." in page
    done = client.post(IMPORT, {"token": plan.context["token"]}).content.decode()
    assert "were left out: fix them" in done
    assert "There is nothing to import" in upload(client, SimpleUploadedFile("c.md", files["c"])).content.decode()


@pytest.mark.parametrize("top", ["", "my-site/"])
def test_a_zip_is_a_site(editor: User, top: str) -> None:
    client = signed_in(editor)
    files = {f"{top}hugo.toml": b'[permalinks]\nposts = "/:year/:slug/"\n', f"{top}content/posts/a.md": TEXT}
    plan = upload(client, zipped(files))
    client.post(IMPORT, {"token": plan.context["token"]})

    assert Post.objects.get().path == "/2024/one/"
    assert "monograph-import" not in plan.content.decode()


@pytest.mark.parametrize(("packed", "named"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_files_of_macos_are_found_by_the_names_that_texts_have(
    editor: User, settings: Settings, tmp_path: Path, packed: Literal["NFD"], named: Literal["NFC"]
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client, name = signed_in(editor), "sécurité"
    text = f"---\ntitle: One\n---\n\n![Its map]({normalize(named, name)}.png)\n"
    picture = encoded(drawing(), "PNG").getvalue()
    folder = normalize(packed, f"content/posts/{name}")
    plan = upload(
        client, zipped({f"{folder}/index.md": text.encode(), f"{folder}/{normalize(packed, name)}.png": picture})
    )
    client.post(IMPORT, {"token": plan.context["token"]})

    post = Post.objects.get()
    assert post.path == "/posts/s\xe9curit\xe9/"
    assert "/media/images/" in post.html


def test_two_files_of_one_name_are_refused(editor: User) -> None:
    files = [SimpleUploadedFile("a.md", TEXT), SimpleUploadedFile("b.md", TEXT), SimpleUploadedFile("a.md", b"Two")]

    assert "Several of the files are named a.md" in upload(signed_in(editor), *files).content.decode()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"../evil.md": TEXT}, "leads out of it"),
        ({"/etc/evil.md": TEXT}, "leads out of it"),
        ({"..\\evil.md": TEXT}, "leads out of it"),
        ({"C:/evil.md": TEXT}, "leads out of it"),
        ({"": TEXT}, "leads out of it"),
        ({"a/" * 60 + "b.md": TEXT}, "(its folders are nested more than 50 deep)"),
        ({"a" * 300 + ".md": TEXT}, "(File name too long)"),
    ],
)
def test_an_archive_that_leads_out_is_refused(editor: User, files: dict[str, bytes], said: str) -> None:
    assert said in upload(signed_in(editor), zipped(files)).content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "config",
    [
        {"hugo.toml": b'contentDir = "/etc"'},
        {"_config.yml": b"source: ../.."},
        {"hugo.yaml": b"languages: {en: {}, fr: {contentDir: content/../../../x}}"},
        {
            "hugo.yaml": b"module: {mounts: [{source: content, target: content}, {source: a/../../x, target: content/x}]}"
        },
    ],
)
def test_a_configuration_that_leads_out_of_its_archive_is_refused(editor: User, config: dict[str, bytes]) -> None:
    page = upload(signed_in(editor), zipped(config | {"content/a.md": TEXT, "b.md": TEXT}))

    assert "leads out of the archive" in page.content.decode()


def test_a_broken_configuration_is_named_by_its_place_in_the_archive(editor: User) -> None:
    client = signed_in(editor)
    broken = {"hugo.toml": b"title = \n", "content/a.md": TEXT}

    in_english = "<li>hugo.toml: the configuration cannot be read: invalid value (at line 1, column 9)"
    assert in_english in upload(client, zipped(broken)).content.decode()
    client.cookies["django_language"] = "vi"
    in_vietnamese = "<li>hugo.toml: không đọc được cấu hình: giá trị không hợp lệ (dòng 1, cột 9)"
    assert in_vietnamese in upload(client, zipped(broken)).content.decode()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_archive_with_two_files_of_one_name_is_refused(editor: User, form: Literal["NFC", "NFD"]) -> None:
    files = {normalize("NFC", "ngày.md"): TEXT, normalize(form, "./ngày.md"): TEXT.replace(b"Text", b"Another")}

    assert "ngày.md twice" in normalize("NFC", upload(signed_in(editor), zipped(files)).content.decode())
    assert not Post.objects.exists()


def test_files_whose_names_differ_by_case_are_both_read(editor: User) -> None:
    page = upload(signed_in(editor), zipped({"A.md": TEXT, "a.md": TEXT})).content.decode()

    assert "MG105" in page


def test_a_link_in_an_archive_is_refused(editor: User) -> None:
    assert "link" in upload(signed_in(editor), zipped({"a.md": b"/etc/passwd"}, mode=0o120777)).content.decode()


def test_a_bomb_is_refused_by_what_it_unpacks_to(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1024 * 1024)

    assert "unpacks to more than 1 MB" in upload(signed_in(editor), zipped({"a.md": b"0" * 2_000_000})).content.decode()


def test_an_archive_of_very_many_members_is_refused_before_they_are_listed(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    folders = {f"{number}/": b"" for number in range(4)}

    assert "holds 4 files, 3 are the most" in upload(signed_in(editor), zipped(folders)).content.decode()


def damaged(data: bytes) -> bytes:
    middle = len(data) // 3
    return data[:middle] + bytes(255 - each for each in data[middle : middle + 20]) + data[middle + 20 :]


def flagged(data: bytes, *, bit: int = 0, method: int = 8) -> bytes:
    """Its only member with this bit set and packed by this method, as both of its entries say."""
    changed = bytearray(data)
    for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.index(sign) + flags
        changed[at] |= bit
        changed[at + 2] = method
    return bytes(changed)


@pytest.mark.parametrize(
    ("spoil", "said", "said_in_vietnamese"),
    [
        (lambda data: b"no zip", "it is damaged, or no zip at all", "tệp bị hỏng hoặc không phải là zip"),
        (damaged, "it is damaged, or no zip at all", "tệp bị hỏng hoặc không phải là zip"),
        (lambda data: data[: len(data) // 2], "it is damaged", "tệp bị hỏng"),
        (lambda data: flagged(data, bit=1), "it is locked with a password", "tệp bị khóa bằng mật khẩu"),
        (lambda data: flagged(data, method=97), "packed in a way that is not read here", "không đọc được ở đây"),
    ],
)
def test_why_an_archive_cannot_be_read_is_told_in_plain_words(
    editor: User, spoil: Callable[[bytes], bytes], said: str, said_in_vietnamese: str
) -> None:
    data = zipped({"a.md": bytes(range(256)) * 20}).read()
    client = signed_in(editor)

    assert said in upload(client, SimpleUploadedFile("site.zip", spoil(data))).content.decode()
    client.cookies["django_language"] = "vi"
    page = upload(client, SimpleUploadedFile("site.zip", spoil(data))).content.decode()
    assert said_in_vietnamese in page


def test_what_is_no_archive_or_no_markdown_is_an_error_of_the_form(editor: User) -> None:
    client = signed_in(editor)

    assert "cannot be read" in upload(client, SimpleUploadedFile("site.zip", b"no zip")).content.decode()
    assert "Choose Markdown files" in upload(client, SimpleUploadedFile("a.exe", b"x")).content.decode()
    assert "This field is required" in client.post(IMPORT, {"on_conflict": "fail"}).content.decode()


def test_only_those_who_may_change_and_publish_everything_import(editor: User) -> None:
    author = signed_in(member("author", "Authors"))

    assert author.get(IMPORT).status_code == 403
    assert "Import Markdown" not in author.get("/admin/posts/post/").content.decode()
    assert "Import Markdown" in signed_in(editor).get("/admin/posts/post/").content.decode()


def test_one_persons_plan_is_not_anothers(editor: User) -> None:
    plan = upload(signed_in(editor), SimpleUploadedFile("one.md", TEXT))
    other = signed_in(member("other", "Editors"))

    assert "no longer kept" in other.post(IMPORT, {"token": plan.context["token"]}).content.decode()
    assert not Post.objects.exists()


def test_chosen_posts_are_exported_as_a_zip(editor: User) -> None:
    first = write_post("posts/a.md")
    write_post("posts/b.md")
    response = signed_in(editor).post("/admin/posts/post/", {"action": "export_zip", "_selected_action": [first.pk]})

    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        assert packed.namelist() == ["posts/a.md"]
        assert packed.read("posts/a.md").decode() == first.revisions.get().text


def test_an_uploaded_file_moves_no_post_that_has_the_same_text(editor: User) -> None:
    client = signed_in(editor)
    for name in ("one.md", "copy.md"):
        plan = upload(client, SimpleUploadedFile(name, TEXT))
        client.post(IMPORT, {"token": plan.context["token"]})

    assert {post.path for post in Post.objects.all()} == {"/posts/one/", "/posts/copy/"}
