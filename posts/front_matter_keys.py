"""The keys of front matter by what they mean to us."""

from collections.abc import Mapping

# A field of ours, and the keys that fill it: the first that the document has counts.
KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date",),
    "publish_date": ("publishDate", "pubdate", "published"),
    "created": (),
    "expiry_date": ("expiryDate", "unpublishdate"),
    "last_modified": ("lastmod", "modified"),
    "draft": ("draft",),
    "render": ("build.render", "_build.render"),
    "slug": ("slug",),
    "url": ("url", "permalink"),
    "aliases": ("aliases", "redirect_from"),
    "tags": ("tags",),
    "categories": ("categories", "category"),
    "description": ("description",),
    "summary": ("summary", "excerpt"),
    "authors": ("author", "authors"),
    "cover": (
        *("cover.image", "cover", "image", "images", "featured_image"),
        *("featuredImage", "feature_image", "featureImage"),  # as themes of Hugo, and Ghost, have it
    ),
    "cover_alt": ("cover.alt", "image_alt"),
    "cover_caption": ("cover.caption", "image_caption"),
    "canonical_url": ("canonicalURL", "canonical_url"),
    "markup": ("markup",),
    "medical": ("medical",),
    "reviewed_by": ("reviewedBy",),
    "last_reviewed": ("lastReviewed",),
    "series": ("series",),
    "series_weight": ("series_weight", "series_order"),
}
OPTIONS = (
    *("ShowToc", "TocOpen", "hideMeta", "hideSummary", "hiddenInHomeList", "searchHidden", "disableShare"),
    *("ShowReadingTime", "robotsNoIndex"),
)

ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "publish_date": ("pubDatetime", "publishedAt", "published_at", "date_published", "datePublished", "date.created"),
    "last_modified": (
        *(
            "last_modified_at",
            "modify_date",
            "updated",
            "updatedDate",
            "modDatetime",
            "updatedAt",
            "_updatedAt",
            "updated_at",
        ),
        *("date_updated", "lastUpdated", "last_update.date", "date.updated", "date-modified", "post_modified"),
    ),
    "slug": ("slug.current",),
    "description": ("metaDescription", "meta_description", "subtitle"),
    "cover": (
        *("image.path", "image.url", "image.src", "image.feature"),
        *("header.image", "header.overlay_image", "header.teaser"),
        *("cover-img", "thumbnail", "thumbnail-img", "img", "heroImage", "heroImage.url", "heroImage.src", "ogImage"),
        *(
            "coverImage",
            "cover_image",
            "coverImage.url",
            "coverImage.src",
            "mainImage",
            "mainImage.url",
            "banner",
            "hero",
        ),
    ),
    "cover_alt": (
        *("image.alt", "header.image_description", "heroImageAlt", "heroImage.alt", "coverImage.alt", "mainImage.alt"),
        *("image-alt", "feature_image_alt"),
    ),
    "cover_caption": ("image.caption", "header.caption", "feature_image_caption"),
}
"""What common themes of Jekyll's, of Hexo, Gatsby, Eleventy and Astro call a field, and what exports from WordPress, Ghost,
Contentful and Sanity do, behind those keys: where no Hugo has a say."""

OF_OTHERS: Mapping[str, tuple[str, ...]] = {
    "created": ("created", "created_at", "createdAt", "date created", "date_created", "post_date"),
    "url": ("path",),
}
"""What counts, behind those keys, only where a tool has its configuration that is neither Hugo's nor Jekyll's."""

_HELD_BACK = frozenset({"auto-draft", "draft", "hidden", "pending", "private", "trash"})
OF_DRAFTS: Mapping[str, frozenset[str]] = {
    **{
        "status": _HELD_BACK,
        "post_status": _HELD_BACK,
        "isDraft": frozenset({"true"}),
        "is_draft": frozenset({"true"}),
    },
    **{"isPublished": frozenset({"false"}), "publish": frozenset({"false"}), "permalink": frozenset({"false"})},
}
"""What keeps a document from readers where no Hugo and no Jekyll has a say and `draft` says nothing: the status that
WordPress, Ghost and Pelican give it, Obsidian's `publish`, Eleventy's `permalink: false`."""

IN_HUGOS_THEMES: Mapping[str, tuple[str, ...]] = {"cover": ("banner", "hero", "coverImage")}
"""What Universal, Icarus, Toha and Tranquilpeak call it, behind those keys. A `thumbnail` is as often a person's face or a company's sign."""

HUGOS_OWN = {
    *("aliases", "build", "_build", "cascade", "date", "description", "draft"),
    *("expirydate", "headless", "iscjklanguage", "keywords", "lastmod", "layout", "linktitle"),
    *("markup", "menu", "menus", "modified", "outputs", "params", "pubdate"),
    *("publishdate", "published", "resources", "sitemap", "slug", "summary", "title"),
    *("translationkey", "type", "unpublishdate", "url", "weight"),
}
"""Keys that mean what they mean only where they stand at the top."""
