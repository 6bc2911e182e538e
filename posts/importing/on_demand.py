"""Mappings whose values are found when they are first asked for."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

Said = TypeVar("Said", covariant=True)


class OnDemand(Mapping[str, Said]):
    """Holds what was asked for and found, and nothing else."""

    def __init__(self) -> None:
        self._found: dict[str, Said] = {}

    def find(self, name: str) -> Said:
        """What belongs to the name. Raises `KeyError` where nothing does."""
        raise NotImplementedError

    def __getitem__(self, name: str) -> Said:
        if name not in self._found:
            self._found[name] = self.find(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
