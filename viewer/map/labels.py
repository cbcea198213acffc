"""The labels of the newest picture, drawn as pieces of one atlas in one call."""

from __future__ import annotations

from typing import cast

import numpy as np
import shiboken6
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter, QPixmap, QTransform

from viewer.engine.messages import AtlasPatch, LabelSet
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


class LabelSheet:
    """The atlas as far as it has been sent, and the labels that are shown from it."""

    def __init__(self) -> None:
        self._labels: LabelSet | None = None
        self._bearing_deg = 0.0
        self._atlas = QPixmap()
        self._generation = -1
        self._height = 0
        self._scale = 1.0

    @property
    def atlas(self) -> tuple[int, int]:
        """Generation and height of the atlas, as the engine wants to be told."""
        return self._generation, self._height

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
        if labels.patch is not None:
            self._paste(labels.patch)
        self._labels = labels if labels.generation == self._generation else None
        self._bearing_deg = bearing_deg
        self._scale = scale

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draw the labels for a view.

        Parameters
        ----------
        painter
            In logical pixels of the view; its transform is put back.
        viewport
            The view.
        """
        labels, scale = self._labels, self._scale
        if labels is None or len(labels.anchors) == 0:
            return
        positions, angles = screen_positions(labels, viewport, placed_bearing_deg=self._bearing_deg)
        fragments = np.empty((len(positions), _FRAGMENT_FIELDS))
        fragments[:, 0:2] = positions * scale
        fragments[:, 2:6] = labels.sources
        fragments[:, 6:8] = 1.0
        fragments[:, 8] = angles
        fragments[:, 9] = 1.0
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
