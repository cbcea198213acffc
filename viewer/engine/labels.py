"""Which names stand where in a view: the door to labelling."""

from __future__ import annotations

import math
import operator
from collections import OrderedDict, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from geodata.prepared import PreparedLayer
from viewer.engine.atlas import Atlas
from viewer.engine.labels_names import Name, Symbols
from viewer.engine.labels_pieces import PieceMaker
from viewer.engine.labels_ranges import Ranges
from viewer.engine.labels_room import Box, Room, shifted
from viewer.engine.labels_runners import REPEAT_PX, Runner, Written
from viewer.engine.labels_spots import Spot, SpotBook
from viewer.engine.labels_table import SYMBOLS_AHEAD, NameTable, Neighbourhood, table_of
from viewer.engine.labels_text import Typesetter
from viewer.engine.messages import LabelSet
from viewer.model.camera import Camera, Viewport
from viewer.model.layer import Layer
from viewer.model.palette import Palette

MARGIN_PX = 160.0
"""Names this far outside still take their room, so that none near the edge depends on where the edge is."""

BUCKET_DEG = 2.0
"""Bearings are rounded to this for deciding which names are shown and where."""

_RANGES_KEPT = 24
_STACKS_KEPT = 3
_ATLASES_KEPT = 3
_CLEAR_PX = 1.0
_HARM_OF_CROSSING = 2
_HARM_AT_MOST = 4
"""Symbols that a name along a line may cover where it has no better place, a crossing counting for two."""

_TURNS_IN = 3
"""Names of this priority or a smaller one go to their symbol's other side rather than out of the view."""

Pairs = Sequence[tuple[Layer, PreparedLayer]]


