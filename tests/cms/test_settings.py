"""Django's settings as the environment makes them."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cms import env

pytestmark = pytest.mark.pure

SETTINGS = Path(env.__file__).with_name("settings.py")

Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """The settings with these variables set, on a folder of their own."""

    def run(**variables: str) -> dict[str, Any]:
        for name, value in {"VAR_DIR": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return run


def test_with_nothing_set_the_site_is_local_and_safe(read: Read, tmp_path: Path) -> None:
    made = read()

    assert not made["DEBUG"]
    assert made["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert Path(made["DATABASES"]["default"]["NAME"]) == tmp_path / "db.sqlite3"
    assert made["SECRET_KEY"] == (tmp_path / "secret_key").read_text()
    assert made["EMAIL_BACKEND"].endswith("console.EmailBackend")
    assert made["CACHES"]["default"]["BACKEND"].endswith("LocMemCache")
    assert not made["TWO_FACTOR_REQUIRED"]


@pytest.mark.parametrize("is_https", [True, False])
def test_cookies_and_browsers_keep_to_https_where_the_site_is_there(read: Read, *, is_https: bool) -> None:
    made = read(SITE_URL=f"http{'s' * is_https}://example.org")

    assert (made["SESSION_COOKIE_SECURE"], made["CSRF_COOKIE_SECURE"]) == (is_https, is_https)
    assert made["SECURE_HSTS_SECONDS"] == (365 * 24 * 3600 if is_https else 0)
    assert made["SECURE_PROXY_SSL_HEADER"] == (("HTTP_X_FORWARDED_PROTO", "https") if is_https else None)


def test_enquiries_reach_the_address_that_the_site_shows_unless_others_are_given(read: Read) -> None:
    assert read(CONTACT_EMAIL="team@example.org")["ENQUIRY_RECIPIENTS"] == ["team@example.org"]
    assert read(ENQUIRY_RECIPIENTS="a@example.org, b@example.org")["ENQUIRY_RECIPIENTS"] == [
        "a@example.org",
        "b@example.org",
    ]


def test_pictures_may_come_from_the_hosts_that_are_named(read: Read) -> None:
    directives = read(IMAGE_HOSTS="images.example.org")["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert "https://images.example.org" in directives["img-src"]
    assert "https://images.example.org" not in directives["default-src"]


def test_what_several_workers_share_is_where_the_variables_say(read: Read) -> None:
    made = read(DATABASE_URL="postgres://team@db.example.org/site", REDIS_URL="redis://cache.example.org/1")

    assert made["DATABASES"]["default"]["HOST"] == "db.example.org"
    assert "OPTIONS" not in made["DATABASES"]["default"]
    assert made["DATABASES"]["default"]["CONN_MAX_AGE"] == 60
    assert made["DATABASES"]["default"]["CONN_HEALTH_CHECKS"]
    assert made["CACHES"]["default"]["LOCATION"] == "redis://cache.example.org/1"


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        ("ENQUIRY_WEBHOOK_SECRET", {"ENQUIRY_WEBHOOK_URL": "https://crm.example.org/"}),
        ("CLOUDINARY_URL", {"CLOUDINARY_URL": "https://example.org/"}),
        ("SITE_LANGUAGE", {"SITE_LANGUAGE": "fr"}),
    ],
)
def test_settings_that_do_not_fit_together_stop_the_start(read: Read, name: str, variables: dict[str, str]) -> None:
    with pytest.raises(env.UnusableVariable, match=f"^{name}: "):
        read(**variables)


def test_a_webhook_with_its_secret_is_taken(read: Read) -> None:
    made = read(ENQUIRY_WEBHOOK_URL="https://crm.example.org/", ENQUIRY_WEBHOOK_SECRET="shared")

    assert (made["ENQUIRY_WEBHOOK_URL"], made["ENQUIRY_WEBHOOK_SECRET"]) == ("https://crm.example.org/", "shared")
