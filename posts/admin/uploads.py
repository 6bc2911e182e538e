"""Pictures that people upload."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from accounts.sessions import user_of
from posts import library
from posts.translating import translated

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"
"""What a field for a picture offers to choose."""


def keep_picture(request: HttpRequest, picture: UploadedFile, *, name: str = "image") -> str:
    """The URL of a picture that is now kept; every picture that someone uploads comes through here.

    `name` is for one whose file has none. Raises ImageError. Takes seconds: call it outside of transactions.
    """
    return library.store(picture, name=picture.name or name, by=user_of(request)).address


def store_upload(request: HttpRequest, upload: str, address: str) -> str:
    """Stores the picture in the field `upload` and puts its URL into the field `address`; returns what was wrong, or "".

    The URL is in the form's data, so it stays when something else is wrong. Takes seconds: call it outside of
    transactions.
    """
    (picture,) = request.FILES.getlist(upload)[-1:]
    data = request.POST.copy()
    problem = ""
    try:
        data[address] = keep_picture(request, picture, name=address)
    except library.ImageError as error:
        problem = translated(error.sentence)
    request.POST = data  # type: ignore[assignment]
    return problem
