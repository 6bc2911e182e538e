"""Addresses that work away from the site: in feeds, sitemaps and what other machines read."""

import re
from urllib.parse import quote, urljoin

from django.conf import settings

# A start tag as the sanitiser writes it: every value in double quotes, a quote inside one escaped.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s+[^\s"=<>/]+(?:="[^"]*")?)+\s*/?>')
_ADDRESS = re.compile(r'(?<=\s)(href|src|poster|cite)="([^"]*)"')
_CANDIDATES = re.compile(r'(?<=\s)srcset="([^"]*)"')
_SITE_PATH = re.compile(r"(?:^|(?<=, ))/(?!/)")


def absolute(address: str, page: str = "/") -> str:
    """What the address means on the page at that path, with scheme and host; itself where it cannot be read."""
    try:
        return urljoin(settings.SITE_URL + page, address)
    except ValueError:
        return address


def web_address(written: str, page: str = "/") -> str:
    """`absolute`, escaped as a link needs it; empty for what is none on the web, as `data:` and `javascript:`."""
    address = quote(absolute(written, page), safe="/:?#[]@!$&'()*+,;=%~")
    return address if address.startswith(("http://", "https://")) else ""


def with_absolute_links(html: str, page: str) -> str:
    """Finished HTML of the page at that path, to be read elsewhere. Text that looks like markup stays as it is."""
    return _TAG.sub(lambda tag: _absolute_tag(tag[0], page), html)


def _absolute_tag(tag: str, page: str) -> str:
    tag = _CANDIDATES.sub(lambda found: f'srcset="{_SITE_PATH.sub(settings.SITE_URL + "/", found[1])}"', tag)
    return _ADDRESS.sub(lambda found: f'{found[1]}="{absolute(found[2], page)}"', tag)
