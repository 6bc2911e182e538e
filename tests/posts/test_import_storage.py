"""Pictures and files of a site that cannot be kept at the first try."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from posts.images import cloudinary
from posts.images.errors import SilentStorageError
from posts.importing import assets
from posts.models import Post
from tests.posts.images.pictures import drawing, encoded
from tests.support.cloudinary import Cloudinary, Fault
from tests.support.commands import import_markdown as run
from tests.support.writing import rewrite_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A page with a picture and a file beside it."""
    bundle = tmp_path / "content/posts/a"
    bundle.mkdir(parents=True)
    (bundle / "index.md").write_text("---\ntitle: A\n---\n\n![A map](map.png) and [a leaflet](leaflet.pdf)\n")
    (bundle / "map.png").write_bytes(encoded(drawing(), "PNG").getvalue())
    (bundle / "leaflet.pdf").write_bytes(b"%PDF-1.4")
    return tmp_path


@pytest.mark.parametrize("fault", [Fault.FAIL, Fault.DROP, Fault.UNAUTHORIZED, Fault.RUBBISH])
def test_the_next_import_brings_what_cloudinary_did_not_take(site: Path, stand_in: Cloudinary, fault: Fault) -> None:
    stand_in.fault = fault
    assert run(site)[1].count("MG109") == 2
    stand_in.fault = None

    printed = run(site)[1]
    assert "MG109" not in printed
    assert "1 updated" in printed
    assert Post.objects.get().html.count("https://res.cloudinary.com/demo/") >= 2
    assert "1 unchanged" in run(site)[1]


def test_an_import_does_not_wait_for_each_picture_while_cloudinary_is_silent(
    site: Path, stand_in: Cloudinary, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload, asked = cloudinary.upload, []

    def counted(*given: Any) -> str:
        asked.append(given)
        return upload(*given)

    monkeypatch.setattr(cloudinary, "upload", counted)
    texts = "".join(f"![A map](map{n}.png)\n" for n in range(5))
    (site / "content/posts/a/index.md").write_text(f"---\ntitle: A\n---\n\n{texts}")
    for n in range(5):
        (site / f"content/posts/a/map{n}.png").write_bytes(encoded(drawing(300 + n), "PNG").getvalue())
    stand_in.fault = Fault.DROP

    assert run(site)[1].count("was not taken over: Cloudinary could not be reached. Try again") == 5
    assert len(asked) == assets.Patience.MOST
    stand_in.fault = None
    assert "MG109" not in run(site)[1]
    assert len(stand_in.assets) == 5


def test_silence_is_asked_again_after_a_while(
    site: Path, stand_in: Cloudinary, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(assets, "monotonic", lambda: now[0])
    patience, picture = assets.Patience(), site / "content/posts/a/map.png"
    stand_in.fault = Fault.DROP
    for _ in range(assets.Patience.MOST):
        with pytest.raises(SilentStorageError):
            patience.store(picture)
    stand_in.fault = None

    with pytest.raises(SilentStorageError):
        patience.store(picture)
    now[0] += assets.Patience.REST_SECONDS
    assert patience.store(picture).startswith("https://res.cloudinary.com/")


def test_a_large_file_without_an_answer_stops_no_other(
    site: Path, stand_in: Cloudinary, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = assets.Patience()
    monkeypatch.setattr(assets.Patience, "SMALL_BYTES", 5)
    stand_in.fault = Fault.DROP
    for _ in range(assets.Patience.MOST + 1):
        with pytest.raises(SilentStorageError):
            patience.store(site / "content/posts/a/leaflet.pdf")
    stand_in.fault = None

    assert patience.store(site / "content/posts/a/leaflet.pdf").startswith("https://res.cloudinary.com/")


def test_the_next_import_brings_what_the_disk_did_not_take(site: Path, settings: Settings, tmp_path: Path) -> None:
    taken = tmp_path / "no-folder"
    taken.touch()
    media, settings.MEDIA_ROOT = settings.MEDIA_ROOT, taken / "media"
    assert run(site)[1].count("MG109") == 2
    settings.MEDIA_ROOT = media

    assert "1 updated" in run(site)[1]
    assert "/media/files/leaflet-" in Post.objects.get().html
    assert "1 unchanged" in run(site)[1]


def test_a_refused_picture_is_tried_again_once_it_is_another(site: Path) -> None:
    picture = site / "content/posts/a/map.png"
    sound = picture.read_bytes()
    picture.write_bytes(sound[: len(sound) // 2])
    assert "MG109 the picture map.png was not taken over" in run(site)[1]
    assert "1 unchanged" in run(site)[1]

    picture.write_bytes(sound)
    assert "1 updated" in run(site)[1]
    assert "/media/images/map-" in Post.objects.get().html


def test_a_post_that_was_edited_since_is_in_no_conflict_with_its_unchanged_file(
    site: Path, stand_in: Cloudinary
) -> None:
    stand_in.fault = Fault.FAIL
    run(site)
    rewrite_post(Post.objects.get(), title="Edited")
    stand_in.fault = None

    assert "1 unchanged" in run(site)[1]
    assert Post.objects.get().title == "Edited"
