"""What there is to draw of a layer for a view: which level, which parts, and which style for each feature."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainterPath

from geodata.extent import Extent
from geodata.prepared import Level, PreparedLayer
from viewer.engine.bunches import Bunches
from viewer.engine.clipping import clip_line, clip_ring
from viewer.engine.path_cache import PathCache
from viewer.engine.paths import path_of_rings
from viewer.engine.thinning import significance
from viewer.model.layer import Layer
from viewer.model.styles import Rule, Style

LEVEL_PIXELS = 1.3
"""By how much of a device pixel a drawn line may be off."""

_THINNED_PIXELS = 0.25
_THIN_FROM_VERTICES = 32
_CLIP_FROM_VERTICES = 1_500
_RUN_VERTICES = 256


@dataclass(frozen=True, slots=True)
class Look:
    """The values that a style's rules give to one group of features, by the style's field names."""

    values: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return the value of a style field."""
        return self.values[name]


@dataclass(eq=False)
class LayerScene:
    """A prepared layer with everything that is remembered between two pictures of it.

    Paths are kept in map metres, so that they serve every camera of the same level of detail; the layers of a map share
    one cache of them.
    """

    prepared: PreparedLayer
    paths: PathCache = field(default_factory=PathCache)
    _looks: tuple[Style | None, list[Look], NDArray[np.int32]] = field(
        default_factory=lambda: (None, [], np.empty(0, np.int32))
    )
    _rank_limits: tuple[tuple[str, tuple[float, ...]], NDArray[np.float64]] = field(
        default_factory=lambda: (("", ()), np.empty(0))
    )
    _bunches: dict[tuple[int, bool], Bunches] = field(default_factory=dict[tuple[int, bool], Bunches])
    _significance: dict[int, list[tuple[NDArray[np.float64], NDArray[np.float64]]]] = field(
        default_factory=dict[int, list[tuple[NDArray[np.float64], NDArray[np.float64]]]]
    )

    def looks(self, style: Style) -> tuple[list[Look], NDArray[np.int32]]:
        """Return the distinct looks that a style gives, and for each feature the index of its look."""
        if self._looks[0] != style:
            self._looks = (style, *_looks_of(self.prepared, style))
        return self._looks[1], self._looks[2]

    def shown(self, layer: Layer, metres_per_pixel: float) -> NDArray[np.bool_]:
        """Return which features a layer's ranks let through at a scale."""
        count = len(self.prepared.attributes["id"])
        if not layer.rank_limits or not layer.rank_field:
            return np.ones(count, dtype=bool)
        key = (layer.rank_field, layer.rank_limits)
        if self._rank_limits[0] != key:
            column = self.prepared.attributes.get(layer.rank_field, [None] * count)
            self._rank_limits = (key, np.asarray([layer.rank_limit(value) for value in column], dtype=np.float64))
        return self._rank_limits[1] >= metres_per_pixel

    def levels(self, *, outline: bool = False) -> tuple[Level, ...]:
        """Return the levels to fill, or those to stroke."""
        return self.prepared.outlines if outline and self.prepared.outlines else self.prepared.levels

    def parts_in(self, level: Level, extent: Extent, shown: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the parts of a level that touch an extent and belong to features that are shown, ascending."""
        return np.flatnonzero(extent.touched_by(level.bounds) & shown[level.feature_of_part])

    def units(
        self,
        index: int,
        extent: Extent,
        look_of: NDArray[np.int32],
        shown: NDArray[np.bool_],
        *,
        looks: Collection[int],
        outline: bool = False,
    ) -> list[tuple[int, ...]]:
        """Return the parts of a level to draw in an extent, those together that share a path and a look.

        Parameters
        ----------
        index, outline
            The level, and whether its lines are to be stroked.
        extent
            The view.
        look_of, shown
            For each feature its look, and whether it is shown.
        looks
            The looks that are drawn at all.
        """
        level = self.levels(outline=outline)[index]
        is_filled = self.prepared.geometry == "polygon"
        bunches = self._bunches.get((index, outline))
        if bunches is None:
            bunches = self._bunches[index, outline] = Bunches(level, are_filled=is_filled)
        features = level.feature_of_part
        look_of_part = np.where(shown[features], look_of[features], np.int32(-1))
        return bunches.of(self.parts_in(level, extent, shown), look_of_part, looks)

    def unit_path(
        self, index: int, unit: tuple[int, ...], *, clip: Extent, outline: bool = False, with_holes: bool = True
    ) -> QPainterPath:
        """Return the path of parts that share one, as `path` does of a single part."""
        if len(unit) == 1:
            return self.path(index, unit[0], clip=clip, outline=outline, with_holes=with_holes)
        level = self.levels(outline=outline)[index]
        kind = self._kind(outline=outline, with_holes=with_holes)
        return self.paths.get(
            (self.prepared.id, kind, index, unit),
            lambda: path_of_rings([ring for part in unit for ring in _rings(level, part, kind)]),
        )

    def _kind(self, *, outline: bool, with_holes: bool) -> str:
        return "outline" if outline and self.prepared.outlines else "part" if with_holes else "shell"

    def path(
        self, index: int, part: int, *, clip: Extent, outline: bool = False, with_holes: bool = True
    ) -> QPainterPath:
        """Return the path of one part in map metres, cut to `clip` where it is large and reaches far beyond.

        Parameters
        ----------
        index, part
            The level and the part in it.
        clip
            A rectangle well around the view; its rim must be out of sight.
        outline
            Whether the path is of the lines to stroke, where the layer has such.
        with_holes
            Whether a polygon's holes belong to the path.
        """
        level = self.levels(outline=outline)[index]
        kind = self._kind(outline=outline, with_holes=with_holes)
        first, last = level.part_offsets[part], level.part_offsets[part + 1]
        vertices = level.ring_offsets[last] - level.ring_offsets[first]
        if vertices > _CLIP_FROM_VERTICES and not clip.contains(Extent(*map(float, level.bounds[part]))):
            key = (self.prepared.id, kind, index, part, clip)
            return self.paths.get(key, lambda: self._clipped_path(level, part, kind, clip))
        return self.paths.get((self.prepared.id, kind, index, part), lambda: path_of_rings(_rings(level, part, kind)))

    def outline_runs(
        self, index: int, unit: tuple[int, ...], *, clip: Extent, with_holes: bool = True
    ) -> tuple[QPainterPath, ...]:
        """Return the lines to stroke of parts that share a path, long ones in runs of some hundred vertices.

        What is wider than a pixel Qt strokes by filling the stroke's outline, all of a path in one go: a coast of
        80,000 vertices takes 1.3 s, its runs one after the other 0.09 s.
        """
        level = self.levels(outline=True)[index]
        kind = self._kind(outline=True, with_holes=with_holes)
        part = unit[0]
        first, last = level.ring_offsets[level.part_offsets[[part, part + 1]]]
        if len(unit) > 1 or last - first <= _RUN_VERTICES:
            return (self.unit_path(index, unit, clip=clip, outline=True, with_holes=with_holes),)
        whole = last - first <= _CLIP_FROM_VERTICES or clip.contains(Extent(*map(float, level.bounds[part])))
        return self.paths.get_all(
            (self.prepared.id, kind, index, part, None if whole else clip, "runs"),
            lambda: runs_of(_rings(level, part, kind) if whole else self._clipped(level, part, kind, clip)),
        )

    def line_path(self, index: int, part: int, *, clip: Extent, tolerance_m: float) -> QPainterPath:
        """Return the path of one line as `path` does, thinned where the layer has one level of detail for all scales.

        Wide strokes cost by the vertex. A quarter of a pixel is not seen, and too little to lead a lane ashore.

        Parameters
        ----------
        index, part, clip
            As for `path`.
        tolerance_m
            By how many map metres a line may be off in this picture.
        """
        allowed_m = self._thinned_by(index, part, tolerance_m)
        if not allowed_m:
            return self.path(index, part, clip=clip, outline=True)
        key = (self.prepared.id, "thin", part, allowed_m)
        return self.paths.get(key, lambda: path_of_rings(self._thinned(index, part, allowed_m)))

    def line_runs(self, index: int, part: int, *, clip: Extent, tolerance_m: float) -> tuple[QPainterPath, ...]:
        """Return the line of `line_path` in runs, as `outline_runs` does."""
        allowed_m = self._thinned_by(index, part, tolerance_m)
        if not allowed_m:
            return self.outline_runs(index, (part,), clip=clip)
        key = (self.prepared.id, "thin", part, allowed_m, "runs")
        return self.paths.get_all(key, lambda: runs_of(self._thinned(index, part, allowed_m)))

    def _thinned_by(self, index: int, part: int, tolerance_m: float) -> float:
        """Return by how many metres a line is thinned; 0 for not at all."""
        level = self.levels(outline=True)[index]
        first, last = level.ring_offsets[level.part_offsets[[part, part + 1]]]
        if len(self.prepared.levels) > 1 or not _THIN_FROM_VERTICES <= last - first <= _CLIP_FROM_VERTICES:
            return 0.0
        return float(2.0 ** np.floor(np.log2(tolerance_m / LEVEL_PIXELS * _THINNED_PIXELS)))

    def _thinned(self, index: int, part: int, allowed_m: float) -> list[NDArray[np.float64]]:
        return [line[needed > allowed_m] for line, needed in self._weighed(self.levels(outline=True)[index], part)]

    def _weighed(self, level: Level, part: int) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Return the lines of a part, each with the tolerances up to which its vertices are needed."""
        if part not in self._significance:
            self._significance[part] = [(line, significance(line)) for line in level.rings_of(part)]
        return self._significance[part]

    def _clipped_path(self, level: Level, part: int, kind: str, clip: Extent) -> QPainterPath:
        return path_of_rings(self._clipped(level, part, kind, clip))

    def _clipped(self, level: Level, part: int, kind: str, clip: Extent) -> list[NDArray[np.float64]]:
        lines = kind == "outline" or self.prepared.geometry == "line"
        rings = _rings(level, part, kind)
        if lines:
            return [run for ring in rings for run in clip_line(ring, clip)]
        return [clip_ring(ring, clip) for ring in rings]


def runs_of(lines: Iterable[NDArray[np.float64]]) -> tuple[QPainterPath, ...]:
    """Return lines of shape (n, 2) as paths of at most `_RUN_VERTICES` steps each; where one ends the next begins."""
    return tuple(
        path_of_rings([line[start : start + _RUN_VERTICES + 1]])
        for line in lines
        for start in range(0, len(line) - 1, _RUN_VERTICES)
    )


def _rings(level: Level, part: int, kind: str) -> list[NDArray[np.float64]]:
    rings = list(level.rings_of(part))
    return rings[:1] if kind == "shell" else rings


def clip_around(extent: Extent) -> Extent:
    """Return a rectangle well around a view, on a grid, so that small moves of the camera share it.

    At least an eighth of the view's size lies around it on each side, and never more than one and a half of it.
    """
    step = 2.0 ** np.ceil(np.log2(max(extent.width, extent.height, 1.0))) / 2
    left, bottom = (np.floor(low / step) - 0.5 for low in (extent.left, extent.bottom))
    right, top = (np.ceil(high / step) + 0.5 for high in (extent.right, extent.top))
    return Extent(float(left * step), float(bottom * step), float(right * step), float(top * step))


def _looks_of(prepared: PreparedLayer, style: Style) -> tuple[list[Look], NDArray[np.int32]]:
    rules: dict[str, Rule] = {entry.name: getattr(style, entry.name) for entry in fields(style)}
    varying = sorted({rule.field for rule in rules.values() if rule.field} & set(prepared.attributes))
    count = len(prepared.attributes["id"])
    if not varying:
        return [Look({name: rule.default for name, rule in rules.items()})], np.zeros(count, dtype=np.int32)
    seen: dict[tuple[Any, ...], int] = {}
    known: dict[tuple[Any, ...], int] = {}
    looks: list[Look] = []
    index = np.empty(count, dtype=np.int32)
    for row, key in enumerate(zip(*(prepared.attributes[name] for name in varying), strict=True)):
        if key not in seen:
            attributes = dict(zip(varying, key, strict=True))
            values = {name: rule.of(attributes) for name, rule in rules.items()}
            seen[key] = known.setdefault(tuple(values.values()), len(looks))
            if seen[key] == len(looks):
                looks.append(Look(values))
        index[row] = seen[key]
    return looks, index
