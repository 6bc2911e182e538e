"""One file → what it makes or what is wrong with it: the part of an import that runs in worker processes."""

import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from posts.document import Document, DocumentError, Format
from posts.frontmatter import FrontMatterError
from posts.importing.walk import FoundFile
from posts.lint import Code, Diagnostic, Severity
from posts.projection import Projection, ProjectionError
from posts.rendering import RenderingError
from posts.site import project

MAX_FILE_BYTES = 20 * 1024 * 1024
FILES_A_TASK = 25
FILES_WORTH_A_POOL = 200  # below it, starting processes takes longer than the work
README = re.compile(r"(read[ _-]?me|licen[cs]e|changelog|contributing)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a projection, or the finding that kept it out, or neither if it is as it was."""

    file: FoundFile
    file_hash: str = ""
    projection: Projection | None = None
    finding: Diagnostic | None = None


class UnreadableFile(Exception):
    """`str()` says what is wrong and the mend."""


def read_all(files: Iterable[FoundFile], known_hashes: Mapping[FoundFile, str], *, workers: int) -> Iterator[Outcome]:
    """The outcome of each file, in the order given. Few of them are held at a time, however many files there are."""
    tasks = _tasks(files, known_hashes)
    if workers <= 1:
        for task in tasks:
            yield from _read_task(task)
        return
    # The workers only read and compute; forked ones start at once, and have no use for the connection they inherit.
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        waiting: list[Future[list[Outcome]]] = [pool.submit(_read_task, task) for task in islice(tasks, workers * 4)]
        while waiting:
            done = waiting.pop(0)
            yield from done.result()
            waiting.extend(pool.submit(_read_task, task) for task in islice(tasks, 1))


def read(file: FoundFile, known_hash: str = "") -> Outcome:
    """Parses, projects and renders one file, unless its bytes have this SHA-256. Raises nothing: bad input is a finding."""
    file_hash = ""
    try:
        data = _read_bytes(file.path)
        file_hash = sha256(data).hexdigest()
        if file_hash == known_hash:
            return Outcome(file, file_hash)
        document = Document.parse(data)
        if document.format is Format.NONE and README.match(file.path.stem):
            message = "left out, for it has no front matter and is named like notes on the folder"
            return Outcome(file, file_hash, finding=_finding(file, 1, 1, Code.NOT_A_POST, message, Severity.HINT))
        return Outcome(file, file_hash, project(document, file.source))
    except UnreadableFile as error:
        finding = _finding(file, 1, 1, Code.UNREADABLE_FILE, str(error))
    except DocumentError as error:
        finding = _finding(file, error.line, error.column, Code.UNREADABLE_FRONT_MATTER, str(error))
    except FrontMatterError as error:
        finding = _finding(file, error.line, error.column, Code.UNUSABLE_VALUE, str(error))
    except ProjectionError as error:
        finding = _finding(file, error.line, error.column, Code.UNUSABLE_PATH, error.message)
    except RenderingError as error:
        finding = _finding(file, 1, 1, Code.UNRENDERABLE, str(error))
    return Outcome(file, file_hash, finding=finding)


def _tasks(files: Iterable[FoundFile], known_hashes: Mapping[FoundFile, str]) -> Iterator[list[tuple[FoundFile, str]]]:
    remaining = ((file, known_hashes.get(file, "")) for file in files)
    while task := list(islice(remaining, FILES_A_TASK)):
        yield task


def _read_task(task: list[tuple[FoundFile, str]]) -> list[Outcome]:
    return [read(file, known_hash) for file, known_hash in task]


def _finding(
    file: FoundFile, line: int, column: int, code: Code, message: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(file.path, line, column, code, severity, message)


def _read_bytes(path: Path) -> bytes:
    """Raises `UnreadableFile` for a link, for what is no regular file, cannot be opened, or is too large."""
    try:
        facts = path.lstat()
        if stat.S_ISLNK(facts.st_mode):
            raise UnreadableFile("this is a link, which may lead out of the folder; put the file itself here")
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFile("this is no regular file; take it out of the folder")
        if facts.st_size > MAX_FILE_BYTES:
            raise UnreadableFile(
                f"the file has {facts.st_size:,} bytes, {MAX_FILE_BYTES:,} are the most; split it into several posts"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"the file cannot be read: {error.strerror or error}; mend its permissions or its link"
        ) from None
