"""Settings from the environment: a value that cannot be used stops the start with one line that names its variable."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from environs import Env, EnvError

env = Env()
Value = TypeVar("Value")


class UnusableVariable(SystemExit):
    """Ends the process with exit status 1 and one line on standard error."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


def read(name: str, reader: Callable[..., Value], default: Any) -> Value:
    """The variable as `reader` (one of environs') makes it; an empty variable counts as unset."""
    if not os.environ.get(name):
        os.environ.pop(name, None)
    try:
        return reader(name, default)
    except (EnvError, ValueError) as error:
        raise UnusableVariable(name, " ".join(str(error).split())) from None


def flag(name: str) -> bool:
    """True for `1`, `true`, `yes`, `on`; False when unset."""
    return read(name, env.bool, False)


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list, blanks around its items dropped."""
    return [word.strip() for word in read(name, env.list, default) if word.strip()]


def origin(name: str, default: str) -> str:
    """A scheme and host such as `https://example.org`, given back without a final slash."""
    value = read(name, env.str, default).rstrip("/")
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise UnusableVariable(name, f"{value!r} is not a site's address; write it as https://example.org")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for one database, from a URL such as `postgres://user:password@host/name`."""
    settings: dict[str, Any] = dict(read(name, env.dj_db_url, default))
    if not settings.get("ENGINE"):
        raise UnusableVariable(name, "not a database URL; write it as postgres://user:password@host/name")
    return settings


def email(name: str, default: str) -> dict[str, Any]:
    """Django's `EMAIL_…` settings from a URL such as `smtp+tls://user:password@host:587`."""
    settings: dict[str, Any] = dict(read(name, env.dj_email_url, default))
    if not settings.get("EMAIL_BACKEND"):
        raise UnusableVariable(name, "not a mail URL; write it as smtp+tls://user:password@host:587 or console:")
    return {key: value for key, value in settings.items() if value is not None}


def text(name: str) -> str:
    """The variable as it stands; empty when unset."""
    return read(name, env.str, "")


def folder(name: str, default: Path) -> Path:
    """A folder that this process can write to; made when it is missing."""
    path = read(name, env.path, default).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableVariable(name, f"the folder {path} cannot be made: {error.strerror}") from None
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
        raise UnusableVariable(name, f"unset, and the key kept in {file} is empty; delete that file to have a new one")
    return kept
