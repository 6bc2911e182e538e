"""`manage.py`, as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.parametrize("command", ["rerender", "verify_audit", "seed_demo", "send_enquiries"])
def test_a_database_without_tables_is_told_of_in_one_line(tmp_path: Path, command: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=settings.BASE_DIR,
        env={**environment, "DJANGO_SETTINGS_MODULE": "cms.settings", "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert run.returncode == 1
    assert "manage.py migrate" in run.stderr
    assert len(run.stderr.splitlines()) == 1