@dataclass(slots=True, eq=False)
class _Stack:
    """All names of some layers, and what was decided for the places and bearings seen last."""

    layers: tuple[Layer, ...]
    prepared: tuple[PreparedLayer, ...]
    table: NameTable
    spots: SpotBook
    ranges: OrderedDict[tuple[float, Neighbourhood], Ranges] = field(
        default_factory=OrderedDict[tuple[float, Neighbourhood], Ranges]
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """A name at its anchor, how it is set, and its box from the picture's middle."""

    name: Name
    spot: Spot
    box: Box


@dataclass(slots=True)
class _Writer:
    """Gives each name of one picture its room, first come, first served."""

    viewport: Viewport
    room: Room
    maker: PieceMaker
    half: NDArray[np.float64]
    kept_out: Sequence[Box] = ()
    lines: dict[Runner, int] = field(default_factory=dict[Runner, int])
    said: dict[str, list[tuple[float, float]]] = field(default_factory=dict[str, list[tuple[float, float]]])

    def draw_lines(self, runners: Sequence[Runner]) -> None:
        """Keep the names of lines off each other's lines; those of the graticule are too faint to matter."""
        strong = [runner for runner in runners if runner.name.label.role != "graticule"]
        self.lines = {runner: number for number, runner in enumerate(strong)}
        self.room.draw_lines([runner.drawn_points(self.viewport, self.half + MARGIN_PX) for runner in strong])

    def write(self, standing: Sequence[_Standing], runners: Sequence[Runner]) -> Iterator[None]:
        """Write all names one by one, both kinds by their priority; of equals those at an anchor come first."""
        waiting = deque(runners)
        for one in standing:
            while waiting and waiting[0].name.label.priority < one.name.label.priority:
                self.run(waiting.popleft())
                yield
            self.stand(self._turned_in(one))
            yield
        for runner in waiting:
            self.run(runner)
            yield

    def stand(self, one: _Standing) -> None:
        """Set a name at its anchor where there is room for it."""
        if self.room.free(one.box):
            self.room.take(one.box)
            if self._in_sight(one.box):
                self.maker.upright(one.name, one.spot, one.box)

    def run(self, runner: Runner) -> None:
        """Write a line's name along it as often as it is wanted and there is room, and never beside itself."""
        said = self.said.setdefault(runner.name.text, [])
        for ways in runner.places(self.viewport, self.half + MARGIN_PX, self.room):
            written = self._best(runner, ways, said)
            if written is None:
                continue
            self.room.take(written.box)
            said.append(written.box[:2])
            if self._in_sight(written.box):
                self.maker.along(runner.name, written.anchor, written.letters.letters, written.box)

    def _in_sight(self, box: Box) -> bool:
        """Return whether a name lies whole in the view and clear of what stands on it."""
        return _whole(box, self.half) and not any(_meet(box, other) for other in self.kept_out)

    def _turned_in(self, one: _Standing) -> _Standing:
        """Return a name on its symbol's other side, where it is important and fits the view only there."""
        if one.name.label.priority > _TURNS_IN or self._in_sight(one.box):
            return one
        at = (one.box[0] + one.box[2]) / 2 - one.spot.x
        box = shifted(one.box, -2 * one.spot.x, 0.0)
        if abs(at) > self.half[0] or not self._in_sight(box) or not self.room.free(box):
            return one
        return _Standing(one.name, replace(one.spot, x=-one.spot.x), box)

    def _best(self, runner: Runner, ways: Iterable[Written], said: list[tuple[float, float]]) -> Written | None:
        """Return the first way that has room and covers neither symbol nor another line, or else the least bad."""
        best, fewest, reach_px = None, 1 if runner.is_area else _HARM_AT_MOST + 1, runner.name.size_px / 2
        line = self.lines.get(runner)
        for written in ways:
            left, top = written.box[:2]
            if any(math.hypot(left - x, top - y) < REPEAT_PX / 2 for x, y in said) or not self.room.free(written.box):
                continue
            harm = self.room.covered(written.middles, reach_px)
            if line is not None and self.room.crossed(written.middles, reach_px, line=line):
                harm += _HARM_OF_CROSSING
            if harm < fewest:
                best, fewest = written, harm
            if harm == 0:
                break
        return best


class Labeller:
    """Places names, and keeps what it measured, drew and decided for the next picture.

    Places depend on the view, the layers and the fonts alone, never on the views before. Holds no window and paints
    nothing but its atlases.
    """

    def __init__(self) -> None:
        self._typesetter = Typesetter()
        self._stacks: list[_Stack] = []
        self._atlases: OrderedDict[tuple[float, str], Atlas] = OrderedDict()

    @property
    def atlas(self) -> Atlas:
        """The atlas that the labels placed last are pieces of."""
        return next(reversed(self._atlases.values()))

    def atlas_for(self, scale: float, palette: Palette) -> Atlas:
        """Return the atlas that labels of this device scale and palette are in; a new one where the old one is full."""
        key = (scale, palette.theme)
        atlas = self._atlases.pop(key, None)
        if atlas is None or atlas.full:
            atlas = Atlas(scale)
        self._atlases[key] = atlas
        while len(self._atlases) > _ATLASES_KEPT:
            self._atlases.popitem(last=False)
        return atlas

    def place(
        self,
        viewport: Viewport,
        scale: float,
        layers: Pairs,
        palette: Palette,
        *,
        labels_size: tuple[float, float],
        kept_out: Sequence[Box] = (),
        atlas_known: tuple[int, int] = (-1, 0),
    ) -> LabelSet:
        """Return the names of a view.

        Names that come first by their layer's priority keep their room. A name of a point or an area has one place at
        all scales and is shown from some scale on, but that the most important ones change sides rather than leave the
        view; names along lines have a few places each. No two boxes overlap.

        Parameters
        ----------
        viewport
            The picture's view, overscan included.
        scale
            Device pixels per logical pixel.
        layers
            The visible layers in drawing order. Pass all of them, in scale or not: what a layer shows at other scales
            counts, and the same layers next time find everything worked out.
        palette
            The colours.
        labels_size
            Width and height, in logical pixels, of the part in the middle in which names must lie whole.
        kept_out
            Rectangles from the picture's middle in which no name is shown, though it takes its room there: what stands
            on the view must not change where names are.
        atlas_known
            Generation and height of the atlas that the asker has.
        """
        steps = self.placing(
            viewport, scale, layers, palette, labels_size=labels_size, kept_out=kept_out, atlas_known=atlas_known
        )
        while True:
            try:
                next(steps)
            except StopIteration as done:
                return done.value

    def placing(
        self,
        viewport: Viewport,
        scale: float,
        layers: Pairs,
        palette: Palette,
        *,
        labels_size: tuple[float, float],
        kept_out: Sequence[Box] = (),
        atlas_known: tuple[int, int] = (-1, 0),
    ) -> Generator[None, None, LabelSet]:
        """Do what `place` does a small step at a time: where a neighbourhood is new, names take long to settle."""
        stack = self._stack_of(layers)
        half = np.array(labels_size) / 2
        ranges = yield from self._ranges_of(stack, viewport.camera, reach_px=float(half.max()) + MARGIN_PX)
        maker = PieceMaker(viewport, self.atlas_for(scale, palette), palette)
        writer = _Writer(viewport, Room(_symbol_boxes(stack.table.symbols, viewport)), maker, half, kept_out)
        writer.draw_lines(stack.table.runners)
        yield from writer.write(_standing(stack.table, ranges, viewport, half + MARGIN_PX), stack.table.runners)
        return maker.finished(known=atlas_known)

    def _stack_of(self, layers: Pairs) -> _Stack:
        shown = tuple(layer for layer, _ in layers)
        prepared = tuple(entry for _, entry in layers)
        for at, known in enumerate(self._stacks):
            same = len(known.prepared) == len(prepared) and all(map(operator.is_, known.prepared, prepared))
            if same and known.layers == shown:
                self._stacks.append(self._stacks.pop(at))
                return known
        stack = _Stack(shown, prepared, table_of(layers, self._typesetter), SpotBook(self._typesetter))
        self._stacks = [*self._stacks[1 - _STACKS_KEPT :], stack]
        return stack

    def _ranges_of(self, stack: _Stack, camera: Camera, *, reach_px: float) -> Generator[None, None, Ranges]:
        bearing = round(camera.bearing_deg / BUCKET_DEG) * BUCKET_DEG % 360.0
        place = Neighbourhood.of(camera, reach_px=reach_px)
        ranges = stack.ranges.pop((bearing, place), None)
        if ranges is None:
            table = stack.table
            indices = place.holds(table.xy, table.octaves)
            symbols = place.holds(table.symbols.anchors, table.symbol_octaves, ahead=SYMBOLS_AHEAD)
            ranges = Ranges(table, indices, symbols, bearing_deg=bearing, spots=stack.spots)
            yield from ranges.settle()
        stack.ranges[bearing, place] = ranges
        while len(stack.ranges) > _RANGES_KEPT:
            stack.ranges.popitem(last=False)
        return ranges


def _standing(table: NameTable, ranges: Ranges, viewport: Viewport, reach: NDArray[np.float64]) -> list[_Standing]:
    """Return the names at an anchor that are shown at a view's scale and reach into it, by their priority."""
    active = ranges.active(viewport.camera.metres_per_pixel)
    rows = ranges.indices[active]
    boxes = _boxes(ranges.boxes(active), viewport, table.xy[rows])
    near = np.flatnonzero((boxes[:, :2] < reach).all(axis=1) & (boxes[:, 2:] > -reach).all(axis=1)).tolist()
    near.sort(key=lambda at: (table.names[rows[at]].label.priority, rows[at]))
    return [_Standing(table.names[rows[at]], ranges.spot(int(active[at])), tuple(boxes[at].tolist())) for at in near]


def _boxes(local: NDArray[np.float64], viewport: Viewport, anchors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return left, top, right, bottom from the picture's middle, with a little room around, (n, 4)."""
    middle = viewport.to_screen_many(anchors) - (viewport.width_px / 2, viewport.height_px / 2) + local[:, :2]
    return np.concatenate((middle - local[:, 2:] - _CLEAR_PX, middle + local[:, 2:] + _CLEAR_PX), axis=1)


def _symbol_boxes(symbols: Symbols, viewport: Viewport) -> NDArray[np.float64]:
    mpp = viewport.camera.metres_per_pixel
    shown = (symbols.finest_mpp <= mpp) & (mpp <= symbols.coarsest_mpp)
    middle = viewport.to_screen_many(symbols.anchors[shown]) - (viewport.width_px / 2, viewport.height_px / 2)
    half = symbols.half_px[shown, None]
    return np.concatenate((middle - half, middle + half), axis=1)


def _whole(box: Box, half: NDArray[np.float64]) -> bool:
    return box[0] >= -half[0] and box[1] >= -half[1] and box[2] <= half[0] and box[3] <= half[1]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
