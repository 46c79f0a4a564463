"""The company's own sales models: what is sold to different customers goes through different stages, at a different pace (source 002).

A model says which deals it is for, by kind and channel of their account, and the values that hold for them: the stages' order and the
windows, which are meant as they are written. Deals that no model is asked for are read as the company as a whole reads them.

Kept as the text of a setting: {"Bars": {"kinds": ["outlet"], "stages": ["visit", "tasting"], "protection_days": 15}}, every part optional.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from data.errors import BadRequest
from data.language import _
from data.lower_case import lowered
from measures.pipeline import named_words

SETTING, CHOICE = "sales_models", "deals_of"
LIMITS = {"maturity_days": (1, 2000), "protection_days": (1, 1000), "lost_days": (30, 2000)}
"""The windows in days that a model may set, from the shortest to the longest: as for the company."""
WINDOWS = tuple(LIMITS)
SETS = ("stage_order", "sales_model", *WINDOWS)
"""The thresholds that a model may set, beside whom it is for."""
AS_WRITTEN = "big_c"
"""The stated windows are those of this model: no factor stretches them."""


@dataclass(frozen=True)
class SalesModel:
    """Whom it is for (nothing named = everybody), its stages in order (none = as for all deals) and its windows (None = likewise)."""

    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    maturity_days: int | None = None
    protection_days: int | None = None
    lost_days: int | None = None

    def values(self) -> dict[str, object]:
        """The thresholds that hold for the model's deals."""
        texts = {"deal_kinds": named_words.written(self.kinds), "deal_channels": named_words.written(self.channels)}
        stages = {"stage_order": ", ".join(self.stages)} if self.stages else {}
        days = {name: getattr(self, name) for name in WINDOWS if getattr(self, name) is not None}
        return texts | stages | days | ({"sales_model": AS_WRITTEN} if days else {})


def read(text: str) -> dict[str, SalesModel]:
    """The models by name. Raises ValueError for a text that says no such thing."""
    given = json.loads(text) if text.strip() else {}
    if not isinstance(given, dict) or not all(isinstance(of, dict) for of in given.values()):
        raise ValueError(text)
    return {_text(name): _model(of) for name, of in given.items()}


def written(models: Mapping[str, SalesModel]) -> str:
    """The text of a setting; empty where there is no model."""
    said = {name: {part: value for part, value in asdict(models[name]).items() if value not in ((), None)} for name in sorted(models)}
    return json.dumps(said, ensure_ascii=False) if said else ""


def canonical(text: str) -> str:
    """The same text as `written` gives it. Raises ValueError."""
    return written(read(text))


def with_model(settings: Mapping[str, object], name: str) -> dict[str, object]:
    """The settings as they hold for the deals of the model of that name; an empty name changes nothing. Raises BadRequest."""
    if not name:
        return dict(settings)
    models = read(str(settings.get(SETTING, "")))
    if name not in models:
        raise BadRequest(
            _("There is no sales model {name}").format(name=name), _("The sales models are: {names}.").format(names=", ".join(models) or "–")
        )
    return {**settings, CHOICE: name, **models[name].values()}


def own_model(models: Mapping[str, SalesModel], kind: str | None, channel: str | None) -> str:
    """The model that an account of this kind and channel is sold by, empty where none is for it.

    Of several, the one that says most closely whom it is for: by kind and channel, then by either, then for everybody; then the first by name.
    """
    fitting = [name for name, model in sorted(models.items()) if _fits(model.kinds, kind) and _fits(model.channels, channel)]
    return max(fitting, key=lambda name: bool(models[name].kinds) + bool(models[name].channels), default="")


def _fits(named: tuple[str, ...], word: str | None) -> bool:
    return not named or lowered((word or "").strip()) in {lowered(name) for name in named}


def _model(of: Mapping[str, object]) -> SalesModel:
    unknown = set(of) - set(SalesModel.__dataclass_fields__)
    if unknown:
        raise ValueError(unknown)
    texts = {name: tuple(_text(text) for text in _listed(of.get(name))) for name in ("kinds", "channels", "stages")}
    return SalesModel(**texts, **{name: _days(of.get(name), *LIMITS[name]) for name in WINDOWS})


def _listed(given: object) -> list:
    if given is not None and not isinstance(given, list):
        raise ValueError(given)
    return given or []


def _text(given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        raise ValueError(given)
    return given.strip()


def _days(given: object, shortest: int, longest: int) -> int | None:
    if given is not None and (isinstance(given, bool) or not isinstance(given, int) or not shortest <= given <= longest):
        raise ValueError(given)
    return given
