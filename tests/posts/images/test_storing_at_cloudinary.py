import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from pytest_django import Settings

from posts.images import ImageError, cloudinary, configuration_problem, delete, find, replace, store
from tests.posts.images.pictures import animation, drawing, encoded, exif
from tests.support.cloudinary import Cloudinary, Fault

pytestmark = pytest.mark.usefixtures("media")


def test_a_stored_picture_has_a_delivery_url_that_tells_its_size(stand_in: Cloudinary) -> None:
    url = store(encoded(drawing(640, 360)), name="Market Map.JPG")
    assert url.startswith("https://res.cloudinary.com/demo/image/upload/v1700000000/market-map-")
    assert url.endswith("-640x360.jpg")
    assert find(url).size == (640, 360)


def test_a_stored_picture_is_delivered_in_every_size(stand_in: Cloudinary) -> None:
    url = store(encoded(drawing(1000, 500), "PNG"), name="x.png")
    (asset,) = stand_in.assets.values()
    for candidate in find(url).srcset().split(", "):
        address = candidate.split()[0].replace("https://res.cloudinary.com", stand_in.origin)
        with urlopen(address) as response:
            assert response.read() == asset.data
    assert len(stand_in.delivered) == 3


def test_nothing_is_written_to_local_storage(stand_in: Cloudinary, tmp_path: Path) -> None:
    store(encoded(drawing()), name="x.jpg")
    assert not list(tmp_path.iterdir())


def test_what_is_uploaded_tells_neither_place_nor_maker(stand_in: Cloudinary) -> None:
    store(encoded(drawing(), exif=exif()), name="x.jpg")
    (asset,) = stand_in.assets.values()
    assert b"TELLTALE" not in asset.data


def test_an_animation_is_uploaded_whole(stand_in: Cloudinary) -> None:
    assert find(store(animation("GIF"), name="loop.gif")).size == (120, 80)
    (asset,) = stand_in.assets.values()
    assert asset.format == "gif"


def test_the_same_picture_stored_twice_is_one_asset(stand_in: Cloudinary) -> None:
    assert store(encoded(drawing()), name="x.jpg") == store(encoded(drawing()), name="x.jpg")
    (asset,) = stand_in.assets.values()
    assert asset.fields["overwrite"] == "0"


def test_a_replaced_picture_keeps_its_address_and_copies_of_the_old_one_go(stand_in: Cloudinary) -> None:
    url = store(encoded(drawing()), name="x.jpg")
    replace(url, encoded(drawing(300, 200), "PNG"))
    (asset,) = stand_in.assets.values()

    assert asset.public_id in url
    assert asset.data.startswith(b"\x89PNG")
    assert (asset.fields["overwrite"], asset.fields["invalidate"]) == ("1", "1")


def test_a_deleted_picture_is_gone(stand_in: Cloudinary) -> None:
    url = store(encoded(drawing()), name="x.jpg")
    kept = store(encoded(drawing(300, 200)), name="y.jpg")
    delete(url)

    assert [asset.public_id in kept for asset in stand_in.assets.values()] == [True]
    delete(url)  # gone already: nothing to complain of


def test_a_picture_of_another_account_is_left_alone(stand_in: Cloudinary) -> None:
    stand_in.close()
    delete("https://res.cloudinary.com/elsewhere/image/upload/v1/x.jpg")  # else it would say that nobody answers


def test_a_deletion_that_fails_is_said_in_our_words(stand_in: Cloudinary) -> None:
    url = store(encoded(drawing()), name="x.jpg")
    stand_in.fault = Fault.FAIL

    with pytest.raises(ImageError, match="Cloudinary has a failure of its own"):
        delete(url)
    assert stand_in.assets


