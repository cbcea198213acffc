"""Styles → plain tables, from which `viewer.model.styles` makes the same styles again."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from viewer.model.styles import FillStyle, LabelStyle, LineStyle, Rule, Style, SymbolStyle

_KINDS: dict[type[Any], str] = {FillStyle: "fill", LineStyle: "line", SymbolStyle: "symbol"}


def table_of(style: Style | LabelStyle) -> dict[str, Any]:
    """Return a style as a table for JSON; what is as usual is left out."""
    usual = type(style)()
    table: dict[str, Any] = {}
    for entry in fields(style):
        value = getattr(style, entry.name)
        if value != getattr(usual, entry.name):
            table[entry.name] = _plain(value)
    if not isinstance(style, LabelStyle):
        table["kind"] = _KINDS.get(type(style), "invisible")
    return table


def _plain(value: Any) -> Any:
    if not isinstance(value, Rule):
        return value
    if not value.field:
        return value.default
    table = {"field": value.field, "default": value.default, "cases": dict(value.cases)}
    return table | {"breaks": list(value.breaks)} if value.breaks else table
