"""The names that a stack of layers wants on the map, before anything decides where they fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.prepared import UNITS_PER_METRE, PreparedLayer
from viewer.engine.labels_anchors import anchors_of
from viewer.model.camera import COARSEST_MPP
from viewer.model.label_text import texts_of
from viewer.model.layer import Layer
from viewer.model.styles import InvisibleStyle, LabelRole, LabelStyle, LineStyle, Rule, SymbolStyle

CENTRED: frozenset[LabelRole] = frozenset({"ocean", "sea", "country", "region"})

_OCEAN_PRIORITY = 1
"""An ocean's name is the largest on the map and has nowhere else to go: it comes before everything else."""

_NO_RANK = 99.0
_LETTER_EM = 0.62
_AREA_SHARE = 1.3
"""A name may be this much wider than the area it names."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name and the scales at which it is wanted.

    Attributes
    ----------
    reference : str
        ``layer/feature``.
    text : str
        As it stands in the data.
    label : LabelStyle
        How it is to look.
    size_px : float
        Size of the type in logical pixels.
    x, y : float
        What it names, in map metres; for a name along a line, nothing.
    coarsest_mpp, finest_mpp : float
        It is wanted while ``finest_mpp <= metres per pixel <= coarsest_mpp``.
    rank : float
        Lesser names have higher ranks.
    symbol_px : float
        Half the size of the symbol that it must keep clear of; for a name along a line half the line's width.
    centred : bool
        Whether it stands on its anchor and not beside it.
    row : int
        Of the feature in its layer.
    """

    reference: str
    text: str
    label: LabelStyle
    size_px: float
    x: float
    y: float
    coarsest_mpp: float
    finest_mpp: float
    rank: float
    symbol_px: float
    centred: bool
    row: int


@dataclass(frozen=True, slots=True, eq=False)
class Symbols:
    """The symbols that names should not cover: map metres (n, 2), half sizes in logical pixels, scales."""

    anchors: NDArray[np.float64]
    half_px: NDArray[np.float64]
    coarsest_mpp: NDArray[np.float64]
    finest_mpp: NDArray[np.float64]


def names_of(layer: Layer, prepared: PreparedLayer) -> list[Name]:
    """Return the names of a layer's features, in the layer's order; features without text or place have none."""
    label = layer.label
    texts = texts_of(label.field, prepared.attributes) if label is not None else None
    if label is None or texts is None:
        return []
    along = runs_along(layer, prepared)
    count = len(prepared.attributes["id"])
    xy, spans = (np.zeros((count, 2)), None) if along else anchors_of(prepared)
    sizes = values_of(label.size_px, prepared)
    symbols = _half_sizes(layer, prepared)
    coarsest, ranks = _scales(layer, prepared)
    centred = prepared.geometry == "polygon" or label.role in CENTRED or isinstance(layer.style, InvisibleStyle)
    kinds = prepared.attributes.get("kind", ())
    oceans = replace(label, role="ocean", priority=_OCEAN_PRIORITY) if label.role == "sea" and kinds else None
    names: list[Name] = []
    ids = prepared.attributes["id"]
    for row, text in enumerate(texts):
        if not isinstance(text, str) or not text.strip() or math.isnan(xy[row, 0]):
            continue
        limit = coarsest[row]
        if spans is not None and prepared.geometry == "polygon":
            limit = min(limit, _AREA_SHARE * spans[row] / (len(text) * _LETTER_EM * sizes[row]))
        names.append(
            Name(
                reference=f"{layer.id}/{ids[row]}",
                text=text,
                label=oceans if oceans is not None and kinds[row] == "ocean" else label,
                size_px=float(sizes[row]),
                x=float(xy[row, 0]),
                y=float(xy[row, 1]),
                coarsest_mpp=limit,
                finest_mpp=layer.min_mpp,
                rank=ranks[row],
                symbol_px=symbols[row],
                centred=centred,
                row=row,
            )
        )
    return names


def runs_along(layer: Layer, prepared: PreparedLayer) -> bool:
    """Return whether a layer's names run along its features: lines, or narrow areas such as runways."""
    return layer.label is not None and layer.label.along and prepared.geometry != "point"


def symbols_of(pairs: Sequence[tuple[Layer, PreparedLayer]]) -> Symbols:
    """Return the symbols of all layers that draw points as symbols."""
    anchors: list[NDArray[np.float64]] = [np.empty((0, 2))]
    halves: list[NDArray[np.float64]] = [np.empty(0)]
    coarsest: list[NDArray[np.float64]] = [np.empty(0)]
    finest: list[NDArray[np.float64]] = [np.empty(0)]
    for layer, prepared in pairs:
        level = prepared.levels[0]
        if not isinstance(layer.style, SymbolStyle) or level.part_count == 0:
            continue
        rows = level.feature_of_part
        anchors.append(level.coords[level.ring_offsets[level.part_offsets[:-1]]] / UNITS_PER_METRE)
        halves.append(np.asarray(_half_sizes(layer, prepared))[rows])
        coarsest.append(np.asarray(_scales(layer, prepared)[0])[rows])
        finest.append(np.full(len(rows), layer.min_mpp))
    return Symbols(np.concatenate(anchors), np.concatenate(halves), np.concatenate(coarsest), np.concatenate(finest))


def values_of(rule: Rule, prepared: PreparedLayer) -> list[Any]:
    """Return a rule's value for every feature of a layer."""
    count = len(prepared.attributes["id"])
    column = prepared.attributes.get(rule.field) if rule.field else None
    if column is None:
        return [rule.default] * count
    known: dict[Any, Any] = {}
    values: list[Any] = []
    for value in column:
        if value not in known:
            known[value] = rule.of({rule.field: value})
        values.append(known[value])
    return values


def _half_sizes(layer: Layer, prepared: PreparedLayer) -> list[float]:
    if isinstance(layer.style, SymbolStyle):
        return [float(size) / 2 + 1.0 for size in values_of(layer.style.size_px, prepared)]
    if isinstance(layer.style, LineStyle):
        return [float(width) / 2 for width in values_of(layer.style.width_px, prepared)]
    return [0.0] * len(prepared.attributes["id"])


def _scales(layer: Layer, prepared: PreparedLayer) -> tuple[list[float], list[float]]:
    """Return, by row, the coarsest scale at which a feature is shown, and its rank."""
    limit = min(layer.max_mpp, layer.label.max_mpp if layer.label else COARSEST_MPP, COARSEST_MPP)
    column = prepared.attributes.get(layer.rank_field) if layer.rank_field else None
    if column is None:
        count = len(prepared.attributes["id"])
        return [limit] * count, [_NO_RANK if layer.rank_field else 0.0] * count
    limits, ranks = [], []
    for value in column:
        is_ranked = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        ranks.append(float(value) if is_ranked else _NO_RANK)
        limits.append(min(limit, layer.rank_limit(value)))
    return limits, ranks
