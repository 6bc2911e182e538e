"""Folders as they lie on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path


def own_files(folder: Path) -> Iterator[Path]:
    """The files in the folder and below it, without those in hidden folders and in `node_modules`, which are no text's."""
    for here, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each != "node_modules" and not each.startswith(".")]
        yield from (Path(here, name) for name in names)