def test_the_environment_has_no_say_in_an_upload(stand_in: Cloudinary, monkeypatch: pytest.MonkeyPatch) -> None:
    import cloudinary as sdk

    for name, value in {"oauth_token": "x", "api_key": "x", "signature_algorithm": "sha256"}.items():
        monkeypatch.setitem(sdk.config().__dict__, name, value)
    assert store(encoded(drawing()), name="x.jpg")


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (Fault.REFUSE, "Cloudinary refused the picture: Image is too odd."),
        (Fault.UNAUTHORIZED, "Cloudinary does not accept the credentials in CLOUDINARY_URL."),
        (Fault.FAIL, "Cloudinary has a failure of its own."),
        (Fault.DROP, "Cloudinary could not be reached."),
        (Fault.RUBBISH, "Cloudinary gave an answer that makes no sense."),
        (Fault.NUMBER, "Cloudinary gave an answer that makes no sense."),
        (Fault.FORGETFUL, "Cloudinary gave an answer that makes no sense."),
        (Fault.INSECURE, "Cloudinary gave an answer that makes no sense."),
    ],
)
def test_whatever_goes_wrong_is_said_in_our_words(fault: Fault, problem: str, stand_in: Cloudinary) -> None:
    stand_in.fault = fault
    with pytest.raises(ImageError) as failed:
        store(encoded(drawing()), name="x.jpg")
    assert failed.value.problem == problem
    assert stand_in.api_secret not in str(failed.value)


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.TRICKLE])
def test_an_upload_ends_in_time_however_cloudinary_dawdles(
    fault: Fault, stand_in: Cloudinary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloudinary, "TIMEOUT_SECONDS", 1.5)
    stand_in.fault = fault
    with pytest.raises(ImageError, match=r"^Cloudinary did not answer within 1\.5 seconds\. Try again"):
        store(encoded(drawing()), name="x.jpg")


def test_a_refused_connection_is_said_in_our_words(stand_in: Cloudinary) -> None:
    stand_in.close()
    with pytest.raises(ImageError, match=r"^Cloudinary could not be reached\."):
        store(encoded(drawing()), name="x.jpg")


@pytest.mark.parametrize(("ours", "theirs"), [("s3cret", "other"), ("1234:", "5678:"), ("@demo", "@acme")])
def test_wrong_credentials_are_said_to_be_wrong(
    ours: str, theirs: str, stand_in: Cloudinary, settings: Settings
) -> None:
    settings.CLOUDINARY_URL = stand_in.url.replace(ours, theirs)
    with pytest.raises(ImageError, match=r"does not accept the credentials in CLOUDINARY_URL\. Ask whoever runs"):
        store(encoded(drawing()), name="x.jpg")


def test_an_unusable_setting_is_said_to_be_so(settings: Settings) -> None:
    settings.CLOUDINARY_URL = "cloudinary://nonsense"
    with pytest.raises(ImageError, match="CLOUDINARY_URL names no cloud"):
        store(encoded(drawing()), name="x.jpg")


@pytest.mark.parametrize("url", ["", "cloudinary://1:a-B_c@demo", "cloudinary://1:a@demo/cdn.acme.com?secure=true"])
def test_a_usable_setting_has_no_problem(url: str) -> None:
    assert configuration_problem(url) is None


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("CLOUDINARY_URL=cloudinary://1:hush@demo", "does not begin with cloudinary://."),
        ("https://1:hush@demo", "does not begin with cloudinary://."),
        ("cloudinary://<your_api_key>:hush@demo", "still has a placeholder where the key or the secret belongs."),
        ("cloudinary://1:**********@demo", "still has a placeholder where the key or the secret belongs."),
        ("cloudinary://1:hush", "names no cloud after an @."),
        ("cloudinary://1:hush@", "names no cloud after an @."),
        ("cloudinary://hush@demo", "lacks the key or the secret."),
        ("cloudinary://:hush@demo", "lacks the key or the secret."),
        ("cloudinary://1:hush hush@demo", "has a character that no key, secret or cloud name has."),
        ("cloudinary://1:hush@demo?upload_prefix=ftp://x", "has an upload_prefix that is no web address."),
    ],
)
def test_an_unusable_setting_has_one_line_without_the_secret(url: str, problem: str) -> None:
    told = configuration_problem(url)
    assert told is not None
    assert told.startswith(f"CLOUDINARY_URL {problem} ")
    assert "hush" not in told
    assert "\n" not in told


def test_the_secret_is_not_in_what_debuggers_show() -> None:
    assert "hush" not in repr(cloudinary.account("cloudinary://1:hush@demo"))


PROGRAM = """
import sys
from io import BytesIO
from django.conf import settings

settings.configure(CLOUDINARY_URL="cloudinary://1:a@demo?upload_prefix=http://127.0.0.1:9")
from posts.images import ImageError, find, store

find("https://res.cloudinary.com/demo/image/upload/a.jpg").srcset()
assert "cloudinary" not in sys.modules
try:
    store(BytesIO(sys.stdin.buffer.read()), name="x.png")
except ImageError as error:
    sys.exit(str(error))
"""


def test_a_malformed_environment_stops_the_upload_and_not_the_site() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=encoded(drawing(9, 9), "PNG").getvalue(),
        env={**os.environ, "CLOUDINARY_URL": "nonsense"},
        capture_output=True,
        check=False,
    )
    assert ran.stderr.decode().strip() == (
        "CLOUDINARY_URL in the server's environment cannot be used. Correct or remove it."
    )
