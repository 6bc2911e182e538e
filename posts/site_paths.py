"""Which paths are the site's own, so that no post can take one."""

from django.conf import settings
from django.urls import Resolver404, resolve

# Pages that the site makes, to which a document at the same path gives its title and introduction.
PAGES_WITH_INTRODUCTION = frozenset({"/", "/tags/", "/archives/", "/search/", "/contact/"})
# Feeds and files that readers' programs ask every site for.
WELL_KNOWN = frozenset({"/atom.xml", "/feed.json", "/llms.txt", "/favicon.ico"})


def is_own(path: str) -> bool:
    """True for a decoded path at which the site answers with a page of its own, whatever posts there are."""
    try:
        return resolve(path).view_name != "posts:page"
    except Resolver404:
        return False


def is_reserved(path: str) -> bool:
    """True for a decoded path that no post can have."""
    if path in PAGES_WITH_INTRODUCTION:
        return False
    files = (settings.STATIC_URL, settings.MEDIA_URL, "/.well-known/")
    return path in WELL_KNOWN or path.startswith(files) or is_own(path) or is_own(path.rstrip("/"))
