"""The labels of the newest picture, drawn as pieces of one atlas in one call."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter, QPixmap, QTransform

from viewer.engine.messages import AtlasPatch, LabelSet
from viewer.map.reduced_motion import is_motion_reduced
from viewer.model.camera import Viewport
from viewer.model.label_placing import screen_positions

_FRAGMENT_FIELDS = 10
"""The fields of a `QPainter.PixmapFragment`: x, y, source left, top, width, height, scale x and y, rotation, opacity.

`drawPixmapFragments` takes a C++ array, and PySide6 binds it as the first fragment and a count, with no way to make an
array from Python; a fragment made with `PixmapFragment.create` has no neighbours in memory. Two public things stand in
for it: Qt documents the class as these ten `qreal` (`double`) members, and keeps its layout within a major version, so
rows of ten float64 are such an array; and `shiboken6.wrapInstance` gives the object at an address, which it neither
owns nor frees. The rows must outlive the call. May go when PySide6 takes a sequence of fragments.
"""


FADE_S = 0.15
"""How long a name takes to come or to go."""

_LEAVING_AT_MOST = 1  # each costs as much to draw in every frame of a motion as all that are shown
_ON_IT_PX = 2.0

Key = tuple[str, float, float, int]


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Labels of one picture on their way to being all there, or all gone.

    Attributes
    ----------
    labels : LabelSet
        The labels.
    bearing_deg, scale : float
        Of the picture that they were placed for.
    keys : tuple
        For each label what tells it from all others: its feature, where it is fixed, and on which side of that it is.
    since_s : float
        When it began.
    first, last : (m,) float64
        The opacity of each label then, and when it is over.
    """

    labels: LabelSet
    bearing_deg: float
    scale: float
    keys: tuple[Key, ...]
    since_s: float
    first: NDArray[np.float64]
    last: NDArray[np.float64]

    def is_changing(self, now_s: float) -> bool:
        """Return whether any label still comes or goes."""
        return now_s < self.since_s + FADE_S and not np.array_equal(self.first, self.last)

    def opacities(self, now_s: float) -> NDArray[np.float64]:
        """Return the opacity of each label, (m,)."""
        share = min(max((now_s - self.since_s) / FADE_S, 0.0), 1.0)
        return self.first + (self.last - self.first) * share


