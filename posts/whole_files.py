"""Files that appear whole or not at all, whatever stops the writing."""

import os
from pathlib import Path
from tempfile import mkstemp


def put(path: Path, data: bytes, mode: int) -> None:
    """Writes the file with these permissions, in the place of one that is there. Raises `OSError`, and leaves nothing then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=".", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        unfinished.chmod(mode)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
