"""Every error that a person is meant to read.

    DashboardError          title, message, hint
    ├── ImportRefused       a file or a mapping cannot be taken; the store is untouched
    ├── StoreMissing        there is no store, or no generation in it
    ├── StoreDamaged        a file of the store does not hold what it says
    ├── AccessDenied        the viewer is unknown, or may not do this
    ├── ChangedMeanwhile    somebody else saved the same row first
    ├── TargetRefused       a target that the limits and locks do not allow; the board stays as it was
    └── BadRequest          a filter, a threshold or a name that does not exist
"""


class DashboardError(Exception):
    """An error with a title for people, what happened, and what to do about it."""

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(f"{title}: {message}" + (f" {hint}" if hint else ""))
        self.title = title
        self.message = message
        self.hint = hint


class ImportRefused(DashboardError):
    """A file or a mapping cannot be taken; the store is untouched."""


class StoreMissing(DashboardError):
    """There is no store here, or it has no generation yet."""


class StoreDamaged(DashboardError):
    """A file of the store does not hold what it says."""


class AccessDenied(DashboardError):
    """The viewer is unknown, or may not do this."""


class ChangedMeanwhile(DashboardError):
    """Somebody else saved the same row first; both versions are kept for the reader to compare."""


class BadRequest(DashboardError):
    """A filter, a threshold or a name that does not exist."""


class TargetRefused(DashboardError):
    """A target that the limits and locks do not allow: `nearest` is the closest figure that they do, None where there is none."""

    def __init__(self, title: str, message: str, hint: str = "", nearest: int | None = None) -> None:
        super().__init__(title, message, hint)
        self.nearest = nearest
