"""What differs between two states of the company's own sales models."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from measures.pipeline.sales_models import SalesModel


@dataclass(frozen=True)
class PartChange:
    """A part of a model (a field of SalesModel) with its two values."""

    part: str
    before: object
    after: object


@dataclass(frozen=True)
class ModelChange:
    """A model that is new, removed or changed, and its parts that differ; those of a new one differ from a model that says nothing."""

    model: str
    is_new: bool
    is_removed: bool
    parts: tuple[PartChange, ...]


def changes(before: Mapping[str, SalesModel], after: Mapping[str, SalesModel]) -> list[ModelChange]:
    """The models that differ, in the order of their names."""
    found = (_change(name, before.get(name), after.get(name)) for name in sorted({**before, **after}))
    return [change for change in found if change.is_new or change.is_removed or change.parts]


def _change(name: str, old: SalesModel | None, new: SalesModel | None) -> ModelChange:
    was, now = old or SalesModel(), new or SalesModel()
    pairs = [(field.name, getattr(was, field.name), getattr(now, field.name)) for field in fields(SalesModel)]
    parts = () if new is None else tuple(PartChange(*pair) for pair in pairs if pair[1] != pair[2])
    return ModelChange(name, old is None, new is None, parts)
