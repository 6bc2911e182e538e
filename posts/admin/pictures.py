"""Pictures for a post's text, uploaded while it is written."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from posts import images
from posts.admin.uploads import keep_picture
from posts.translating import translated

if TYPE_CHECKING:
    from posts.admin.post import PostAdmin


def urls(admin: "PostAdmin") -> list[URLPattern]:
    """The addresses that a new post's editor and a kept one's upload pictures to."""
    upload = admin.admin_site.admin_view(never_cache(require_POST(PictureUpload(admin).upload)))
    return [
        path("add/images/", upload, name="posts_post_upload_image"),
        path("<int:pk>/images/", upload, name="posts_post_upload_image"),
    ]


class PictureUpload:
    """For those who may save the form: to change the post, or to add one."""

    def __init__(self, admin: "PostAdmin") -> None:
        self.admin = admin

    def upload(self, request: HttpRequest, pk: int | None = None) -> JsonResponse:
        """Stores the file `picture`: 201 with its `url` and its `thumbnail`'s, or 422 with the `problem` in a sentence.

        Takes seconds, and holds no transaction meanwhile.
        """
        self.admin.post_to_write(request, pk)
        picture = request.FILES.get("picture")
        if picture is None:
            return JsonResponse({"problem": gettext("No picture arrived. Choose it again.")}, status=422)
        try:
            url = keep_picture(request, picture)
        except images.ImageError as error:
            return JsonResponse({"problem": translated(error.sentence)}, status=422)
        return JsonResponse({"url": url, "thumbnail": images.thumbnail(url).src}, status=201)
