"""Stories as TOML files that a person can read and write."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from geodata import toml_text
from geodata.errors import CatalogueError, GeodataError
from viewer.model.story import StepView, Story, StoryStep
from viewer.model.views import STORY_BEARING_DEG, north_up

_STEP_KEYS = frozenset(StoryStep.__dataclass_fields__) - {"duration_s", "is_timed"} | {"seconds"}
_VIEW_KEYS = frozenset(("lon", "lat", "wide_km", "high_km", "bearing"))
_LONGEST_S = 24 * 3600.0


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
    return Story(title, tuple(steps), _text(table, "subtitle", where=where))


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
    )


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
    wide_km = _number(table, "wide_km", None, least=0.1, most=50_000.0, where=where)
    high_km = _number(table, "high_km", wide_km * 0.5, least=0.1, most=50_000.0, where=where)
    bearing = table.get("bearing", "story")
    if bearing == "story":
        bearing_deg = STORY_BEARING_DEG
    elif bearing == "north":
        bearing_deg = north_up(lon)
    else:
        bearing_deg = _number(table, "bearing", None, least=-360.0, most=360.0, where=where)
    return StepView("", lon, lat, wide_km * 1000, high_km * 1000, bearing_deg)


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
