"""What happens to accounts, told to whoever keeps a record: the audit trail stands above this app and listens."""

from django.dispatch import Signal

happened = Signal()
"""Sent with `action` ("invited"), `person` whom it concerns and `by` who did it, or None."""

network_let_in = Signal()
"""Sent with `by`, who let people sign in again from a network that had tried too many names."""
