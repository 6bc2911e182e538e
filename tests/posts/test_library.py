"""The library: what is known of images, where they are used, and what editors do with them."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone as clock
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image as Picture
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import User
from audit.models import Entry
from posts import images, library, rendering, writing
from posts.models import Author, Image, ImageUse, Post, Revision, SiteSettings
from tests.posts.images.pictures import drawing, encoded
from tests.support.admin import change_url, save, signed_in
from tests.support.cloudinary import Cloudinary, Fault
from tests.support.writing import projected, rewrite_post, write_post, write_posts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

IMAGES = "/admin/posts/image/"
FAR = "https://res.cloudinary.com/demo/image/upload/v1/far.jpg"


def upload(name: str = "map.png", width: int = 640, height: int = 360, kind: str = "PNG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(drawing(width, height), kind).getvalue())


def stored(by: User, width: int = 640, height: int = 360) -> Image:
    return library.store(upload(width=width, height=height), name="map.png", by=by)


def uses(address: str) -> set[tuple[str, str, bool]]:
    rows = ImageUse.objects.filter(image__address=address)
    return set(rows.values_list("post__source_path", "place", "in_draft"))


def change(image: Image) -> str:
    return f"{IMAGES}{image.pk}/change/"


def file_of(media: Path, url: str) -> Path:
    return media / url.removeprefix("/media/")


def size_of(media: Path, url: str) -> tuple[int, int]:
    return Picture.open(BytesIO(file_of(media, url).read_bytes())).size


# What is known


def test_every_upload_is_known_with_its_facts(editor: User) -> None:
    save(signed_in(editor), "/admin/posts/post/add/", title="A", cover_upload=upload("Market Map.png"))
    image = Image.objects.get()

    assert image.address.startswith("/media/images/market-map-")
    assert (image.name, image.kind, image.width, image.height) == ("market-map", "png", 640, 360)
    assert (image.storage, image.uploaded_by) == (Image.Storage.LOCAL, editor)
    assert image.size_bytes
    assert uses(image.address) == {("posts/a.md", "cover", False)}
    assert Entry.objects.get(action="image.uploaded").actor_name == "editor"


def test_an_import_knows_the_pictures_of_its_documents(tmp_path: Path) -> None:
    folder = tmp_path / "site" / "content" / "posts" / "a"
    folder.mkdir(parents=True)
    (folder / "chart.png").write_bytes(encoded(drawing(), "PNG").getvalue())
    text = f"---\ntitle: A\ncover:\n  image: {FAR}\n  alt: Far away\n---\n\n![A chart](chart.png)\n\n![](gone.png)\n"
    (folder / "index.md").write_text(text)
    call_command("import_markdown", str(tmp_path / "site"), verbosity=0)

    known = {image.name: (image.alt, image.storage) for image in Image.objects.all()}
    assert known == {"chart": ("A chart", "local"), "far": ("Far away", "cloudinary")}


def test_the_pictures_of_a_batch_cost_the_same_however_many_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    changes = [
        writing.Change(
            projected(
                f"posts/p{n}.md",
                cover=f"https://example.org/{n}.jpg",
                body="".join(f"![A](https://example.org/{n}-{m}.jpg)\n\n" for m in range(4)),
            )
        )
        for n in range(writing.BATCH)
    ]
    with django_assert_max_num_queries(40):
        writing.write(changes, origin=Revision.Origin.IMPORT)

    assert Image.objects.count() == ImageUse.objects.count() == 5 * writing.BATCH


def test_uses_follow_the_post_and_its_draft(editor: User) -> None:
    post = write_post(cover="/one.png", body="![](/two.png)\n\n![](/two.png)\n")
    save(signed_in(editor), change_url(post), press="save", body="![](/three.png)")
    assert uses("/one.png") == {("posts/a.md", "cover", False), ("posts/a.md", "cover", True)}
    assert uses("/two.png") == {("posts/a.md", "body", False)}
    assert uses("/three.png") == {("posts/a.md", "body", True)}

    save(signed_in(editor), change_url(Post.objects.get()), press="publish")
    assert uses("/two.png") == set()
    assert uses("/three.png") == {("posts/a.md", "body", False)}
    assert [image.address for image in Image.objects.unused()] == ["/two.png"]


def test_a_rerendering_finds_the_pictures_of_what_was_stored_before_there_was_a_library(editor: User) -> None:
    post = write_post(cover="/one.png", body="![Two](/two.png)\n")
    save(signed_in(editor), change_url(post), press="save", body="![](/three.png)")
    ImageUse.objects.all().delete()
    Image.objects.all().delete()
    Post.objects.update(renderer_version=rendering.VERSION - 1)
    call_command("rerender", verbosity=0)

    assert set(Image.objects.values_list("address", "alt")) == {
        ("/one.png", ""),
        ("/two.png", "Two"),
        ("/three.png", ""),
    }
    assert uses("/three.png") == {("posts/a.md", "body", True)}
    assert uses("/two.png") == {("posts/a.md", "body", False)}


@pytest.mark.parametrize("address", ["data:image/png;base64,AA", "relative.png", "/" + "x" * 600])
def test_what_is_no_address_of_an_image_is_not_in_the_library(address: str) -> None:
    write_post(body=f"![]({address})\n")

    assert not Image.objects.exists()


# The list


def names(client: Client, query: str) -> set[str]:
    return {image.name for image in client.get(f"{IMAGES}{query}").context["cl"].result_list}


def test_the_list_finds_and_filters(editor: User) -> None:
    today = clock.now().date()
    known: dict[str, dict[str, Any]] = {
        "used": {"alt": "A map", "licence_expires": today + timedelta(days=60)},
        "photo": {"credit": "Lan Pham", "licence_expires": today - timedelta(days=1)},
        "logo": {"title": "Our mark", "licence_expires": today},
        "spare": {"kind": "webp"},
    }
    for name, more in known.items():
        Image.objects.create(**({"address": f"/{name}.png", "storage": "elsewhere", "kind": "png"} | more))
    write_post(cover="/used.png")
    writing.save_author(Author(name="Lan", photo="/photo.png"))
    writing.save_settings(SiteSettings(pk=1, logo="/logo.png"))
    client = signed_in(editor)

    assert names(client, "?q=mark") == {"Our mark"}
    assert names(client, "?q=a+map") == {"used"}
    assert names(client, "?q=pham") == {"photo"}
    assert names(client, "?use=none") == {"spare"}
    assert names(client, "?alt=none") == {"photo", "Our mark", "spare"}
    assert names(client, "?licence=30") == {"Our mark"}
    assert names(client, "?licence=90") == {"Our mark", "used"}
    assert names(client, "?licence=expired") == {"photo"}
    assert names(client, "?kind=webp") == {"spare"}
    Image.objects.filter(kind="webp").update(kind="")
    assert ">Not known</a>" in client.get(IMAGES).content.decode()
    page = client.get(IMAGES).content.decode()
    assert "licence expired" in page
    assert "1 post\n" in page


def test_the_list_asks_the_same_number_of_queries_at_any_size(
    editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(editor)
    for size in (2, 40):
        write_posts(size, cover=f"/{size}.png", body=f"![](/body-{size}.png)\n")
        Image.objects.bulk_create(Image.at(f"/{size}-{n}.png") for n in range(size))
        with django_assert_max_num_queries(10):
            client.get(IMAGES)
        with django_assert_max_num_queries(6):
            client.get(f"{IMAGES}choose/?q=png")
        Post.objects.all().delete()


def test_what_is_wrong_with_an_upload_is_said_in_the_persons_language(editor: User) -> None:
    files = {"images": SimpleUploadedFile("c.png", b"no picture")}
    answer = signed_in(editor).post(
        f"{IMAGES}upload/", files, headers={"accept": "application/json", "accept-language": "vi"}
    )

    (error,) = answer.json()["errors"]
    with translation.override("vi"):
        assert gettext("This is not a picture that every browser shows, or it is damaged.") in error


def test_several_are_uploaded_at_once_and_what_is_none_is_named(editor: User) -> None:
    files = [upload("a.png"), upload("b.png", 320, 200), SimpleUploadedFile("c.svg", b"<svg></svg>")]
    page = signed_in(editor).post(f"{IMAGES}upload/", {"images": files}, follow=True).content.decode()

    assert {image.name for image in Image.objects.all()} == {"a", "b"}
    assert "2 images stored." in page
    assert "“c.svg”: This is an SVG drawing" in page


def test_the_same_picture_again_is_the_same_image(editor: User, author: User) -> None:
    assert stored(editor) == stored(author)
    assert Image.objects.get().uploaded_by == editor


def test_the_page_of_an_image_tells_where_it_is_used(editor: User) -> None:
    image = stored(editor)
    live = write_post("posts/live.md", title="Live one", cover=image.address)
    write_post("posts/draft.md", title="Draft one", body=f"![]({image.address})\n", draft=True)
    page = " ".join(signed_in(editor).get(change(image)).content.decode().split())

    assert f'<a href="{change_url(live)}">Live one</a> – cover, Live' in page
    assert "Draft one</a> – text, Draft" in page
    assert "640 × 360 pixels" in page
    assert "uploaded by ed" in page


def facts(**changed: Any) -> dict[str, Any]:
    said = dict.fromkeys(("title", "alt", "credit", "source", "licence", "licence_url", "licence_expires"), "")
    return said | changed


def test_an_editor_says_what_an_image_is(editor: User) -> None:
    image = stored(editor)
    said = facts(title="Map", alt="A map", credit="Lan", licence="CC BY", licence_url="example.org/by")
    signed_in(editor).post(change(image), said | {"licence_expires": "2030-01-31"})
    image.refresh_from_db()

    assert (image.name, image.alt, image.licence_url) == ("Map", "A map", "https://example.org/by")
    assert image.licence_expires == date(2030, 1, 31)
    assert Entry.objects.get(action="image.changed").after["alt"] == "A map"


# Replaced in place, and deleted


def test_a_replaced_picture_has_the_old_address_in_every_size(editor: User, media: Path) -> None:
    image = stored(editor, width=1700, height=900)
    page = signed_in(editor).post(change(image), facts(replacement=upload("new.jpg", 800, 800, "JPEG")), follow=True)
    image.refresh_from_db()

    assert "It was turned from JPG into PNG" in page.content.decode()
    assert Picture.open(BytesIO(file_of(media, image.address).read_bytes())).format == "PNG"
    assert size_of(media, image.address) == (image.width, image.height) == (800, 800)
    found = images.find(image.address)
    for ratio, height in ((None, 480), (images.Ratio.WIDE, 270)):
        assert size_of(media, found.url(480, ratio)) == (480, height)
        assert size_of(media, found.url(1600, ratio))[0] == 800
    assert image.replaced_at
    assert Entry.objects.filter(action="image.replaced", actor_name="editor").exists()


def test_the_library_shows_a_replaced_picture_whatever_the_browser_remembers(editor: User, media: Path) -> None:
    image = stored(editor)
    client = signed_in(editor)
    before = image.thumbnail.src
    client.post(change(image), facts(replacement=upload("new.jpg", 800, 800, "JPEG")))
    image.refresh_from_db()

    assert image.thumbnail.src.startswith(f"{before}?")
    assert image.thumbnail.src in client.get(IMAGES).content.decode()
    assert client.get(f"{IMAGES}choose/").json()["images"][0]["thumbnail"] == image.thumbnail.src


def test_what_is_imported_again_does_not_undo_a_replacement(editor: User, media: Path) -> None:
    image = stored(editor)
    library.replace(image, upload("new.png", 300, 300), by=editor)
    stored(editor)

    assert size_of(media, image.address) == (300, 300)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"replacement": SimpleUploadedFile("x.png", b"no picture")}, "not a picture"),
        ({"replacement": upload("new.png", 30, 30), "licence_expires": "soon"}, "It was not replaced"),
    ],
)
def test_nothing_is_replaced_when_something_is_wrong(
    editor: User, media: Path, sent: dict[str, Any], said: str
) -> None:
    image = stored(editor)
    page = signed_in(editor).post(change(image), facts(**sent)).content.decode()

    assert said in page
    assert size_of(media, image.address) == (640, 360)


def test_at_cloudinary_the_asset_is_overwritten_and_its_copies_are_invalidated(
    editor: User, settings: Settings
) -> None:
    with Cloudinary() as cloudinary:
        settings.CLOUDINARY_URL = cloudinary.url
        image = stored(editor)
        library.replace(image, upload("new.png", 300, 300), by=editor)
        (asset,) = cloudinary.assets.values()
        assert Picture.open(BytesIO(asset.data)).size == (300, 300)
        assert (asset.fields["overwrite"], asset.fields["invalidate"]) == ("1", "1")
        assert image.storage == Image.Storage.CLOUDINARY

        cloudinary.fault = Fault.FAIL
        with pytest.raises(library.ImageError):
            library.replace(image, upload("newer.png", 30, 30), by=editor)


@pytest.mark.parametrize("address", [FAR, "https://example.org/x.png", "/static/x.png"])
def test_what_is_stored_elsewhere_cannot_be_replaced_here(editor: User, address: str) -> None:
    write_post(cover=address)
    image = Image.objects.get()

    assert 'name="replacement"' not in signed_in(editor).get(change(image)).content.decode()
    with pytest.raises(library.ImageError, match="elsewhere"):
        library.replace(image, upload(), by=editor)


def test_only_an_unused_image_is_deleted_with_its_files(
    editor: User, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    image = stored(editor)
    post = write_post(cover=image.address)
    client = signed_in(editor)
    assert client.post(f"{IMAGES}{image.pk}/delete/", {"post": "yes"}).status_code == 403
    assert not library.delete(image, by=editor)

    rewrite_post(post, cover="")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{IMAGES}{image.pk}/delete/", {"post": "yes"})
    assert not Image.objects.exists()
    assert list(media.glob("images/*")) == []
    assert Entry.objects.filter(action="image.deleted").exists()


def test_a_file_that_cloudinary_keeps_is_told_to_who_deleted_the_image(
    editor: User, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with Cloudinary() as cloudinary:
        settings.CLOUDINARY_URL = cloudinary.url
        image = stored(editor)
        cloudinary.fault = Fault.FAIL
        client = signed_in(editor)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"{IMAGES}{image.pk}/delete/", {"post": "yes"})

    assert not Image.objects.exists()
    assert str([*get_messages(answer.wsgi_request)][-1]) == (
        f"Its file is still at {image.address}: Cloudinary has a failure of its own."
        " Ask whoever runs the site to delete it there."
    )


# Licences


def test_a_licence_that_ends_is_told_to_the_desk_and_on_the_posts_form(editor: User) -> None:
    today = clock.now().date()
    post = write_post(cover="/one.png", body="![](/two.png)\n\n![](/three.png)\n")
    for name, days in (("one", -1), ("two", 30), ("three", 31)):
        Image.objects.filter(address=f"/{name}.png").update(licence_expires=today + timedelta(days=days))
    page = signed_in(editor).get(change_url(post)).content.decode()

    assert [image.name for image in Image.objects.expiring(timedelta(days=30))] == ["two"]
    assert [image.name for image in Image.objects.expired()] == ["one"]
    assert page.count("the licence of this image") == 2
    assert page.index("the licence of this image ended") < page.index("the licence of this image ends")


# To choose from


def test_the_chooser_offers_the_newest_and_what_a_search_finds(author: User) -> None:
    Image.objects.bulk_create(
        Image(address=f"/{n}.png", alt=f"Number {n}", credit="Lan", storage="elsewhere") for n in range(30)
    )
    client = signed_in(author)
    first = client.get(f"{IMAGES}choose/").json()
    assert [image["name"] for image in first["images"]] == [str(n) for n in range(29, 5, -1)]
    rest = client.get(f"{IMAGES}choose/?below={first['more']}").json()
    assert [image["name"] for image in rest["images"]] == [str(n) for n in range(5, -1, -1)]
    assert rest["more"] is None

    (found,) = client.get(f"{IMAGES}choose/?q=number+17").json()["images"]
    assert (found["url"], found["alt"], found["credit"]) == ("/17.png", "Number 17", "Lan")


@pytest.mark.parametrize("query", ["?below=x", "?below=99999999999999999999", "?q=%00", "?q=" + "x" * 5000])
def test_a_hostile_question_is_answered(author: User, query: str) -> None:
    assert signed_in(author).get(f"{IMAGES}choose/{query}").json()["images"] == []


def test_a_picture_that_the_policy_keeps_from_browsers_is_not_shown(editor: User) -> None:
    write_post(cover="https://evil.example/x.png")
    client = signed_in(editor)

    assert 'src="https://evil.example' not in client.get(IMAGES).content.decode()
    assert client.get(f"{IMAGES}choose/").json()["images"][0]["thumbnail"] == ""
    assert 'src="https://evil.example' not in client.get(change(Image.objects.get())).content.decode()


def test_an_author_uploads_and_chooses_but_changes_nothing(author: User, editor: User, media: Path) -> None:
    client, image = signed_in(author), stored(editor)
    answer = client.post(
        f"{IMAGES}upload/", {"images": [upload("b.png", 32, 32)]}, headers={"Accept": "application/json"}
    )
    assert answer.json()["images"][0]["name"] == "b"
    client.post(change(image), facts(title="Mine", replacement=upload("c.png", 30, 30)))

    image.refresh_from_db()
    assert image.title == ""
    assert size_of(media, image.address) == (640, 360)
