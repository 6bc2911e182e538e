"""Projections as this site's settings make them: its images, its host, its shortcodes."""

from urllib.parse import urlsplit

from django.conf import settings

from posts import projection, shortcode_templates
from posts.document import Document, DocumentError
from posts.frontmatter import FrontMatterError
from posts.images import body_picture
from posts.projection import Projection, ProjectionError
from posts.rendering import RenderingError
from posts.source import Source

UNPROJECTABLE = (DocumentError, FrontMatterError, ProjectionError, RenderingError)
"""What is raised, with its `sentence`, for a text of which no post can be made."""


def project(document: Document, source: Source) -> Projection:
    """`projection.project` for this site."""
    return projection.project(
        document,
        source,
        picture=body_picture,
        site_host=urlsplit(settings.SITE_URL).netloc,
        shortcodes=shortcode_templates.shortcodes(document, source) if "{{" in document.text else None,
    )
