"""Settings from the environment."""

import os
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import pytest

from cms import env

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (lambda name: env.flag(name), "perhaps"),
        (lambda name: env.origin(name, "http://x"), "example.org"),
        (lambda name: env.origin(name, "http://x"), "ftp://example.org"),
        (lambda name: env.origin(name, "http://x"), "https"),
        (lambda name: env.origin(name, "http://x"), "https://example.org:0"),
        (lambda name: env.origin(name, "http://x"), "https://example.org/blog"),
        (lambda name: env.origin(name, "http://x"), "http://[::1"),
        (lambda name: env.origin(name, "http://x"), "https://example.org:port"),
        (lambda name: env.origin(name, "http://x"), "https://example.org:99999"),
        (lambda name: env.origin(name, "http://x"), "https://exa mple.org"),
        (lambda name: env.origin(name, "http://x"), "https://example.org\nX: y"),
        (lambda name: env.origin(name, "http://x"), "https://team:password@example.org"),
        (lambda name: env.origin(name, "http://x"), "https://example.org#top"),
        (lambda name: env.origin(name, "http://x"), "https://*.example.org"),
        (lambda name: env.origins(name), "https://example.org, example.net"),
        (lambda name: env.origins(name), "https://example.org/path"),
        (lambda name: env.hosts(name, []), "https://example.org"),
        (lambda name: env.hosts(name, []), "example.org:8000"),
        (lambda name: env.hosts(name, []), "example.org example.net"),
        (lambda name: env.database(name, "sqlite://"), "nonsense"),
        (lambda name: env.database(name, "sqlite://"), "ftp://host/name"),
        (lambda name: env.database(name, "sqlite://"), "mysql://host/name"),
        (lambda name: env.database(name, "sqlite://"), "postgres://host:port/name"),
        (lambda name: env.database(name, "sqlite://"), "postgres://host"),
        (lambda name: env.cache(name), "localhost:6379"),
        (lambda name: env.cache(name), "redis://host:port/0"),
        (lambda name: env.choice(name, "en", ["en", "vi"]), "fr"),
        (lambda name: env.image_hosts(name), "images.example.org; script-src *"),
        (lambda name: env.email(name), "nonsense"),
        (lambda name: env.email(name), "smtp://host:port"),
        (lambda name: env.email(name), "smtp+tls://"),
        (lambda name: env.mail_address(name, "x@example.org"), "team"),
        (lambda name: env.mail_addresses(name, []), "a@example.org, b"),
        (lambda name: env.networks(name, []), "10.0.0.0/8, proxy"),
        (lambda name: env.networks(name, []), "10.0.0.1/8"),
        (lambda name: env.positive_number(name, 1), "0"),
        (lambda name: env.positive_number(name, 1), "-1"),
        (lambda name: env.positive_number(name, 1), "1000000"),
        (lambda name: env.positive_number(name, 1), "two"),
        (lambda name: env.positive_number(name, 1), "²"),
        (lambda name: env.positive_number(name, 1), "9" * 5000),
        (lambda name: env.webhook(name), "http://crm.example.org/"),
        (lambda name: env.webhook(name), "https://"),
        (lambda name: env.webhook(name), "ftp://127.0.0.1/"),
        (lambda name: env.webhook(name), "https://host:port/"),
        (lambda name: env.webhook(name), "file:///etc/passwd"),
        (lambda name: env.folder(name, Path()), "/dev/null/folder"),
    ],
)
def test_a_value_that_cannot_be_used_is_one_line_that_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, reader: object, value: str
) -> None:
    monkeypatch.setenv("SOME_SETTING", value)

    with pytest.raises(env.UnusableVariable) as refused:
        reader("SOME_SETTING")  # type: ignore[operator]
    line = str(refused.value)
    assert line.startswith("SOME_SETTING: ")
    assert "\n" not in line


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SETTING", "")

    assert env.words("SOME_SETTING", ["default"]) == ["default"]
    assert env.flag("SOME_SETTING") is False


@pytest.mark.parametrize(("written", "on"), [("TRUE", True), (" on ", True), ("1", True), ("Off", False), ("0", False)])
def test_a_flag_is_on_or_off_in_any_case(monkeypatch: pytest.MonkeyPatch, written: str, *, on: bool) -> None:
    monkeypatch.setenv("SOME_SETTING", written)

    assert env.flag("SOME_SETTING") is on


def test_a_value_that_can_be_used_is_taken_and_a_default_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(reader: Callable[[str], object], value: str) -> object:
        monkeypatch.setenv("SOME_SETTING", value)
        return reader("SOME_SETTING")

    def language(name: str) -> str:
        return env.choice(name, "en", ["en", "vi"])

    def address(name: str) -> str:
        return env.mail_address(name, "as it is")

    assert (read(language, "vi"), read(language, "")) == ("vi", "en")
    assert (read(address, "a@x.org"), read(address, "")) == ("a@x.org", "as it is")
    assert (read(env.cache, "rediss://cache.example.org:6379/0"), read(env.cache, "")) == (
        "rediss://cache.example.org:6379/0",
        "",
    )
    assert read(lambda name: env.positive_number(name, 1), "999999") == 999_999
    assert read(lambda name: env.folder(name, tmp_path / "default"), "") == tmp_path / "default"
    assert read(lambda name: env.folder(name, tmp_path), str(tmp_path / "a" / "b")) == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()
    assert read(lambda name: env.folder(name, tmp_path), str(tmp_path / "a" / "b")) == tmp_path / "a" / "b"


