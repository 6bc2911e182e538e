"""How a search engine shows a page: one line of title, two of description, cut where they run out of pixels."""

# Pixels. Google's desktop results of 2024: titles in 20 px Arial over 580, descriptions in 14 px over two lines.
TITLE_SIZE, TITLE_WIDTH = 20, 580
DESCRIPTION_SIZE, DESCRIPTION_WIDTH = 14, 2 * 600
SHORT_DESCRIPTION = 350  # less leaves most of the two lines empty

# Arial's advances in thousandths of the letters' size, by groups of letters; accents are no wider.
_ADVANCES = {
    letter: advance
    for letters, advance in (
        ("ijl'|", 215),
        ("ft.,:;!/\\I[] ", 278),
        ("r()-`{}", 333),
        ("cksvxyzJ", 500),
        ("FTZL", 600),
        ("ABEKPSVXY&", 667),
        ("CDHNRUw", 722),
        ("GOQ", 778),
        ("mM", 833),
        ("%", 889),
        ("W@", 980),
    )
    for letter in letters
}
_USUAL, _WIDE = 556, 1000
_FIRST_WIDE = "\u2e80"  # from here on stand the scripts of East Asia, and pictures


def pixels(text: str, size: int) -> int:
    """About how wide the text is in Arial of this size."""
    return round(sum(_advance(letter) for letter in text) * size / 1000)


def cut(text: str, size: int, width: int) -> str:
    """As much of the text as fits, ended by an ellipsis between words where that is not all."""
    if pixels(text, size) <= width:
        return text
    room, end = width * 1000 / size - _WIDE, 0
    while end < len(text) and (room := room - _advance(text[end])) > 0:
        end += 1
    whole_words = text[:end].rpartition(" ")[0] or text[:end]
    return f"{whole_words.rstrip(' ,;:.–-')} …"


def _advance(letter: str) -> int:
    return _WIDE if letter >= _FIRST_WIDE else _ADVANCES.get(letter, _USUAL)
