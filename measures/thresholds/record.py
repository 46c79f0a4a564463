"""What a threshold is, and the values that an answer is read with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from data.errors import BadRequest
from data.language import _

Value = float | int | str


@dataclass(frozen=True)
class Threshold:
    """One debatable value.

    `kind` is share (0–1), number, integer, choice, date (ISO, or empty) or text. `label` and `reason` are messages to translate.
    `check` gives a text its one form, or raises ValueError or an error for people. What `is_personal` is chosen by each reader: no setting
    holds it for all. What `files_tell` is open until somebody chooses it or a file tells it: the default only stands in for it, and whoever
    chooses just that has chosen.
    """

    name: str
    default: Value
    kind: str
    label: str
    reason: str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    check: Callable[[str], str] | None = None
    is_personal: bool = False
    files_tell: bool = False

    def read(self, text: object) -> Value:
        """The value that a person wrote, checked. Raises BadRequest with the values that are possible."""
        try:
            value = self._converted(text)
        except (TypeError, ValueError) as error:
            raise self._refusal(text) from error
        if self.choices and value not in self.choices:
            raise self._refusal(text)
        if self.minimum is not None and value < self.minimum or self.maximum is not None and value > self.maximum:
            raise self._refusal(text)
        return value

    def _converted(self, text: object) -> Value:
        if self.kind == "integer":
            return int(str(text))
        if self.kind in ("share", "number"):
            value = float(str(text))
            if value != value or value in (float("inf"), float("-inf")):
                raise ValueError(text)
            return value
        if self.kind == "date":
            return str(date.fromisoformat(str(text).strip())) if str(text).strip() else ""
        return self.check(str(text).strip()) if self.check else str(text).strip()

    def _refusal(self, text: object) -> BadRequest:
        possible = _(self.reason).rstrip(".") if self.check else ", ".join(self.choices) if self.choices else f"{self.minimum} … {self.maximum}"
        return BadRequest(
            _("“{value}” is not possible for {name}").format(value=text, name=self.name),
            _("{label}: {possible}.").format(label=_(self.label), possible=possible),
        )


@dataclass(frozen=True)
class Cuts:
    """The values of an answer's thresholds in this reading: hashable, read by name."""

    values: tuple[tuple[str, Value], ...] = ()

    def __getitem__(self, name: str) -> Value:
        return dict(self.values)[name]

    def as_dict(self) -> dict[str, Value]:
        """The values by name."""
        return dict(self.values)

    def only(self, names: Iterable[str]) -> "Cuts":
        """The same cuts without those of other names."""
        wanted = frozenset(names)
        return Cuts(tuple((name, value) for name, value in self.values if name in wanted))

    def but(self, **changes: Value) -> "Cuts":
        """The same cuts with some values changed."""
        return Cuts(tuple((dict(self.values) | changes).items()))


def share(name: str, default: float, label: str, reason: str) -> Threshold:
    """A threshold between 0 and 1."""
    return Threshold(name, default, "share", label, reason, minimum=0.0, maximum=1.0)
