"""Makes `words.txt.gz` anew: python -m posts.lint.english.making FREQUENCIES INFLECTIONS

FREQUENCIES is `frequency_dictionary_en_82_765.txt` of the package symspellpy 6.10.1 (MIT; SymSpell's words of SCOWL with the
counts of the Google Books Ngrams, CC BY 3.0), INFLECTIONS is `infl_lu.csv.gz` of lemminflect 0.2.3 (MIT; from the
SPECIALIST Lexicon of the US National Library of Medicine). Neither package is needed to run the site.

Each line of the result is a class of words: letters for what they can be, a digit for how common they are, the words.
"""

import csv
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

# How many words are at least as common as those of band 0, 1, …; what has no rank gets the band after the last.
BANDS = (3_000, 10_000, 50_000)
_PLAIN = re.compile(r"[a-z]+")
_LEMMAS = {"noun": "N", "verb": "V", "adj": "A", "adv": "R"}
_FORMS = {"noun": "S", "verb": "DDGZ"}  # plural; past, past participle, -ing, -s


def _tagged(inflections: Path) -> Iterator[tuple[str, str]]:
    """Each word with a letter for something that it can be."""
    with gzip.open(inflections, "rt", encoding="utf-8") as rows:
        for lemma, part, *forms in csv.reader(rows):
            if part in _LEMMAS:
                yield lemma, _LEMMAS[part]
            for letter, variants in zip(_FORMS.get(part, ""), forms, strict=False):
                yield from ((form, letter) for form in variants.split("/"))


def _classes(frequencies: Path, inflections: Path) -> dict[str, list[str]]:
    ranks = {line.split()[0]: rank for rank, line in enumerate(frequencies.read_text("utf-8-sig").splitlines())}
    letters: dict[str, set[str]] = defaultdict(set)
    for word, letter in _tagged(inflections):
        letters[word].add(letter)
    classes: dict[str, list[str]] = defaultdict(list)
    for word in sorted(filter(_PLAIN.fullmatch, ranks.keys() | letters.keys())):
        band = sum(ranks.get(word, BANDS[-1]) >= limit for limit in BANDS)
        if letters[word] or band < len(BANDS):  # of a rare word without a class there is nothing to say
            classes["".join(sorted(letters[word])) + str(band)].append(word)
    return classes


def main(frequencies: str, inflections: str) -> None:
    classes = _classes(Path(frequencies), Path(inflections))
    text = "".join(f"{name} {' '.join(words)}\n" for name, words in sorted(classes.items()))
    Path(__file__).with_name("words.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
