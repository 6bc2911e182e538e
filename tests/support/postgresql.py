"""A PostgreSQL cluster for one test session: on a Unix socket in a scratch folder, stopped when the session ends."""

import atexit
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

DEBIAN_BINARIES = Path("/usr/lib/postgresql")


def is_installed() -> bool:
    """Whether this machine has the server's programs."""
    return _program("initdb") is not None


def start(scratch: Path, *, durable: bool = False) -> str:
    """Starts a cluster below `scratch` and returns its database URL; `durable` is what a real one is, and slower."""
    folder = scratch / "postgresql"
    folder.mkdir()
    if os.geteuid() == 0:
        # The server refuses to run as root, and its user must be able to reach its folder.
        shutil.chown(folder, "postgres")
        scratch.chmod(0o711)
    data = folder / "data"
    _run("initdb", "--pgdata", data, "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    if not durable:
        options += " -c fsync=off -c full_page_writes=off"
    _run("pg_ctl", "--pgdata", data, "--options", options, "--log", folder / "log", "--wait", "start")
    atexit.register(_run, "pg_ctl", "--pgdata", data, "--mode=immediate", "stop")
    return f"postgres://postgres@/{quote(str(folder))}/postgres"


def _program(name: str) -> str | None:
    found = sorted(DEBIAN_BINARIES.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


def _run(name: str, *arguments: str | Path) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_postgres, str(_program(name)), *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/")