def test_a_folder_that_cannot_be_had_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(env.UnusableVariable, match="file/folder cannot be created: Not a directory"):
        env.folder("SOME_SETTING", tmp_path / "file" / "folder")

    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # nothing is shut to root
    with pytest.raises(env.UnusableVariable, match="cannot be written to"):
        env.folder("SOME_SETTING", tmp_path)


def test_hosts_of_images_are_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SETTING", "images.example.org, https://*.example.net/")

    assert env.image_hosts("SOME_SETTING") == ["https://images.example.org", "https://*.example.net"]


def test_lists_and_addresses_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SETTING", " a.org, , b.org ,")
    assert env.words("SOME_SETTING", []) == ["a.org", "b.org"]

    monkeypatch.setenv("SOME_SETTING", "https://example.org/")
    assert env.origin("SOME_SETTING", "") == "https://example.org"

    monkeypatch.setenv("SOME_SETTING", "HTTPS://[::1]:8443")
    assert env.origin("SOME_SETTING", "") == "https://[::1]:8443"

    monkeypatch.setenv("SOME_SETTING", "https://*.example.org, http://127.0.0.1:8000/")
    assert env.origins("SOME_SETTING") == ["https://*.example.org", "http://127.0.0.1:8000"]

    monkeypatch.setenv("SOME_SETTING", "example.org,.example.net,[::1],*")
    assert env.hosts("SOME_SETTING", []) == ["example.org", ".example.net", "[::1]", "*"]


def test_what_enquiries_need_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(reader: Callable[[str], object], value: str) -> object:
        monkeypatch.setenv("SOME_SETTING", value)
        return reader("SOME_SETTING")

    assert read(lambda name: env.mail_addresses(name, []), "a@x.org, b@x.org") == ["a@x.org", "b@x.org"]
    assert read(lambda name: env.mail_addresses(name, ["team@x.org"]), "") == ["team@x.org"]
    assert read(lambda name: env.networks(name, ["::1"]), "") == [ip_network("::1")]
    assert read(lambda name: env.positive_number(name, 1), "30") == 30
    assert read(env.webhook, "") == ""
    for url in ("https://crm.example.org/x?y=1", "http://127.0.0.1:8001/", "http://[::1]/"):
        assert read(env.webhook, url) == url


def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "key"
    made = env.secret("SOME_SETTING", file)

    assert len(made) > 50
    assert env.secret("SOME_SETTING", file) == made
    assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SOME_SETTING", "given")
    assert env.secret("SOME_SETTING", file) == "given"


@pytest.mark.parametrize("kept", ["", " \n"])
def test_an_empty_kept_secret_is_never_used(tmp_path: Path, kept: str) -> None:
    file = tmp_path / "key"
    file.write_text(kept)

    with pytest.raises(env.UnusableVariable, match="is empty; delete it"):
        env.secret("SOME_SETTING", file)
    assert "SOME_SETTING" not in os.environ


def test_a_mail_url_has_its_own_port_or_the_usual_one_of_its_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.email("SOME_SETTING") == {
        "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend",
        "EMAIL_FILE_PATH": "",
    }

    monkeypatch.setenv("SOME_SETTING", "smtp+tls://team:p%40ss@mail.example.org")
    said = env.email("SOME_SETTING")
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"], said["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("team", "p@ss")
    monkeypatch.setenv("SOME_SETTING", "smtp+tls://mail.example.org:2525")
    assert env.email("SOME_SETTING")["EMAIL_PORT"] == 2525


def test_a_database_url_may_name_a_host_a_socket_or_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(url: str) -> dict[str, object]:
        monkeypatch.setenv("SOME_SETTING", url)
        return env.database("SOME_SETTING", "")

    host = read("postgresql://team:p%40ss@db.example.org:5433/site")
    socket = read("postgres://team@//run/postgresql/site")
    file = read("sqlite:////srv/site/db.sqlite3")
    service = read("postgres:///?service=site")

    assert (host["HOST"], host["PORT"], host["NAME"], host["PASSWORD"]) == ("db.example.org", 5433, "site", "p@ss")
    assert (socket["HOST"], socket["NAME"], socket["USER"]) == ("/run/postgresql", "site", "team")
    assert (file["ENGINE"], file["NAME"]) == ("django.db.backends.sqlite3", "/srv/site/db.sqlite3")
    assert service["OPTIONS"] == {"service": "site"}
