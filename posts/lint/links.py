"""Rules on links, images and shortcodes: MG3, MG4, MG11; and the links to the site itself."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from posts.lint.diagnostics import Finding, InternalLink
from posts.lint.inspected import Inspected
from posts.lint.markdown import Form, Link
from posts.sentences import gettext_noop

TRACKING = re.compile(
    r"(?:utm_\w+|gclid|gbraid|wbraid|dclid|gclsrc|fbclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|mc_[ce]id|"
    r"_hsenc|_hsmi|__hs\w+|hsctatracking|mkt_tok|vero_id|oly_(?:enc|anon)_id|ml_subscriber(?:_hash)?|_ga|_gl|_openstat|"
    r"wt\.mc_id|trk_?contact|trk_?msg|s_cid|ref_src)(?==|$)",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r"\{\{[<%]\s*([A-Za-z_][\w./-]*)(?=[\s/>%])")
FIGURE = re.compile(r"\{\{[<%]\s*figure\s", re.IGNORECASE)
_FIGURE_TEXT = re.compile(r"\b(?:alt|caption|title)\s*=\s*(?:\"[^\"]|`[^`]|[^\s\"`])")
_IMG = re.compile(r"<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*'){0,2000}+>", re.IGNORECASE)
_ALT = re.compile(r"\salt(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?(?![\w\-])", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?|heic)", re.IGNORECASE)
_CAMERA_NAME = re.compile(
    r"(?:img|dsc[nf]?|dcim|pxl|screen[ _-]?shot|image|photo|untitled)[ _-]?[\d._ -]*\d[\d._ -]*", re.I
)
# What editors put where an alternative text belongs
_PLACEHOLDER = re.compile(
    r"alt(?:ernative)?(?: ?-?text)?|(?:enter )?(?:image|picture|photo) (?:alt(?: text)?|description|title)(?: here)?|"
    r"image|img|picture|photo|png|jpe?g|null|undefined|drawing|description",
    re.IGNORECASE,
)
# An image that nobody reads: for decoration alone, or a dot that counts readers
_UNREAD = re.compile(
    r"\s(?:role\s*=\s*[\"']?(?:presentation|none)\b|aria-hidden\s*=\s*[\"']?true\b|"
    r"(?:width|height)\s*=\s*[\"']?[01](?:px)?(?=[\"'\s/>]))",
    re.IGNORECASE,
)
_LINK_FOR_ADDRESS = re.compile(r"\[(https?://[^\s\[\]()]+)\]\(\1\)")  # `[text]([https://a.example](https://a.example))`
NO_PATH = re.compile(r"\[|[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|\{|[^/]*@")  # begins an address that is none


def image_without_alt(inspected: Inspected) -> Iterator[Finding]:
    """MG3: an image, figure or cover whose alternative text is missing or is a file's name.

    `alt=""` in HTML is a decision, since HTML has a way to say nothing; Markdown's `![]()` is not.
    """
    for link in inspected.markdown.links:
        if link.is_image and link.form in (Form.INLINE, Form.REFERENCE):
            alt = inspected.text[link.text_start : link.text_end]
            yield from _alt_findings(link.start, link.end, alt, link.target)
    yield from _html_images(inspected)
    for start, end in inspected.markdown.templates:
        if FIGURE.match(inspected.text, start, end) and not _FIGURE_TEXT.search(inspected.text, start, end):
            yield Finding(start, end, gettext_noop("this figure has no alternative text; add alt"))
    yield from cover_without_alt(inspected)


def _alt_findings(start: int, end: int, alt: str, target: str) -> Iterator[Finding]:
    alt = " ".join(alt.split())
    if not alt:
        yield Finding(start, end, gettext_noop("this image has no alternative text; say what it shows"))
    elif _is_file_name(alt, target):
        message = gettext_noop("the alternative text “%(alt)s” is a file's name; say what the image shows")
        yield Finding(start, end, message % {"alt": alt})
    elif _PLACEHOLDER.fullmatch(alt):
        message = gettext_noop("the alternative text “%(alt)s” says nothing of this image; say what it shows")
        yield Finding(start, end, message % {"alt": alt})


def may_say_nothing(alt: str) -> bool:
    """Whether an alternative text is none, or may be the name of its image's file."""
    alt = " ".join(alt.split())
    return not alt or _is_name(alt) or _is_like_a_stem(alt) or _PLACEHOLDER.fullmatch(alt) is not None


def _is_name(alt: str) -> bool:
    return (_FILE_NAME.fullmatch(alt) or _CAMERA_NAME.fullmatch(alt)) is not None


