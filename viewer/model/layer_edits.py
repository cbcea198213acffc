"""What a person does to layers of their own, as edits."""

from __future__ import annotations

from dataclasses import replace

from geodata.edits import Edit, Row
from viewer.model.layer import Layer
from viewer.model.own_layers import OwnLayer, row_text

TABLE = "layers"


def added(own: OwnLayer, look: Layer, *, at: float) -> Edit:
    """Return the edit that brings a layer."""
    return Edit(f"add layer {look.title}", (Row(TABLE, own.id, None, row_text(own, look, at=at)),))


def removed(own: OwnLayer, look: Layer, *, at: float) -> Edit:
    """Return the edit that takes a layer away."""
    return Edit(f"remove layer {look.title}", (Row(TABLE, own.id, row_text(own, look, at=at), None),))


def changed(own: OwnLayer, before: Layer, after: Layer, *, at: float) -> Edit:
    """Return the edit that makes a layer look otherwise."""
    rows = (Row(TABLE, own.id, row_text(own, before, at=at), row_text(own, after, at=at)),)
    return Edit(_name(before, after), rows)


def read_again(before: OwnLayer, after: OwnLayer, look: Layer, *, at: float) -> Edit:
    """Return the edit by which a layer holds what its file says now."""
    rows = (Row(TABLE, after.id, row_text(before, look, at=at), row_text(after, look, at=at)),)
    return Edit(f"read layer {look.title} again", rows)


def edited(name: str, after: OwnLayer, look: Layer, *, at: float, before: str | None) -> Edit:
    """Return the edit by which a layer holds other features; without the text of its row before, a new layer's."""
    return Edit(name, (Row(TABLE, after.id, before, row_text(after, look, at=at)),))


def moved(own: OwnLayer, look: Layer, *, at: float, to: float) -> Edit:
    """Return the edit that puts a layer above or under others."""
    rows = (Row(TABLE, own.id, row_text(own, look, at=at), row_text(own, look, at=to)),)
    return Edit(f"move layer {look.title} {'up' if to > at else 'down'}", rows)


def between(lower: float | None, upper: float | None) -> float:
    """Return a place between two others; None is below or above all."""
    if lower is None:
        return 0.0 if upper is None else upper - 1.0
    return lower + 1.0 if upper is None else (lower + upper) / 2


def _name(before: Layer, after: Layer) -> str:
    if after == replace(before, title=after.title):
        return f"rename layer {after.title}"
    if after == replace(before, visible=after.visible):
        return f"{'show' if after.visible else 'hide'} layer {after.title}"
    if after == replace(before, opacity=after.opacity):
        return f"opacity of layer {after.title}"
    return f"style layer {after.title}"
