"""Readers' URLs. The last pattern takes whatever path a post has, so the site's own pages stand before it."""

from django.urls import path, register_converter
from django.views.generic import RedirectView

from posts import feeds, machines, sitemaps, views


class TagSlug:
    """A tag's slug, decoded: any characters, slashes among them."""

    regex = r"[^\x00\n]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PagePath(TagSlug):
    """A page's path without its first slash. No second slash follows: `//host/` in a redirect would leave the site."""

    regex = r"(?!/)[^\x00\n]+"


register_converter(TagSlug, "tagslug")
register_converter(PagePath, "pagepath")

app_name = "posts"
urlpatterns = [
    path("", views.home, name="home"),
    path("page/1/", RedirectView.as_view(url="/", permanent=True)),
    path("page/<int:number>/", views.home, name="home_page"),
    *(path(kind.file_name, feeds.MainFeed(kind)) for kind in feeds.FORMATS),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("og/<int:pk>-<str:digest>.png", machines.title_picture, name="title_picture"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("tags/", views.tags, name="tags"),
    *(path(f"tags/<tagslug:slug>/{kind.file_name}", feeds.TagFeed(kind)) for kind in feeds.FORMATS),
    path("tags/<tagslug:slug>/page/1/", RedirectView.as_view(pattern_name="posts:tag", permanent=True)),
    path("tags/<tagslug:slug>/page/<int:number>/", views.tag, name="tag_page"),
    path("tags/<tagslug:slug>/", views.tag, name="tag"),
    path("authors/<tagslug:slug>/page/1/", RedirectView.as_view(pattern_name="posts:author", permanent=True)),
    path("authors/<tagslug:slug>/page/<int:number>/", views.author, name="author_page"),
    path("authors/<tagslug:slug>/", views.author, name="author"),
    *(path(f"<pagepath:path>/{kind.file_name}", feeds.SectionFeed(kind)) for kind in feeds.FORMATS),
    path("<pagepath:path>/index.md", machines.markdown, name="markdown"),
    path("<pagepath:path>/page/1/", RedirectView.as_view(url="/%(path)s/", permanent=True)),
    path("<pagepath:path>/page/<int:number>/", views.section, name="section_page"),
    path("<pagepath:path>", views.page, name="page"),
]
