"""Rows that forms and addresses name."""

LONGEST = 18  # digits: what the databases' keys have


def row_key(text: str) -> int:
    """The key that is written so; 0, which no row has, for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0
