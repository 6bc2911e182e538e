"""All URLs: the admin, what keeps the site running, then the readers' pages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from cms import media

admin.autodiscover()
handler400 = "cms.form_size.bad_request"
handler500 = "cms.health.server_error"

urlpatterns = [
    path("admin/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    *(
        path(f"{settings.MEDIA_URL.lstrip('/')}{each}/<path:path>", media.media, {"folder": each})
        for each in media.FOLDERS
    ),
]
# Readers' pages: `/posts/`, and in another language `/vi/posts/`.
urlpatterns += i18n_patterns(
    path("contact/", include("enquiries.urls")), path("", include("posts.urls")), prefix_default_language=False
)
