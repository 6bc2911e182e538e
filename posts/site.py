"""Projections as this site's settings make them: its images, its host."""

from urllib.parse import urlsplit

from django.conf import settings

from posts import projection
from posts.document import Document
from posts.images import body_picture
from posts.projection import Projection, Source


def project(document: Document, source: Source) -> Projection:
    """`projection.project` for this site."""
    return projection.project(document, source, picture=body_picture, site_host=urlsplit(settings.SITE_URL).netloc)
