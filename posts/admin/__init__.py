"""The editors' side: posts, images, tags, redirects, authors and the site itself in the Django admin."""

from posts.admin.author import AuthorAdmin
from posts.admin.image import ImageAdmin
from posts.admin.post import PostAdmin
from posts.admin.redirect import RedirectAdmin
from posts.admin.site_settings import SiteSettingsAdmin
from posts.admin.tag import TagAdmin

__all__ = ["AuthorAdmin", "ImageAdmin", "PostAdmin", "RedirectAdmin", "SiteSettingsAdmin", "TagAdmin"]
