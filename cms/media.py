"""Uploaded pictures and files from local storage. A proxy or CDN in front may serve the folder itself."""

from errno import ENAMETOOLONG
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.static import serve

from posts import attachments
from posts.images import local

DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
A_DAY_SECONDS = 86_400
FOLDERS = (local.FOLDER, attachments.FOLDER)
"""Those that hold what texts name. Other addresses around them are free for articles: `/media/` is a section of many sites."""


def media(request: HttpRequest, folder: str, path: str) -> HttpResponseBase:
    """The file; kept for a day by browsers, for an editor may put another in its place."""
    try:
        response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT, folder)))
    except OSError as error:
        if error.errno != ENAMETOOLONG:
            raise
        raise Http404("No file has so long a name") from None
    # A 304 says it too: browsers put what it says in the place of what they kept with the file.
    patch_cache_control(response, public=True, max_age=A_DAY_SECONDS, stale_while_revalidate=A_DAY_SECONDS)
    if path.endswith(".svg"):
        response["Content-Security-Policy"] = DRAWING_POLICY
    return response
