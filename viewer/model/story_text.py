"""Stories → TOML that a person can read, and that `viewer.model.story_file` reads as the same story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, cast

from viewer.model.story import LayerLook, StepView, Story, StoryStep
from viewer.model.style_tables import table_of

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", ord("\t"): "\\t", ord("\r"): "\\r", ord("\n"): "\\n"}
_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(0x20), 0x7F) if code not in (0x09, 0x0A, 0x0D)}
_WIDTH = 118
_USUAL = {field.name: field.default for field in fields(StoryStep)}


def text_of(story: Story) -> str:
    """Return a story as the text of its file. What a step leaves as usual is not written."""
    head = [f"title = {_quoted(story.title)}"]
    if story.subtitle:
        head.append(f"subtitle = {_quoted(story.subtitle)}")
    if story.slot_s:
        head.append(f"slot_minutes = {_number(story.slot_s / 60)}")
    return "\n\n".join(["\n".join(head), *("\n".join(_step_lines(step)) for step in story.steps)]) + "\n"


def _step_lines(step: StoryStep) -> Iterator[str]:
    yield "[[step]]"
    yield f"id = {_quoted(step.id)}"
    yield f"title = {_quoted(step.title)}"
    yield f"view = {_view(step.view)}"
    for name in ("features", "shown", "hidden"):
        values = cast("tuple[str, ...]", getattr(step, name))
        if values:
            yield f"{name} = {_list(values, indent=len(name) + 4)}"
    for name in ("kind", "transition", "annotation", "passage", "viewpoint", "date", "caption"):
        value = cast(str, getattr(step, name))
        if value != _USUAL[name]:
            yield f"{name} = {_quoted(value)}"
    if step.legend:
        yield "legend = true"
    if step.is_timed:
        yield f"seconds = {_number(step.duration_s)}"
    if step.notes:
        yield f"notes = {_block(step.notes)}"
    for look in step.looks:
        yield from _look_lines(look)


def _look_lines(look: LayerLook) -> Iterator[str]:
    yield ""
    yield f"[step.looks.{_key(look.layer)}]"
    if look.opacity is not None:
        yield f"opacity = {_number(look.opacity)}"
    if look.style is not None:
        yield f"style = {_value(table_of(look.style))}"


def _view(view: StepView) -> str:
    if view.name:
        return _quoted(view.name)
    table = {
        "lon": view.lon,
        "lat": view.lat,
        "wide_km": view.wide_m / 1000,
        "high_km": view.high_m / 1000,
        "bearing": view.bearing_deg,
    }
    return _value(table)


def _list(values: tuple[str, ...], *, indent: int) -> str:
    whole = f"[{', '.join(map(_quoted, values))}]"
    if len(whole) + indent <= _WIDTH:
        return whole
    lines = [""]
    for value in map(_quoted, values):
        if len(lines[-1]) + len(value) > _WIDTH - 6:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else '    '}{value},"
    return "\n".join(["[", *lines, "]"])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        entries = (f"{_key(key)} = {_value(entry)}" for key, entry in cast("Mapping[str, Any]", value).items())
        return f"{{ {', '.join(entries)} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, cast('list[Any]', value)))}]"
    return _quoted(str(value))


def _number(value: float) -> str:
    text = repr(round(float(value), 7))
    return text.removesuffix(".0")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES | _CONTROLS)}"'


def _block(text: str) -> str:
    """Return a text over several lines; blanks at its ends are none of it."""
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"').replace("\r", "\\r").translate(_CONTROLS)
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    return f'"""\n{escaped}\n"""'
