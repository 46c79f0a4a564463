"""Who is looking, and what they may see."""

from dataclasses import dataclass

ROLES: tuple[str, ...] = ("manager", "executive", "lead", "salesperson")
"""A manager changes settings and imports; an executive sees everything; a lead and a salesperson see their regions."""

REGIONAL_ROLES = frozenset({"lead", "salesperson"})
"""Roles that are bound to regions."""

PERSONAL_ROLES = frozenset({"manager", "lead"})


@dataclass(frozen=True)
class Viewer:
    """A signed-in person. `region_ids` None means every region and the rows that belong to none; an empty tuple means nothing."""

    email: str
    name: str
    role: str
    region_ids: tuple[str, ...] | None = ()

    @property
    def sees_everything(self) -> bool:
        """Whether the viewer's scope is the whole company."""
        return self.region_ids is None

    @property
    def sees_personal(self) -> bool:
        """Whether contacts' restricted fields (birthday, interests) are shown."""
        return self.role in PERSONAL_ROLES

    @property
    def may_change(self) -> bool:
        """Whether the viewer may import, undo and change settings."""
        return self.role == "manager" and self.sees_everything


NOBODY = Viewer(email="", name="", role="salesperson", region_ids=())
"""An unknown person: sees no rows at all."""