class LabelSheet:
    """The atlas as far as it has been sent, and the labels that are shown from it.

    Labels that were not there before fade in, those that are there no more fade out; those that stay are not touched.

    Parameters
    ----------
    is_still
        Whether they come and go at once instead.
    clock
        Tells the time in seconds.
    """

    def __init__(
        self, *, is_still: Callable[[], bool] = is_motion_reduced, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._is_still = is_still
        self._clock = clock
        self._shown: _Shown | None = None
        self._leaving: list[_Shown] = []
        self._atlas = QPixmap()
        self._generation = -1
        self._height = 0

    @property
    def atlas(self) -> tuple[int, int]:
        """Generation and height of the atlas, as the engine wants to be told."""
        return self._generation, self._height

    @property
    def is_fading(self) -> bool:
        """Whether labels are coming or going, so that the next frame will look different."""
        now_s = self._clock()
        return bool(self._leaving) or (self._shown is not None and self._shown.is_changing(now_s))

    def forget_atlas(self) -> None:
        """Ask for the whole atlas the next time: another engine counts anew. What is shown stays."""
        self._generation, self._height = -1, 0

    def take(self, labels: LabelSet, *, bearing_deg: float, scale: float = 1.0) -> None:
        """Show other labels from now on.

        Parameters
        ----------
        labels
            Of the newest picture.
        bearing_deg
            The bearing of that picture.
        scale
            Device pixels per logical pixel that it was painted for.
        """
        is_same_atlas = labels.patch is None or labels.patch.generation == self._generation
        if labels.patch is not None:
            self._paste(labels.patch)
        if labels.generation != self._generation:
            self._shown, self._leaving = None, []
            return
        now_s, keys = self._clock(), _keys(labels)
        before = [*self._leaving, *((self._shown,) if self._shown else ())] if is_same_atlas else []
        if not before or self._is_still():
            before, first = [], np.ones(len(keys))
        else:
            known = {
                key: float(opacity)
                for shown in before
                for key, opacity in zip(shown.keys, shown.opacities(now_s), strict=True)
            }
            first = np.array([known.get(key, 0.0) for key in keys], dtype=np.float64)
        self._leaving = [gone for shown in before if (gone := _gone(shown, set(keys), now_s))][-_LEAVING_AT_MOST:]
        self._shown = _Shown(labels, bearing_deg, scale, keys, now_s, first, np.ones(len(keys)))

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draw the labels for a view.

        Parameters
        ----------
        painter
            In logical pixels of the view; its transform is put back.
        viewport
            The view.
        """
        if self._shown is None:
            return
        now_s = self._clock()
        self._leaving = [shown for shown in self._leaving if shown.is_changing(now_s)]
        for shown in (*self._leaving, self._shown):
            self._paint(painter, viewport, shown, now_s)

    def _paint(self, painter: QPainter, viewport: Viewport, shown: _Shown, now_s: float) -> None:
        labels, scale = shown.labels, shown.scale
        if len(labels.anchors) == 0:
            return
        positions, angles = screen_positions(labels, viewport, placed_bearing_deg=shown.bearing_deg)
        fragments = np.empty((len(positions), _FRAGMENT_FIELDS))
        fragments[:, 0:2] = positions * scale
        fragments[:, 2:6] = labels.sources
        fragments[:, 6:8] = 1.0
        fragments[:, 8] = angles
        fragments[:, 9] = shown.opacities(now_s)[labels.label_of] if shown.is_changing(now_s) else 1.0
        before = painter.transform()
        painter.setTransform(QTransform.fromScale(1 / scale, 1 / scale))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, bool(np.any(angles)))
        first = cast("QPainter.PixmapFragment", shiboken6.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment))
        painter.drawPixmapFragments(first, len(fragments), self._atlas)
        painter.setTransform(before)

    def _paste(self, patch: AtlasPatch) -> None:
        """Paint rows into the atlas; another generation begins an empty one."""
        bottom = patch.top + patch.height
        is_same = patch.generation == self._generation and patch.width == self._atlas.width()
        if not is_same or bottom > self._atlas.height():
            self._grow(patch.width, bottom, keep=is_same)
        rows = QImage(
            patch.pixels, patch.width, patch.height, patch.width * 4, QImage.Format.Format_ARGB32_Premultiplied
        )
        painter = QPainter(self._atlas)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(QPoint(0, patch.top), rows)
        painter.end()
        self._generation, self._height = patch.generation, bottom

    def _grow(self, width: int, height: int, *, keep: bool) -> None:
        grown = QPixmap(width, max(height, self._atlas.height() * 3 // 2 if keep else 0))
        grown.fill("transparent")
        if keep:
            painter = QPainter(grown)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawPixmap(0, 0, self._atlas)
            painter.end()
        self._atlas = grown


def _keys(labels: LabelSet) -> tuple[Key, ...]:
    first_piece = np.unique(labels.label_of, return_index=True)[1]
    places = labels.anchors[first_piece].round(1).tolist()
    named = zip(labels.references, places, sides_of(labels)[first_piece].tolist(), strict=True)
    return tuple((reference, x, y, side) for reference, (x, y), side in named)


def sides_of(labels: LabelSet) -> NDArray[np.int64]:
    """Return on which side of what it names each piece stands: 1 right, -1 left, 0 on it or along it, (n,)."""
    right = labels.offsets[:, 0]
    return np.where(labels.turning | (np.abs(right) < _ON_IT_PX), 0, np.sign(right)).astype(np.int64)


def _gone(shown: _Shown, staying: set[Key], now_s: float) -> _Shown | None:
    """Return those of some labels that do not stay, on their way out; None where none is to be seen."""
    opacities = shown.opacities(now_s)
    goes = np.array([key not in staying for key in shown.keys], dtype=np.bool_) & (opacities > 0.0)
    if not goes.any():
        return None
    labels, pieces = shown.labels, goes[shown.labels.label_of]
    numbers = np.cumsum(goes) - 1
    going = replace(
        labels,
        anchors=labels.anchors[pieces],
        offsets=labels.offsets[pieces],
        sources=labels.sources[pieces],
        angles_deg=labels.angles_deg[pieces],
        turning=labels.turning[pieces],
        label_of=numbers[labels.label_of[pieces]].astype(np.int32),
        boxes=labels.boxes[goes],
        references=tuple(reference for reference, is_gone in zip(labels.references, goes, strict=True) if is_gone),
        patch=None,
    )
    keys = tuple(key for key, is_gone in zip(shown.keys, goes, strict=True) if is_gone)
    return _Shown(going, shown.bearing_deg, shown.scale, keys, now_s, opacities[goes], np.zeros(len(keys)))
