"""Which recipe makes which layer."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from geodata.bundle.made import Made
from geodata.bundle.shelf import Shelf

RECIPES: Mapping[str, tuple[str, str]] = {
    "bathymetry": ("sea", "bathymetry"),
    "land": ("territory", "land"),
    "glaciated": ("ice", "glaciated"),
    "lakes": ("water", "lakes"),
    "rivers": ("water", "rivers"),
    "russian-arctic": ("territory", "russian_arctic"),
    "alaska": ("territory", "alaska"),
    "alaska-boroughs": ("territory", "alaska_boroughs"),
    "admin1-borders": ("borders", "admin1_borders"),
    "country-borders": ("borders", "country_borders"),
    "occupied": ("territory", "occupied"),
    "zones": ("zones", "zones"),
    "graticule": ("graticule", "graticule"),
    "maritime-boundary": ("lanes", "maritime_boundary"),
    "jber": ("base", "outline"),
    "runways": ("base", "runways"),
    "annotation-lines": ("marks", "lines"),
    "lanes": ("lanes", "lanes"),
    "resource-sites": ("symbols", "resource_sites"),
    "bases": ("symbols", "bases"),
    "ports": ("symbols", "ports"),
    "places": ("places", "places"),
    "annotations": ("marks", "points"),
    "jber-symbol": ("base", "symbol"),
    "sea-labels": ("symbols", "sea_labels"),
    "country-labels": ("labels", "country_labels"),
    "region-labels": ("labels", "region_labels"),
}
"""Module and function by layer, in drawing order, the lowest first."""


def make(layer_id: str, shelf: Shelf) -> Made:
    """Make one layer; only its own recipe is imported, so that a layer of annotations needs no raster library.

    Raises
    ------
    KeyError
        Where no layer has that id.
    GeodataError
        Where something that the recipe needs is missing or wrong.
    """
    module, function = RECIPES[layer_id]
    return getattr(importlib.import_module(f"geodata.bundle.{module}"), function)(shelf)
