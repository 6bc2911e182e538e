"""An uploaded zip as a folder to import: nothing is written outside of it, and no bomb goes off."""

import lzma
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from posts.sentences import Number, SentenceError, gettext_noop, systems_reason

_DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError),
    *(NotImplementedError, EOFError, RuntimeError, OSError, ValueError),
)
MAX_FILES = 20_000
MAX_MEMBERS = 100_000  # folders too; each takes memory before anything is unpacked
_MEMBER = b"PK\1\2"  # begins each member's entry in a zip's list of them
_ENCRYPTED = 1  # the bit of a member's flags
MAX_DEPTH = 50  # of folders: a name of four kilobytes makes two thousand
MAX_BYTES = 300 * 1024 * 1024  # unpacked, all files together


class UnsafeArchive(SentenceError):
    """An archive that is not unpacked: the sentence says why and what to do."""


def unpack(archive: IO[bytes], folder: Path) -> Path:
    """Unpacks a zip into the folder and returns the site in it: the folder itself, or the only one that it holds.

    Raises `UnsafeArchive`, perhaps with part of it written: the folder is a scratch one.
    """
    _check_number(archive.read().count(_MEMBER), MAX_MEMBERS)
    try:
        with zipfile.ZipFile(archive) as opened:
            _unpack(opened, folder)
    except _DAMAGE as error:
        raise _unreadable(_reason(error)) from None
    entries = [entry for entry in folder.iterdir() if entry.name != "__MACOSX"]
    names = {entry.name for entry in entries}
    return entries[0] if len(entries) == 1 and entries[0].is_dir() and not names & {"content", "_posts"} else folder


def _unpack(opened: zipfile.ZipFile, folder: Path) -> None:
    members = [member for member in opened.infolist() if not member.filename.endswith("/")]
    _check_number(len(members), MAX_FILES)
    left = MAX_BYTES
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise _unreadable(gettext_noop("it is locked with a password"))
        target = folder.joinpath(*_place(member).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file():
            problem = gettext_noop(
                "The archive holds %(name)s twice, perhaps in another spelling: rename one of the two."
            )
            raise UnsafeArchive(problem % {"name": member.filename})
        with opened.open(member) as source:
            # The size that an archive declares may be a lie: what is read is what counts.
            data = source.read(left + 1)
        left -= len(data)
        if left < 0:
            problem = gettext_noop("The archive unpacks to more than %(most)s MB: import it in parts.")
            raise UnsafeArchive(problem % {"most": MAX_BYTES // 1024**2})
        target.write_bytes(data)


def _unreadable(reason: str) -> UnsafeArchive:
    problem = gettext_noop("The archive cannot be read (%(reason)s): make it anew as a plain zip.")
    return UnsafeArchive(problem % {"reason": reason})


def _reason(error: Exception) -> str:
    """Why it cannot be read, in words for whoever packed it: the library's own are for programmers."""
    if isinstance(error, OSError):
        return systems_reason(error)
    if isinstance(error, NotImplementedError):
        return gettext_noop("it is packed in a way that is not read here")
    return gettext_noop("it is damaged, or no zip at all")


def _check_number(files: int, most: int) -> None:
    if files > most:
        problem = gettext_noop("The archive holds %(files)s files, %(most)s are the most: import it in parts.")
        raise UnsafeArchive(problem % {"files": Number(files), "most": Number(most)})


def _place(member: zipfile.ZipInfo) -> PurePosixPath:
    """Its place in the folder. Raises `UnsafeArchive` for one that climbs out is a link or a deep one.

    macOS packs `é` as a letter and its mark, texts that name the file have one character.
    """
    place = PurePosixPath(unicodedata.normalize("NFC", member.filename).replace("\\", "/"))
    if len(place.parts) > MAX_DEPTH:
        problem = gettext_noop("its folders are nested more than %(most)s deep")
        raise _unreadable(problem % {"most": MAX_DEPTH})
    if (
        place.is_absolute()
        or ".." in place.parts
        or ":" in member.filename
        or "\0" in member.filename
        or not place.parts
    ):
        problem = gettext_noop("The archive holds %(name)s, which leads out of it: make it anew.")
        raise UnsafeArchive(problem % {"name": member.filename})
    if stat.S_ISLNK(member.external_attr >> 16):
        problem = gettext_noop("The archive holds the link %(name)s: put the file itself in.")
        raise UnsafeArchive(problem % {"name": member.filename})
    return place
