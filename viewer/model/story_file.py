"""Stories as TOML files that a person can read and write."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from geodata import toml_text
from geodata.errors import CatalogueError, GeodataError
from geodata.viewpoints import VIEWS
from viewer.model.story import LayerLook, StepKind, StepView, Story, StoryStep, Transition
from viewer.model.styles import style_of
from viewer.model.views import STORY_BEARING_DEG, north_up

_STEP_KEYS = frozenset(StoryStep.__dataclass_fields__) - {"duration_s", "is_timed"} | {"seconds"}
_LOOK_KEYS = frozenset(("opacity", "style"))
_VIEW_KEYS = frozenset(("lon", "lat", "wide_km", "high_km", "bearing"))
_LONGEST_S = 24 * 3600.0
_WIDEST_KM = 500_000.0  # a wide screen at the coarsest scale
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

T = TypeVar("T", bound=str)


class StoryError(GeodataError):
    """A story cannot be read, or a step in it makes no sense."""


def read(path: Path) -> Story:
    """Read a story.

    Whether the layers, features and annotations that it names exist is not looked at here: a story plays without them.

    Raises
    ------
    StoryError
        Where the file is missing or is no TOML (with its line), has no step, or a value is wrong (with its step).
    """
    try:
        table, _ = toml_text.read(path, name="story")
    except CatalogueError as error:
        raise StoryError(error.what, where=error.where, advice=error.advice) from error
    return parse(table, where=str(path))


def parse_text(text: str, *, where: str) -> Story:
    """Return a story from the text of its file.

    Raises
    ------
    StoryError
        As in `read`.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise StoryError(f"The story is not valid TOML: {error}.", where=where, advice="Mend that line.") from error
    return parse(table, where=where)


def parse(table: dict[str, Any], *, where: str) -> Story:
    """Return a story from the tables of its file.

    Raises
    ------
    StoryError
        As in `read`.
    """
    entries = table.get("step")
    if not isinstance(entries, list) or not entries:
        raise StoryError("The story has no steps.", where=where, advice="Write each as a [[step]] table.")
    title = _text(table, "title", where=where) or "A story without a title"
    steps: list[StoryStep] = []
    for number, entry in enumerate(cast("list[Any]", entries), start=1):
        step = _step(entry, where=f"{where}, step {number}")
        if any(step.id == other.id for other in steps):
            raise StoryError(
                f"Its id {step.id} is used twice.", where=f"{where}, step {number}", advice="Give it another."
            )
        steps.append(step)
    slot_min = _number(table, "slot_minutes", 0.0, least=0.0, most=_LONGEST_S / 60, where=where)
    return Story(title, tuple(steps), _text(table, "subtitle", where=where), slot_min * 60)


def _step(entry: Any, *, where: str) -> StoryStep:
    if not isinstance(entry, dict):
        raise StoryError("It is no table.", where=where, advice="Begin it with [[step]].")
    values = cast("dict[str, Any]", entry)
    unknown = sorted(set(values) - _STEP_KEYS)
    if unknown:
        advice = f"Known are {', '.join(sorted(_STEP_KEYS))}."
        raise StoryError(f"It has {', '.join(unknown)}, which means nothing.", where=where, advice=advice)
    step_id = _text(values, "id", where=where)
    title = _text(values, "title", where=where)
    if not step_id or not title:
        raise StoryError("It has no id or no title.", where=where, advice="Add id = … and title = …")
    legend = values.get("legend", False)
    if not isinstance(legend, bool):
        raise StoryError(f"legend is {legend!r}.", where=where, advice="Write true or false.")
    return StoryStep(
        id=step_id,
        title=title,
        view=_view(values.get("view", "arctic"), where=where),
        caption=_text(values, "caption", where=where),
        features=_texts(values, "features", where=where),
        annotation=_text(values, "annotation", where=where),
        passage=_text(values, "passage", where=where),
        shown=_texts(values, "shown", where=where),
        hidden=_texts(values, "hidden", where=where),
        legend=legend,
        notes=_text(values, "notes", where=where),
        duration_s=_number(values, "seconds", 60.0, least=1.0, most=_LONGEST_S, where=where),
        is_timed="seconds" in values,
        kind=_choice(values, "kind", get_args(StepKind), where=where) or "map",
        looks=_looks(values.get("looks", {}), where=where),
        viewpoint=_choice(values, "viewpoint", tuple(VIEWS), where=where),
        date=_date(values, where=where),
        transition=_choice(values, "transition", get_args(Transition), where=where) or "fly",
    )


