"""The layers that are drawn when there is no catalogue to be had: land, and the four subjects of the story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geodata import catalogue
from geodata.catalogue import Catalogue, Source
from geodata.errors import CatalogueError

_NATURAL_EARTH = "Made with Natural Earth"
_SELECTABLE = {"selectable": True}


def read_or_built_in(path: Path) -> tuple[Catalogue, tuple[CatalogueError, ...]]:
    """Read a catalogue; where none of it can be read, return the built-in one, and say so."""
    try:
        return catalogue.read(path), ()
    except CatalogueError as problem:
        what = f"{problem.what.rstrip('.')}. Only land and the main subjects are shown."
        return Catalogue(_SOURCES), (CatalogueError(what, where=problem.where, advice=problem.advice),)


def _source(layer_id: str, title: str, group: str, style: dict[str, Any], **own: Any) -> Source:
    terms = {"source": "Built in", "licence": "Public domain; own work, MIT", "vintage": "2026"}
    return Source(id=layer_id, title=title, group=group, style=style, **terms, **own)


_SOURCES = (
    _source(
        "land",
        "Land",
        "Base map",
        {"kind": "fill", "fill": "land", "outline": "coast", "outline_width_px": 0.8},
        attribution=_NATURAL_EARTH,
    ),
    _source(
        "russian-arctic",
        "Arctic zone of Russia",
        "Russian Arctic",
        {
            "kind": "fill",
            "fill": {"field": "extent", "default": "", "cases": {"whole": "russian_arctic_fill"}},
            "hatch": {"field": "extent", "default": "none", "cases": {"part": "diagonal"}},
            "hatch_colour": "russian_arctic_hatch",
            "outline": "russian_arctic_edge",
            "stroke_holes": False,
        },
        attribution=_NATURAL_EARTH,
        label={"role": "region", "colour": "label_russian_arctic", "priority": 12},
        display=_SELECTABLE,
    ),
    _source(
        "alaska",
        "Alaska",
        "Alaska",
        {"kind": "fill", "fill": "alaska_fill", "outline": "alaska_edge", "stroke_holes": False},
        attribution=_NATURAL_EARTH,
        label={"role": "country", "colour": "label_alaska", "size_px": 16, "priority": 4},
        display=_SELECTABLE,
    ),
    _source(
        "lanes",
        "Shipping lanes",
        "Shipping lanes",
        {"kind": "line", "colour": "lane_nsr", "width_px": 1.7, "dash": [7, 2.5], "casing": "lane_casing"},
        label={"field": "short_name", "role": "lane", "colour": "label_lane", "priority": 15, "along": True},
        display=_SELECTABLE,
    ),
    _source(
        "jber-symbol",
        "Base symbol",
        "Elmendorf-Richardson",
        {"kind": "symbol", "shape": "star", "colour": "jber_edge", "stroke": "symbol_edge", "size_px": 22},
        attribution="airportsdata (MIT)",
        label={"role": "symbol", "colour": "label_jber", "size_px": 14, "priority": 2},
        display=_SELECTABLE,
    ),
)
