"""What is stored: posts, their revisions, tags, authors and redirects, and the site's generation.

A row is a document's projection: `posts.writing` is the one place that writes these tables, for the admin and for the
importer alike.
"""

from posts.models.author import Author, AuthoredPost, author_url, is_name
from posts.models.autosave import Autosave
from posts.models.links import Link, quoted
from posts.models.post import Post, PostQuerySet, section_name
from posts.models.preview_link import PreviewLink
from posts.models.published import PublishedQuerySet
from posts.models.redirect import Redirect
from posts.models.revision import Revision
from posts.models.search_entry import SearchEntry
from posts.models.site_settings import SiteSettings
from posts.models.site_state import SiteState
from posts.models.tag import Tag, TaggedPost, tags_of

__all__ = [
    "Author",
    "AuthoredPost",
    "Autosave",
    "Link",
    "Post",
    "PostQuerySet",
    "PreviewLink",
    "PublishedQuerySet",
    "Redirect",
    "Revision",
    "SearchEntry",
    "SiteSettings",
    "SiteState",
    "Tag",
    "TaggedPost",
    "author_url",
    "is_name",
    "quoted",
    "section_name",
    "tags_of",
]