def _looks(value: Any, *, where: str) -> tuple[LayerLook, ...]:
    if not isinstance(value, dict):
        raise StoryError("looks is no table.", where=where, advice="Write [step.looks.LAYER] tables.")
    found: list[LayerLook] = []
    for layer, entry in cast("dict[str, Any]", value).items():
        place = f"{where}, look of {layer}"
        if not isinstance(entry, dict) or set(cast("dict[str, Any]", entry)) - _LOOK_KEYS:
            raise StoryError("It is no look.", where=place, advice=f"Known are {', '.join(sorted(_LOOK_KEYS))}.")
        table = cast("dict[str, Any]", entry)
        opacity = _number(table, "opacity", None, least=0.0, most=1.0, where=place) if "opacity" in table else None
        try:
            style = style_of(table["style"], where=place) if "style" in table else None
        except (CatalogueError, AttributeError, TypeError) as error:
            raise StoryError(f"Its style cannot be drawn: {error}", where=place, advice="Mend it.") from error
        found.append(LayerLook(layer, opacity, style))
    return tuple(found)


def _choice(values: dict[str, Any], name: str, known: tuple[T, ...], *, where: str) -> Any:
    """Return one of the words that are known; empty where nothing is said."""
    value = _text(values, name, where=where)
    if value and value not in known:
        raise StoryError(f"{name} is {value!r}.", where=where, advice=f"Use one of {', '.join(known)}.")
    return value


def _date(values: dict[str, Any], *, where: str) -> str:
    value = _text(values, "date", where=where)
    if value and not _DATE.fullmatch(value):
        raise StoryError(f"date is {value!r}.", where=where, advice="Write it as 2025, 2025-08 or 2025-08-15.")
    return value


def _view(value: Any, *, where: str) -> StepView:
    try:
        if isinstance(value, str):
            return StepView(name=value)
        if not isinstance(value, dict):
            raise ValueError(f"{value!r} is no view")
    except ValueError as error:
        raise StoryError(
            f"Its view: {error}.", where=where, advice="Name a view, or give lon, lat and wide_km."
        ) from error
    table = cast("dict[str, Any]", value)
    unknown = sorted(set(table) - _VIEW_KEYS)
    if unknown:
        advice = f"Known are {', '.join(sorted(_VIEW_KEYS))}."
        raise StoryError(f"Its view has {', '.join(unknown)}, which means nothing.", where=where, advice=advice)
    lon = _number(table, "lon", None, least=-360.0, most=360.0, where=where)
    lat = _number(table, "lat", None, least=0.0, most=90.0, where=where)
    wide_km = _number(table, "wide_km", None, least=0.1, most=_WIDEST_KM, where=where)
    high_km = _number(table, "high_km", wide_km * 0.5, least=0.1, most=_WIDEST_KM, where=where)
    bearing = table.get("bearing", "story")
    if bearing == "story":
        bearing_deg = STORY_BEARING_DEG
    elif bearing == "north":
        bearing_deg = north_up(lon)
    else:
        bearing_deg = _number(table, "bearing", None, least=-360.0, most=360.0, where=where)
    return StepView("", lon, lat, round(wide_km * 1000, 3), round(high_km * 1000, 3), bearing_deg)


def _text(values: dict[str, Any], name: str, *, where: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise StoryError(f"{name} is {value!r}.", where=where, advice="Write it as text, in quotation marks.")
    return value.strip()


def _texts(values: dict[str, Any], name: str, *, where: str) -> tuple[str, ...]:
    value = values.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in cast("list[Any]", value)):
        raise StoryError(
            f"{name} is {value!r}.", where=where, advice='Write a list of texts, such as ["lanes/nsr_main"].'
        )
    return tuple(cast("list[str]", value))


def _number(
    values: dict[str, Any], name: str, default: float | None, *, least: float, most: float, where: str
) -> float:
    value = values.get(name, default)
    if value is None:
        raise StoryError(f"Its view has no {name}.", where=where, advice=f"Add {name} = … to it.")
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise StoryError(f"{name} is {value!r}.", where=where, advice=f"Write a number from {least:g} to {most:g}.")
    return float(value)
