"""What is stored: posts, their revisions, tags, authors and redirects, and the site's generation.

A row is a document's projection: `posts.writing` is the one place that writes these tables, for the admin and for the
importer alike.
"""

from posts.models.author import Author, AuthoredPost, author_url, is_name
from posts.models.autosave import Autosave
from posts.models.image import LICENCE_WARNING, Image, ImageQuerySet, ImageUse
from posts.models.links import Link, quoted
from posts.models.post import Post, PostQuerySet, section_name
from posts.models.preview_link import PreviewLink
from posts.models.published import PublishedQuerySet
from posts.models.redirect import Redirect
from posts.models.revision import Revision
from posts.models.search_entry import SearchEntry
from posts.models.series import UNNUMBERED, SeriesPost, series_url
from posts.models.site_settings import SiteSettings
from posts.models.site_state import SiteState
from posts.models.tag import Tag, TaggedPost, tags_of
from posts.models.undo import Undo

__all__ = [
    "LICENCE_WARNING",
    "UNNUMBERED",
    "Author",
    "AuthoredPost",
    "Autosave",
    "Image",
    "ImageQuerySet",
    "ImageUse",
    "Link",
    "Post",
    "PostQuerySet",
    "PreviewLink",
    "PublishedQuerySet",
    "Redirect",
    "Revision",
    "SearchEntry",
    "SeriesPost",
    "SiteSettings",
    "SiteState",
    "Tag",
    "TaggedPost",
    "Undo",
    "author_url",
    "is_name",
    "quoted",
    "section_name",
    "series_url",
    "tags_of",
]
