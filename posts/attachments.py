"""Files that articles lead to besides pictures: documents, sound, film, drawings. Kept as they are, byte for byte."""

import re
import sys
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from lxml import etree

from posts import whole_files
from posts.images import cloudinary
from posts.images.errors import ImageError, StorageError
from posts.images.names import readable_stem
from posts.sentences import Sentence, gettext_noop, systems_reason

FOLDER = "files"
MAX_BYTES = 50 * 1024 * 1024
DRAWING = ".svg"
SUFFIXES = frozenset(
    (
        *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".epub"),
        *(".xls", ".xlsx", ".ods", ".csv", ".tsv", ".ppt", ".pptx", ".odp"),
        *(".zip", ".ics", ".vcf", ".bib", ".ris"),
        *(".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm", ".mov", ".vtt"),
        DRAWING,
    )
)

_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = {f"{_SVG}{name}" for name in ("script", "foreignObject", "handler", "listener", "set", "animate")}
_HTML = "{http://www.w3.org/1999/xhtml}"
_ELSEWHERE = re.compile(
    r"@import|(?:image-set|src)\(|url\(\s*+['\"]?+\s*+(?!#|data:image/(?:png|jpeg|gif|webp))", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE)
_HARMLESS_LINK = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def store(path: Path) -> str:
    """Keeps the file for good; its URL here, or at Cloudinary where pictures are. Raises `ImageError`."""
    data = checked(path)
    name = f"{readable_stem(path.name)}-{sha256(data).hexdigest()[:16]}{path.suffix.lower()}"
    if settings.CLOUDINARY_URL:
        return cloudinary.upload_file(data, name, cloudinary.account(settings.CLOUDINARY_URL))
    _keep(Path(settings.MEDIA_ROOT, FOLDER, name), data)
    return f"{settings.MEDIA_URL}{FOLDER}/{name}"


def checked(path: Path) -> bytes:
    """The file's bytes, if they may be published. Raises `ImageError`."""
    if path.stat().st_size > MAX_BYTES:
        problem = gettext_noop("The file is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024 // 1024}
        raise ImageError(problem, gettext_noop("Make it smaller."))
    data = path.read_bytes()
    if path.suffix.lower() == DRAWING and (wrong := _problem_of_drawing(data)):
        raise ImageError(wrong, gettext_noop("Export it as a plain SVG, or as a PNG picture."))
    return data


def _problem_of_drawing(data: bytes) -> Sentence | None:
    """Why an SVG may not be shown; None for one that holds nothing that acts and asks for nothing elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return gettext_noop("This is no SVG drawing, or it is damaged.")
    if root.tag != f"{_SVG}svg":
        return gettext_noop("This is no SVG drawing.")
    if _gives_attributes(root.getroottree()):
        return gettext_noop("The drawing holds entities or instructions.")
    for node in (*root.itersiblings(preceding=True), *root.iter()):
        if isinstance(node, etree._Entity | etree._ProcessingInstruction):
            return gettext_noop("The drawing holds entities or instructions.")
        if isinstance(node.tag, str) and _acts(node):
            return gettext_noop("The drawing holds scripts, or asks for something elsewhere.")
    return None


def _gives_attributes(tree: etree._ElementTree) -> bool:
    """Whether its document type gives elements attributes that do not stand at them: browsers know these, we do not."""
    return tree.docinfo.internalDTD is not None and "<!ATTLIST" in etree.tostring(tree, encoding="unicode")


def _acts(element: etree._Element) -> bool:
    """Whether the element could run something or fetch something."""
    if element.tag in _ACTIVE or str(element.tag).startswith(_HTML):
        return True
    if element.tag == f"{_SVG}style" and _is_of_elsewhere("".join(map(str, element.itertext()))):
        return True
    return any(_is_active(element, str(name), str(value)) for name, value in element.attrib.items())


def _is_active(element: etree._Element, name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    if local.startswith("on"):
        return True
    if local not in {"href", "src", "base"}:
        return _is_of_elsewhere(value)
    leads_on = element.tag == f"{_SVG}a" and _WEB.match(value.strip())
    return not (leads_on or _HARMLESS_LINK.match(value.strip()))


def _is_of_elsewhere(style: str) -> bool:
    """Whether the style asks for something that is not in the drawing, however it is spelled."""
    return _ELSEWHERE.search(_ESCAPE.sub(_unescaped, style)) is not None


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    return chr(code) if code <= sys.maxunicode else ""


def _keep(path: Path, data: bytes) -> None:
    try:
        whole_files.put(path, data, settings.FILE_UPLOAD_PERMISSIONS)
    except OSError as error:
        problem = gettext_noop("The file could not be saved: %(reason)s.") % {"reason": systems_reason(error)}
        raise StorageError(problem, gettext_noop("Tell whoever runs the site to look at its media folder.")) from error
