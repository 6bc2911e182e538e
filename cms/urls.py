"""All URLs: the admin, what keeps the site running, then the readers' pages."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from cms import health, media

admin.autodiscover()

urlpatterns = [
    path("admin/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media.media, name="media"),
    path("contact/", include("enquiries.urls")),
    path("", include("posts.urls")),
]
