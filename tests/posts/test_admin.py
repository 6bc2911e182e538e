"""Editing posts in the admin, as its forms are submitted."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone as clock
from PIL import Image
from pytest_django import Settings

from accounts.models import User
from audit.models import Entry
from posts import writing
from posts.document import Document
from posts.importing.places import located
from posts.models import Post, Redirect, Revision, Tag
from posts.site import project
from tests.support.admin import ADD, change_url, save, signed_in
from tests.support.cloudinary import Cloudinary, Fault
from tests.support.writing import preview_url, write_post

pytestmark = pytest.mark.django_db


def picture(name: str = "cover.png", size: tuple[int, int] = (64, 36)) -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", size, "teal").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def test_an_editor_writes_and_publishes_a_post(editor: User) -> None:
    client = signed_in(editor)
    response = save(client, ADD, title="Dược phẩm đang", body="One.\r\n\r\nTwo.", tags="AI, Type 2 diabetes")

    assert response.status_code == 302
    post = Post.objects.get()
    assert (post.path, post.owner, post.status()) == ("/posts/duoc-pham-dang/", editor, Post.Status.LIVE)
    assert [tag.name for tag in post.tag_list] == ["AI", "Type 2 diabetes"]
    assert post.latest_revision is not None
    assert post.latest_revision.text.endswith("---\n\nOne.\n\nTwo.\n")
    assert client.get(post.path).status_code == 200


def test_saving_without_a_change_keeps_every_byte(editor: User) -> None:
    post = write_post(tags=["AI"], body="One.\n\n\nTwo.\n", cover={"image": "https://example.org/a.png", "alt": "A"})
    before = post.revisions.get().text
    save(signed_in(editor), change_url(post))

    assert post.revisions.latest("pk").text == before


def test_changing_the_title_changes_that_line_alone(editor: User) -> None:
    post = write_post(tags=["AI"], body="One.\n")
    before = post.revisions.get().text.splitlines()
    save(signed_in(editor), change_url(post), title="Another: title")
    after = post.revisions.latest("pk").text.splitlines()

    assert [line for line in after if line not in before] == ['title: "Another: title"']
    assert len(after) == len(before)


def test_a_save_makes_a_revision_with_its_author(editor: User) -> None:
    post = write_post()
    save(signed_in(editor), change_url(post), body="New.")

    revision = post.revisions.latest("pk")
    assert (revision.author, revision.origin) == (editor, Revision.Origin.ADMIN)
    assert post.revisions.count() == 2


def test_a_date_is_shown_and_kept_in_the_offset_that_was_written(editor: User) -> None:
    post = write_post(date=datetime.fromisoformat("2024-06-13T12:00:00+07:00"))
    client = signed_in(editor)
    assert 'value="2024-06-13T12:00:00"' in client.get(change_url(post)).content.decode()

    save(client, change_url(post), date="2024-06-14T08:00:00")
    assert Post.objects.get().published_iso == "2024-06-14T08:00:00+07:00"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "???"}, "slug"),
        ({"title": "Climbs", "slug": "//evil"}, "slug"),
        ({"title": "Editions", "section": "vi"}, "section"),
        ({"title": "Old", "aliases": "/" + "a" * 600}, "aliases"),
        ({"title": "Copies", "canonical_url": "not a url"}, "canonical_url"),
        ({"title": "Copies", "canonical_url": "//example.org/a/"}, "canonical_url"),
        ({"title": "Copies", "canonical_url": "javascript:alert(1)"}, "canonical_url"),
    ],
)
def test_what_is_wrong_with_a_field_is_said_at_it(editor: User, changed: dict[str, str], field: str) -> None:
    form = save(signed_in(editor), ADD, **changed).context["adminform"].form

    assert list(form.errors) == [field]


@pytest.mark.parametrize("address", ["https://example.org/a/?b=c", "https://thuốc.example/a/", "/posts/first/"])
def test_a_canonical_address_is_anothers_or_one_of_the_site(editor: User, address: str) -> None:
    save(signed_in(editor), ADD, title="Copies", canonical_url=address)
    assert Post.objects.get().canonical_url == address


def test_a_canonical_address_of_an_import_can_be_kept(editor: User) -> None:
    post = write_post(canonicalURL="not a url")
    save(signed_in(editor), change_url(post), title="Another")
    assert Post.objects.get().title == "Another"


def test_a_slug_that_makes_no_address_is_said_at_its_field(editor: User) -> None:
    form = save(signed_in(editor), change_url(write_post()), slug="..").context["adminform"].form

    assert list(form.errors) == ["slug"]


def test_a_changed_slug_moves_the_post_and_leaves_a_redirect(editor: User) -> None:
    post = write_post()
    save(signed_in(editor), change_url(post), slug="moved")

    assert Post.objects.get().path == "/posts/moved/"
    assert Redirect.objects.get().old_path == "/posts/a/"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "???"}, "No slug can be made from this title"),
        ({"title": "Taken", "slug": "a"}, "is the address of “A title” already"),
        ({"title": "Page", "section": "tags", "slug": "x"}, "is a page that the site itself uses"),
        ({"title": "Climbs", "slug": "//evil"}, "cannot be a file&#x27;s name"),
        ({"title": "Lists", "tags": "x" * 140_000}, "cannot be read as a list of names"),
        ({"title": "Late", "date": "2024-13-45T00:00:00"}, "Enter a valid date/time"),
    ],
)
def test_what_is_wrong_is_said_at_the_form_and_nothing_typed_is_lost(
    editor: User, changed: dict[str, str], said: str
) -> None:
    write_post()
    response = save(signed_in(editor), ADD, body="Long work.", **changed)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert "Long work." in response.content.decode()
    assert Post.objects.count() == 1


@pytest.mark.parametrize(("draft", "said"), [(True, "of another post already"), (False, "of “A title” already")])
def test_anothers_draft_is_not_named_to_who_may_not_see_it(author: User, editor: User, draft: bool, said: str) -> None:
    write_post(draft=draft, by=editor)

    assert f"is the address {said}" in save(signed_in(author), ADD, title="Mine", slug="a").content.decode()


def test_a_cover_is_uploaded_and_shown(editor: User) -> None:
    client = signed_in(editor)
    save(client, ADD, title="Covered", cover_upload=picture(size=(1600, 900)), cover_alt="Teal")
    post = Post.objects.get()

    assert post.cover.startswith("/media/")
    assert 'class="cover-now"' in client.get(change_url(post)).content.decode()
    page = client.get(post.path).content.decode()
    assert 'alt="Teal"' in page
    served = client.get(post.cover)
    served.close()
    assert served["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("notes.png", b"not a picture", "not a picture"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
    ],
)
def test_a_wrong_file_is_refused_and_the_rest_is_kept(editor: User, name: str, data: bytes, said: str) -> None:
    response = save(
        signed_in(editor), ADD, title="Covered", body="Long work.", cover_upload=SimpleUploadedFile(name, data)
    )

    assert response.status_code == 200
    errors = response.context["adminform"].form.errors["cover_upload"]
    assert said.lower() in str(errors).lower()
    assert "Long work." in response.content.decode()
    assert not Post.objects.exists()


def test_a_stored_cover_stays_when_something_else_is_wrong(editor: User) -> None:
    response = save(signed_in(editor), ADD, title="", cover_upload=picture())

    assert response.context["adminform"].form["cover"].value().startswith("/media/")


def test_a_cover_goes_to_cloudinary_where_it_is_configured(editor: User, settings: Settings) -> None:
    with Cloudinary() as cloudinary:
        settings.CLOUDINARY_URL = cloudinary.url
        save(signed_in(editor), ADD, title="Covered", cover_upload=picture())

    assert "/image/upload/" in Post.objects.get().cover


def test_a_cloudinary_that_fails_is_an_error_of_the_form(editor: User, settings: Settings) -> None:
    with Cloudinary() as cloudinary:
        settings.CLOUDINARY_URL = cloudinary.url
        cloudinary.fault = Fault.FAIL
        response = save(signed_in(editor), ADD, title="Covered", body="Long work.", cover_upload=picture())

    assert "Cloudinary" in str(response.context["adminform"].form.errors["cover_upload"])
    assert "Long work." in response.content.decode()
    assert not Post.objects.exists()


def test_a_draft_is_viewed_through_a_private_link(editor: User) -> None:
    draft, live = write_post("posts/draft.md", draft=True), write_post("posts/live.md")
    client = signed_in(editor)

    assert "/preview/" in client.get(change_url(draft)).content.decode()
    assert f'href="{live.path}"' in client.get(change_url(live)).content.decode()


def test_the_list_shows_status_and_filters_by_it(editor: User) -> None:
    write_post("posts/live.md", title="Seen")
    write_post("posts/later.md", title="Waits", date=clock.now() + timedelta(days=1))
    client = signed_in(editor)

    page = client.get("/admin/posts/post/").content.decode()
    assert "Seen" in page
    assert "Scheduled" in page
    filtered = client.get("/admin/posts/post/?status=scheduled").content.decode()
    assert "Waits" in filtered
    assert "Seen" not in filtered
    assert "Waits" in client.get("/admin/posts/post/?q=wait").content.decode()
    assert client.get("/admin/posts/post/?date__year=2024").status_code == 200


def test_tags_are_suggested_those_that_begin_with_what_is_typed_first(editor: User) -> None:
    write_post(tags=["Clinical AI", "AI", "Oncology"])

    answer = signed_in(editor).get("/admin/posts/post/tags/?q=ai").json()
    assert answer == {"names": ["AI", "Clinical AI"]}


@pytest.mark.parametrize(
    ("who", "whose", "draft", "may_change", "may_delete"),
    [
        ("author", "author", True, True, False),
        ("author", "author", False, False, False),
        ("author", "editor", True, False, False),
        ("editor", "author", True, True, True),
        ("editor", "author", False, True, False),
    ],
)
def test_who_may_change_what(
    author: User, editor: User, who: str, whose: str, draft: bool, may_change: bool, may_delete: bool
) -> None:
    people = {"author": author, "editor": editor}
    post = write_post(draft=draft, by=people[whose])
    client = signed_in(people[who])

    sent = {"title": "Changed", "slug": post.slug, "markup": "commonmark", "base": post.latest_revision_id}
    client.post(change_url(post), sent)
    assert ("Changed" in post.revisions.latest("pk").text) == may_change
    delete = reverse("admin:posts_post_delete", args=[post.pk])
    assert (client.get(delete).status_code == 200) == may_delete


def test_an_author_cannot_publish(author: User) -> None:
    save(signed_in(author), ADD, press="save", title="Mine")

    assert Post.objects.get().status() == Post.Status.DRAFT


def test_who_may_not_publish_is_told_who_does(author: User, editor: User) -> None:
    draft = write_post(draft=True, by=author)
    said = "An editor publishes it"

    assert said in signed_in(author).get(change_url(draft)).content.decode()
    assert said not in signed_in(editor).get(change_url(draft)).content.decode()


def test_an_author_sees_only_their_own_posts(author: User, editor: User) -> None:
    write_post("posts/a.md", title="Mine", by=author, draft=True)
    write_post("posts/b.md", title="Theirs", by=editor, draft=True)

    page = signed_in(author).get("/admin/posts/post/").content.decode()
    assert "Mine" in page
    assert "Theirs" not in page


def test_deleting_a_draft_says_what_goes_with_it_and_what_of_its_address(editor: User) -> None:
    post = write_post(title="One & two", draft=True)
    page = signed_in(editor).get(reverse("admin:posts_post_delete", args=[post.pk])).content.decode()

    assert "Delete the draft “One &amp; two” with its only revision?" in page
    assert f"Its address, {post.path}, is free then." in page
    assert "Search entr" not in page


def test_deleting_a_draft_names_the_old_addresses_and_preview_links_that_go_with_it(editor: User) -> None:
    post = write_post(draft=True, aliases=["/2019/one/", *(f"/old-{number:02}/" for number in range(12))])
    preview_url(post)
    page = signed_in(editor).get(reverse("admin:posts_post_delete", args=[post.pk])).content.decode()

    assert "<li>/2019/one/</li>" in page
    assert "<li>/old-08/</li>" in page
    assert "/old-09/" not in page
    assert "and 3 more" in page
    assert "A preview link shows it to somebody" in page
    assert (
        signed_in(editor).post(reverse("admin:posts_post_delete", args=[post.pk]), {"post": "yes"}).status_code == 302
    )
    assert not Redirect.objects.exists()


def test_who_deletes_a_draft_is_led_to_a_redirect_for_its_readers(editor: User) -> None:
    client = signed_in(editor)
    url = reverse("admin:posts_post_delete", args=[write_post(draft=True).pk])
    page = client.post(url, {"post": "yes"}, follow=True).content.decode()

    assert "Have readers known /posts/a/?" in page
    form = re.search(r'href="(/admin/posts/redirect/add/\?[^"]*)"', page)
    assert form
    assert 'name="old" value="/posts/a/"' in client.get(form[1]).content.decode()


def test_a_deleted_draft_is_gone_with_its_revisions(editor: User) -> None:
    post = write_post(draft=True)
    signed_in(editor).post(reverse("admin:posts_post_delete", args=[post.pk]), {"post": "yes"})

    assert not Post.objects.exists()
    assert not Revision.objects.exists()


def test_renaming_a_tag_leaves_a_redirect_and_two_tags_cannot_share_a_page(editor: User) -> None:
    write_post(tags=["AI", "R&D"])
    client = signed_in(editor)
    url = reverse("admin:posts_tag_change", args=[Tag.objects.get(name="AI").pk])

    assert client.post(url, {"name": "rd"}).status_code == 200
    assert client.post(url, {"name": "Artificial Intelligence"}).status_code == 302
    assert Redirect.objects.get().old_path == "/tags/ai/"


def test_an_editor_says_who_reviewed_a_text(editor: User) -> None:
    post = write_post()
    before = post.revisions.get().text.splitlines()
    save(signed_in(editor), change_url(post), medical="on", reviewed_by="Lan Pham, MD", last_reviewed="2024-07-01")
    after = post.revisions.latest("pk").text.splitlines()

    added = ["medical: true", 'reviewedBy: "Lan Pham, MD"', "lastReviewed: 2024-07-01"]
    assert [line.replace("'", '"') for line in after if line not in before] == added
    assert "Lan Pham, MD" in signed_in(editor).get(post.path).content.decode()

    save(signed_in(editor), change_url(post), medical=False, reviewed_by="", last_reviewed="")
    assert post.revisions.latest("pk").text.splitlines() == before


def test_a_document_with_windows_line_ends_keeps_them(editor: User) -> None:
    text = "---\r\ntitle: A\r\ndate: 2024-01-01\r\n---\r\n\r\nOne.\r\nTwo.\r\n"
    post = import_text(text)
    save(signed_in(editor), change_url(post), body="One.\r\nTwo.\r\nThree.")

    assert post.revisions.latest("pk").text == text.removesuffix("\r\n") + "\r\nThree.\r\n"


def test_a_slug_under_a_whole_path_changes_that_paths_last_part(editor: User) -> None:
    post = import_text("---\ntitle: A\nurl: /Old/Page.html\n---\n\nText.\n")
    save(signed_in(editor), change_url(post), slug="new")

    assert Post.objects.get().path == "/Old/new/"


def test_a_permalink_that_says_nothing_to_the_posts_site_stays_when_its_slug_changes(editor: User) -> None:
    post = import_text("---\ntitle: A\npermalink: /old/\n---\n\nText.\n", hugo=True)
    save(signed_in(editor), change_url(post), slug="new")

    assert Post.objects.get().path == "/posts/new/"
    assert "permalink: /old/" in post.revisions.latest("pk").text


def test_an_alt_text_is_put_beside_a_cover_that_is_only_an_address(editor: User) -> None:
    post = import_text("---\ntitle: A\ncover: /x.png\n---\n\nText.\n")
    save(signed_in(editor), change_url(post), cover_alt="An X")

    assert (Post.objects.get().cover, Post.objects.get().cover_alt) == ("/x.png", "An X")


def test_a_new_cover_leaves_the_other_images_of_a_list(editor: User) -> None:
    post = import_text("---\ntitle: A\nimages: [/a.png, /b.png]\n---\n\nText.\n")
    save(signed_in(editor), change_url(post), cover="/c.png")

    stored = Post.objects.get()
    assert stored.cover == "/c.png"
    assert stored.latest_revision
    assert Document.of(stored.latest_revision.text).get("images") == ["/c.png", "/b.png"]


@pytest.mark.parametrize(
    ("front", "site"),
    [
        ("", {"defaults": {"cover": {"image": "/site.png"}}}),
        ("featuredImage: ''\nresources: [{name: featured, src: /site.png}]\n", {}),
        ("cover: {image: /site.png}\nimages: [/other.png]\n", {}),
        ("params: {thumbnail: /site.png}\n", {}),
    ],
)
def test_a_cover_that_the_site_or_a_resource_gives_goes_when_it_is_emptied(
    editor: User, front: str, site: dict[str, Any]
) -> None:
    post = import_text(f"---\ntitle: A\n{front}---\n\nText.\n", **site)
    assert post.cover == "/site.png"
    save(signed_in(editor), change_url(post), cover="")

    assert Post.objects.get().cover == ""


def test_a_jekyll_draft_is_published(editor: User) -> None:
    post = import_text("---\ntitle: A\npublished: false\n---\n\nText.\n")
    save(signed_in(editor), change_url(post))

    assert Post.objects.get().status() == Post.Status.LIVE


def test_a_post_in_a_language_that_is_not_offered_can_be_saved(editor: User) -> None:
    post = write_post()
    Post.objects.update(language="fr", section="v1.0-é")

    assert save(signed_in(editor), change_url(post), body="New.").status_code == 302


def test_a_moment_at_the_calendars_end_can_be_edited_beside_an_offset(editor: User, client: Client) -> None:
    moments = "date: 2024-01-01T00:00:00+07:00\nexpiryDate: 9999-12-31T23:59:59Z\nlastmod: 9999-12-31T23:59:59Z"
    post = import_text(f"---\ntitle: A\n{moments}\n---\n")
    before = post.revisions.get().text
    save(signed_in(editor), change_url(post))

    assert post.revisions.latest("pk").text == before
    assert client.get("/index.xml").status_code == 200


def import_text(text: str, **site: Any) -> Post:
    """The post of a document, imported from a site that reads it so."""
    source = replace(located(PurePosixPath("posts/a.md")), **site)
    projection = project(Document.of(text), source)
    writing.write([writing.Change(projection)], origin=Revision.Origin.IMPORT)
    return Post.objects.get()


def test_the_history_tells_who_changed_what(editor: User) -> None:
    post = import_text("---\ntitle: A\n---\n\nText.\n")
    client = signed_in(editor)
    save(client, change_url(post), title="<B>")
    entry = Entry.objects.get(subject=f"posts.post:{post.pk}")

    assert (entry.action, entry.actor_name) == ("post.changed", editor.username)
    assert (entry.before["title"], entry.after["title"]) == ("A", "<B>")
    assert Revision.objects.get(pk=entry.after["revision"]).sha256 == entry.after["sha256"]
    page = client.get(f"/admin/posts/post/{post.pk}/history/").content.decode()
    assert "A → &lt;B&gt;" in page
    assert page.index("Changed") < page.index("Imported from a file")


def test_the_history_says_values_as_people_do(editor: User) -> None:
    post = write_post(by=editor, draft=True)
    client = signed_in(editor)
    save(client, change_url(post), press="publish")
    page = client.get(f"/admin/posts/post/{post.pk}/history/").content.decode()

    assert "<b>draft</b>: yes → no" in page
    assert "<b>public from</b>: – → 2024-06-13 12:00 UTC" in page
    assert "true →" not in page
    assert "– → –" not in page
    assert "[]" not in page
    client.cookies["django_language"] = "vi"
    assert "có → không" in client.get(f"/admin/posts/post/{post.pk}/history/").content.decode()


def test_what_is_as_long_as_an_import_takes_is_saved(editor: User) -> None:
    line = "One line of a long list of adverse events, with its number.\n"
    body = line * (3 * 1024**2 // len(line))
    post = write_post("posts/long.md", title="Long", body=body)
    client = signed_in(editor)

    assert save(client, change_url(post), title="Longer").status_code == 302
    assert post.revisions.latest("pk").text.count(line) == body.count(line)


def test_what_is_longer_is_refused_at_the_text_and_comes_back(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posts.admin.post_form.MAX_FILE_BYTES", 2 * 1024**2)
    post = write_post("posts/long.md", title="Long")
    response = save(signed_in(editor), change_url(post), body="a" * 3 * 1024**2, title="Longer")

    errors = response.context["adminform"].form.errors
    assert errors["body"] == ["This post has 3.0 MB, 2 MB are the most. Split it into several posts."]
    assert "a" * 3 * 1024**2 in response.content.decode()
    assert Post.objects.get().title == "Long"
