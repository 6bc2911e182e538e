"""What can go wrong on an enquiry's way to the team."""


class DeliveryError(Exception):
    """An attempt that failed; its text is for whoever looks after the site."""

    @classmethod
    def of(cls, error: Exception) -> "DeliveryError":
        return cls(f"{type(error).__name__}: {error}")
