"""`manage.py`, as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

GONE = "postgres://team:pa55word@127.0.0.1:1/site"


def environment(**said: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**inherited, "DJANGO_SETTINGS_MODULE": "cms.settings", **said}


@pytest.mark.parametrize(
    ("command", "database", "status", "mend"),
    [
        (["rerender"], "", 1, "manage.py migrate"),
        (["verify_audit"], "", 1, "manage.py migrate"),
        (["seed_demo"], "", 1, "manage.py migrate"),
        (["send_enquiries"], "", 1, "manage.py migrate"),
        (["migrate"], GONE, 1, "DATABASE_URL"),
        (["rerender"], GONE, 1, "DATABASE_URL"),
        (["import_markdown", "fixtures"], GONE, 2, "DATABASE_URL"),
        (["export_markdown", "/dev/null/x", "--check"], GONE, 2, "DATABASE_URL"),
    ],
)
def test_a_database_without_tables_or_out_of_reach_is_told_of_in_one_line(
    tmp_path: Path, command: list[str], database: str, status: int, mend: str
) -> None:
    run = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment(VAR_DIR=str(tmp_path), DATABASE_URL=database),
        capture_output=True,
        text=True,
    )

    assert run.returncode == status
    assert mend in run.stderr
    assert "pa55word" not in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_who_reads_only_the_beginning_of_a_report_sees_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](https://example.org/?utm_source=y)\n" * 2000)
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        run = subprocess.run(
            [sys.executable, "manage.py", "import_markdown", "--check", str(tmp_path)],
            cwd=settings.BASE_DIR,
            env=environment(VAR_DIR=str(tmp_path / "var")),
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
        )

    assert (run.returncode, run.stderr) == (141, "")