def _is_like_a_stem(alt: str) -> bool:
    return " " not in alt and re.search(r"[-_\d]", alt) is not None


def _is_file_name(alt: str, target: str) -> bool:
    if _is_name(alt):
        return True
    if not _is_like_a_stem(alt):
        return False
    stem = PurePosixPath(unquote(target.split("?")[0])).stem
    return alt.casefold() == stem.casefold()


def _html_images(inspected: Inspected) -> Iterator[Finding]:
    images = (image for span in inspected.markdown.tags for image in _IMG.finditer(inspected.text, *span))
    for start, end in (image.span() for image in images):
        alt = _ALT.search(inspected.text, start, end)
        written = next((text for text in alt.groups() if text is not None), "") if alt else ""
        if not alt and not _UNREAD.search(inspected.text, start, end):
            message = gettext_noop(
                'this image has no alternative text; say what it shows, or alt="" for mere decoration'
            )
            yield Finding(start, end, message)
        elif written:
            yield from _alt_findings(start, end, written, "")


def cover_without_alt(inspected: Inspected) -> Iterator[Finding]:
    """The part of MG3 that the front matter tells."""
    document = inspected.document
    image, alt = document.get("cover.image"), document.get("cover.alt")
    if isinstance(image, str) and image.strip() and not (isinstance(alt, str) and alt.strip()):
        start = inspected.key_start("image", within="cover")
        message = gettext_noop("the cover has no alternative text; say in cover.alt what it shows")
        yield Finding(start, start + len("image"), message)


def unknown_shortcode(inspected: Inspected) -> Iterator[Finding]:
    """MG4: a shortcode that the site does not know, in any case. Hugo reads them in code too; `{{</* x */>}}` is none."""
    if inspected.shortcodes is None:
        return
    known = {name.lower() for name in inspected.shortcodes}
    for code in _SHORTCODE.finditer(inspected.text, inspected.document.body_start):
        if code[1].lower() not in known:
            message = gettext_noop("there is no shortcode %(name)s; its content shows without it") % {"name": code[1]}
            yield Finding(code.start(1), code.end(1), message)


def tracked_or_bare_link(inspected: Inspected) -> Iterator[Finding]:
    """MG11: an address with parameters that only follow readers, or written as a link; a link whose text is its address."""
    for link in _by_address(inspected):
        clean = _without_tracking(link.target)
        text = inspected.text[link.text_start : link.text_end]
        if address := _LINK_FOR_ADDRESS.fullmatch(link.target):
            message = gettext_noop("the address is itself written as a link; write the address alone")
            yield Finding(link.target_start, link.target_end, message, _without_tracking(address[1]))
        elif link.form is Form.INLINE and not link.is_image and _is_address(text, link.target):
            is_address = inspected.text.startswith("](", max(0, link.start - 2))  # of a link that lacks its end
            mend = None if is_address or link.has_title or re.search(r"[\s<>\\]", clean) else f"<{clean}>"
            message = gettext_noop("the link's text is its address; say where it leads, or write it once in <…>")
            yield Finding(link.start, link.end, message, mend)
        elif clean != link.target:
            message = gettext_noop("the address has parameters that only follow readers; leave them out")
            yield Finding(link.target_start, link.target_end, message, clean)


def _is_address(text: str, target: str) -> bool:
    text, target = text.strip().rstrip("/"), target.rstrip("/")
    return text == target and text.startswith(("http://", "https://"))


def _without_tracking(address: str) -> str:
    """The address without the parameters that follow readers, all else as written."""
    if "?" not in address:
        return address
    page, mark, fragment = address.partition("#")
    path, _, query = page.partition("?")
    parts = re.split("&(?:amp;)?", query)
    kept = [part for part in parts if not TRACKING.match(part)]
    if len(kept) == len(parts):
        return address
    joint = "&amp;" if "&amp;" in query else "&"
    return path + ("?" if kept else "") + joint.join(kept) + mark + fragment


def internal_links(inspected: Inspected) -> list[InternalLink]:
    """The links and images whose address is a path, in the order of their addresses."""
    return [
        InternalLink(link.target, *inspected.place(link.target_start))
        for link in _by_address(inspected)
        if link.target and not NO_PATH.match(link.target)
    ]


def _by_address(inspected: Inspected) -> list[Link]:
    """The links in the order of their addresses; one for an address in a definition that several refer to."""
    links = {link.target_start: link for link in inspected.markdown.links}
    return [links[start] for start in sorted(links)]
