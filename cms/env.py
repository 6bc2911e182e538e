"""Settings from the environment: a value that cannot be used stops the start with one line that names its variable."""

import os
import re
import secrets
from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environ import Env

_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_DATABASES = ("postgres", "postgresql", "sqlite")
_CACHES = ("redis", "rediss", "unix")
_HOST = re.compile(r"(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?")
_PUBLIC_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?")  # with its port
_HOST_PATTERN = re.compile(r"\*|\.?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\]")  # Django's
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


class UnusableVariable(SystemExit):
    """Ends the process with exit status 1 and one line on standard error."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


def text(name: str, default: str = "") -> str:
    """The variable as it stands; an empty one counts as unset."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """True for `1`, `true`, `yes`, `on`, False for their opposites and when unset."""
    value = text(name, "0")
    if value.lower() not in _FLAGS:
        raise UnusableVariable(name, f"{value!r} is neither on nor off; use 1 or 0")
    return _FLAGS[value.lower()]


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list, blanks around its items dropped."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def hosts(name: str, default: list[str]) -> list[str]:
    """A comma-separated list of host names: `example.org`, `.example.org` with all below it, or `*`."""
    found = words(name, default)
    if wrong := next((host for host in found if not _HOST_PATTERN.fullmatch(host)), None):
        problem = f"{wrong!r} is not a host name; write example.org, without scheme and port, separated by commas"
        raise UnusableVariable(name, problem)
    return found


def origin(name: str, default: str) -> str:
    """A scheme and host such as `https://example.org`, given back without a final slash."""
    return _origin(name, text(name, default))


def origins(name: str) -> list[str]:
    """A comma-separated list of schemes and hosts, of which one may be `https://*.example.org`."""
    return [_origin(name, word, subdomains="*.") for word in words(name, [])]


def _origin(name: str, value: str, *, subdomains: str = "") -> str:
    scheme, _, host = value.rstrip("/").partition("://")
    is_web = scheme.lower() in {"http", "https"}
    if not (is_web and _PUBLIC_HOST.fullmatch(host.removeprefix(subdomains)) and _has_port(f"//{host}")):
        raise UnusableVariable(name, f"{value!r} is not the address of a site; write it as https://example.org")
    return f"{scheme.lower()}://{host}"


def _has_port(url: str) -> bool:
    """Whether the URL's port is one, where it names any."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def mail_address(name: str, default: str) -> str:
    """One e-mail address. The default is taken as it is: to check one takes each process 40 ms."""
    value = text(name)
    return _mail_address(name, value) if value else default


def mail_addresses(name: str, default: list[str]) -> list[str]:
    """A comma-separated list of e-mail addresses."""
    return [_mail_address(name, word) for word in words(name, [])] or default


def _mail_address(name: str, value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise UnusableVariable(name, f"{value!r} is not an e-mail address; write it as team@example.org") from None
    return value


def networks(name: str, default: list[str]) -> list[IPv4Network | IPv6Network]:
    """A comma-separated list of IP addresses and networks such as `10.0.0.0/8`."""
    try:
        return [ip_network(word) for word in words(name, default)]
    except ValueError as error:
        raise UnusableVariable(name, f"{error}; write networks as 10.0.0.0/8, separated by commas") from None


def positive_number(name: str, default: int) -> int:
    """A whole number from 1 to 999999."""
    value = text(name, str(default))
    if not re.fullmatch("[1-9][0-9]{0,5}", value):
        raise UnusableVariable(name, f"{value!r} is not a whole number from 1 to 999999")
    return int(value)


def webhook(name: str) -> str:
    """An `https` URL, or an `http` one on this machine; empty when unset."""
    url = text(name)
    try:
        parts = urlsplit(url)
        scheme, host, _ = parts.scheme, parts.hostname, parts.port
    except ValueError:  # a port that is no number, an address without its bracket
        scheme, host = "", None
    if url and not (host and (scheme == "https" or (scheme == "http" and host in _LOOPBACK))):
        raise UnusableVariable(name, "not an https:// URL; write it as https://crm.example.org/enquiries")
    return url


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """One of these words."""
    value = text(name, default)
    if value not in choices:
        raise UnusableVariable(name, f"{value!r} is not one of {', '.join(choices)}")
    return value


def image_hosts(name: str) -> list[str]:
    """The origins of a comma-separated list of hosts such as `images.example.org` or `*.example.org`."""
    hosts = [word.removeprefix("https://").rstrip("/") for word in words(name, [])]
    if wrong := next((host for host in hosts if not _HOST.fullmatch(host)), None):
        raise UnusableVariable(name, f"{wrong!r} is not a host name; write images.example.org, separated by commas")
    return [f"https://{host}" for host in hosts]


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for one database, from a URL such as `postgres://user:password@host/name`."""
    url = text(name, default)
    if url.partition(":")[0] not in _DATABASES:
        raise UnusableVariable(name, "not a database URL; write it as postgres://user:password@host/name")
    try:
        said = dict(Env.db_url_config(url))
    except ValueError as error:  # a port that is no number, an address without its bracket
        raise UnusableVariable(name, str(error)) from None
    if not (said["NAME"] or said.get("OPTIONS")):  # PostgreSQL's `?service=` names one elsewhere
        raise UnusableVariable(name, "names no database; write it as postgres://user:password@host/name")
    return said


def cache(name: str) -> str:
    """The URL of a Redis server; empty when unset."""
    url = text(name)
    if url and (url.partition("://")[0] not in _CACHES or not _has_port(url)):
        raise UnusableVariable(name, "not a Redis URL; write it as redis://host:6379/0")
    return url


def email(name: str) -> dict[str, Any]:
    """Django's `EMAIL_…` settings from a URL such as `smtp+tls://user:password@host`; mail to the console when unset."""
    url = text(name)
    try:
        settings = Env.email_url_config(url or "consolemail:")
    except (ImproperlyConfigured, ValueError):
        settings = {}
    scheme = url.partition(":")[0]
    if not settings or (scheme in _MAIL_PORTS and not settings["EMAIL_HOST"]):
        raise UnusableVariable(name, "not a mail URL; write it as smtp+tls://user:password@host:587")
    port = settings["EMAIL_PORT"] or _MAIL_PORTS.get(scheme)
    return {key: value for key, value in (settings | {"EMAIL_PORT": port}).items() if value is not None}


def folder(name: str, default: Path) -> Path:
    """A folder that this process can write to; made when it is missing."""
    path = Path(text(name) or default).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableVariable(name, f"the folder {path} cannot be created: {error.strerror}") from None
    if not os.access(path, os.W_OK):
        raise UnusableVariable(name, f"the folder {path} cannot be written to")
    return path


def secret(name: str, file: Path) -> str:
    """The variable, else a key that is made once and kept in `file`, readable by its owner alone."""
    if given := text(name):
        return given
    try:
        # O_EXCL: of several workers that start at once, one makes the key and the others read it.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(name, file)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(50))
    return file.read_text()


def _kept_secret(name: str, file: Path) -> str:
    kept = file.read_text().strip()
    if not kept:
        raise UnusableVariable(name, f"unset, and the key file {file} is empty; delete it to get a new key")
    return kept
