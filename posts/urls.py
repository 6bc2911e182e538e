"""Readers' URLs. The last pattern takes whatever path a post has, so the site's own pages stand before it."""

from datetime import date

from django.urls import path, register_converter

from posts import archives, feeds, machines, search_page, sitemaps, views


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


class Month:
    """A month in a path, `2024/06`, as its first day."""

    regex = r"[0-9]{4}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value.replace('/', '-')}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y/%m}"


register_converter(Month, "month")
register_converter(TagSlug, "tagslug")
register_converter(PagePath, "pagepath")

app_name = "posts"
urlpatterns = [
    path("", views.home, name="home"),
    path("page/1/", views.first_page),
    path("page/<int:number>/", views.home, name="home_page"),
    *(path(kind.file_name, feeds.MainFeed(kind)) for kind in feeds.FORMATS),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("theme-<str:digest>.css", machines.theme, name="theme"),
    path("og/<int:pk>-<str:digest>.png", machines.title_picture, name="title_picture"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("search/", search_page.search, name="search"),
    path("search/suggestions/", search_page.suggestions, name="suggestions"),
    path("archives/", archives.archives, name="archives"),
    path("archives/<month:month>/", archives.month, name="month"),
    path("archives/<month:month>/page/1/", views.first_page),
    path("archives/<month:month>/page/<int:number>/", archives.month, name="month_page"),
    path("tags/", views.tags, name="tags"),
    *(path(f"tags/<tagslug:slug>/{kind.file_name}", feeds.TagFeed(kind)) for kind in feeds.FORMATS),
    path("tags/<tagslug:slug>/page/1/", views.first_page),
    path("tags/<tagslug:slug>/page/<int:number>/", views.tag, name="tag_page"),
    path("tags/<tagslug:slug>/", views.tag, name="tag"),
    path("authors/", views.all_authors, name="all_authors"),
    *(path(f"authors/<tagslug:slug>/{kind.file_name}", feeds.AuthorFeed(kind)) for kind in feeds.FORMATS),
    path("authors/<tagslug:slug>/page/1/", views.first_page),
    path("authors/<tagslug:slug>/page/<int:number>/", views.author, name="author_page"),
    path("authors/<tagslug:slug>/", views.author, name="author"),
    path("series/", views.all_series, name="all_series"),
    *(path(f"series/<tagslug:slug>/{kind.file_name}", feeds.SeriesFeed(kind)) for kind in feeds.FORMATS),
    path("series/<tagslug:slug>/page/1/", views.first_page),
    path("series/<tagslug:slug>/page/<int:number>/", views.series, name="series_page"),
    path("series/<tagslug:slug>/", views.series, name="series"),
    *(path(f"<pagepath:path>/{kind.file_name}", feeds.SectionFeed(kind)) for kind in feeds.FORMATS),
    path("<pagepath:path>/index.md", machines.markdown, name="markdown"),
    path("<pagepath:path>/page/1/", views.first_page),
    path("<pagepath:path>/page/<int:number>/", views.section, name="section_page"),
    path("<pagepath:path>", views.page, name="page"),
]
