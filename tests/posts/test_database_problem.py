"""What a person reads where a command cannot use the database."""

import sqlite3
from pathlib import Path

import pytest
from django.db.utils import OperationalError

from posts.management.database_problem import database_problem

pytestmark = pytest.mark.pure


def refused_by_sqlite(file: Path) -> str:
    """What SQLite says where there is no room to write."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        connection.execute("CREATE TABLE texts (text)")
        with pytest.raises(sqlite3.OperationalError) as refused:
            connection.execute("INSERT INTO texts VALUES (?)", ["x" * 100_000])
    connection.close()
    return str(refused.value)


def test_a_full_disk_is_told_of_with_its_own_mend(tmp_path: Path) -> None:
    by_postgresql = 'could not extend file "base/1": No space left on device\nHINT:  Check free disk space.\n'
    for said in (refused_by_sqlite(tmp_path / "db.sqlite3"), by_postgresql):
        problem = database_problem(OperationalError(said))

        assert problem.startswith("the database cannot be written (")
        assert problem.endswith("; free some disk space and try again")
        assert "\n" not in problem


def test_a_database_without_its_tables_is_to_be_migrated() -> None:
    assert database_problem(OperationalError("no such table: posts_post")).endswith("; run `manage.py migrate` first")


@pytest.mark.parametrize("said", ["database is locked", "canceling statement due to lock timeout"])
def test_a_locked_database_is_busy(said: str) -> None:
    assert "try again later" in database_problem(OperationalError(said))


def test_an_error_of_the_disk_sends_to_the_disk() -> None:
    problem = database_problem(OperationalError("disk I/O error"))
    assert problem == "the database cannot be used (disk I/O error); look at the disk: it may be full"
