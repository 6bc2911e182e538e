"""What search knows of posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from posts.models.post import Post
from posts.models.published import PublishedQuerySet


class SearchEntry(models.Model):
    """What search knows of a post; the databases' indexes follow this table (`posts.search`).

    Readers find it from `public_from` to `public_until`; without the former, editors alone do.

    Its key follows the post's date, so the newest of many matches come first without sorting them all.
    Django alters a table in SQLite by making it anew: a migration that does so must make the index's triggers again.
    """

    id = models.BigIntegerField(primary_key=True)
    post = models.OneToOneField(Post, models.CASCADE, related_name="search_entry")
    public_from = models.DateTimeField(null=True)
    public_until = models.DateTimeField(null=True)
    title = models.TextField()
    tags = models.TextField(blank=True)
    headings = models.TextField(blank=True)
    text = models.TextField(blank=True)
    filed = models.TextField(_("a word for each tag, to search in one tag alone"), blank=True)

    objects = PublishedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title
