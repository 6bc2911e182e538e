"""Files that appear whole or not at all."""

from pathlib import Path

import pytest

from posts import whole_files

pytestmark = pytest.mark.pure


def test_a_file_takes_the_place_of_the_one_before_in_folders_made_for_it(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / f"{'c' * 250}.md"
    for data in (b"One", b"Two"):
        whole_files.put(file, data, 0o604)

    assert file.read_bytes() == b"Two"
    assert file.stat().st_mode & 0o777 == 0o604
    assert list(file.parent.iterdir()) == [file]


def test_a_write_that_fails_leaves_what_was_there_and_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()

    with pytest.raises(OSError, match="directory"):
        whole_files.put(tmp_path / "a", b"One", 0o644)
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]
