"""Files of one shape, as a person sees them before they are read: their names, their headings, some rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Files of one shape: their names, their headings, and some rows of the first."""

    files: tuple[str, ...]
    header: tuple[str, ...]
    sample: tuple[tuple[str | None, ...], ...] = ()

    def example(self, place: int) -> str:
        """The first value of a column that is not empty."""
        return next((row[place] for row in self.sample if row[place]), "")

    def values(self, place: int) -> list[str]:
        """The sampled values of a column that are not empty."""
        return [row[place] for row in self.sample if row[place]]
