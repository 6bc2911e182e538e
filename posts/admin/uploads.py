"""Pictures that come with a form."""

from django.http import HttpRequest

from posts import library


def store_upload(request: HttpRequest, upload: str, address: str) -> str:
    """Stores the picture in the field `upload` and puts its URL into the field `address`; returns what was wrong, or "".

    The URL is in the form's data, so it stays when something else is wrong. Takes seconds: call it outside of
    transactions.
    """
    (picture,) = request.FILES.getlist(upload)[-1:]
    data = request.POST.copy()
    problem = ""
    try:
        image = library.store(picture, name=picture.name or address, by=request.user)  # type: ignore[arg-type]
        data[address] = image.address
    except library.ImageError as error:
        problem = str(error)
    request.POST = data  # type: ignore[assignment]
    return problem
