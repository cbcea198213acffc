"""Labels written as shapes and letters, for pages and for pictures of any size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from viewer.engine.atlas import Atlas, Sprite, SpriteKey
from viewer.engine.flat_painter import is_searchable
from viewer.engine.fonts import REFERENCE_PX, font_of, halo_px
from viewer.engine.messages import LabelSet
from viewer.model.camera import Viewport
from viewer.model.label_placing import screen_positions

_UNSEEN = QColor(0, 0, 0, 0)
_WORD_GAP_EM = 0.16


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of a name, or one letter: where its baseline begins, and how it is turned."""

    key: SpriteKey
    x: float
    y: float
    angle_deg: float


def write(painter: QPainter, labels: LabelSet, atlas: Atlas, viewport: Viewport) -> None:
    """Write labels where `viewer.engine.labels_baking.bake` would copy them from the atlas.

    Letters are outlines, as sharp as the painter's device. In a PDF each name lies over them once more, unseen, as
    words that can be searched for: letters with room between them are not found as a word. Leaves the painter as it
    was.

    Parameters
    ----------
    painter
        In logical pixels of the view.
    labels
        Placed for this very viewport.
    atlas
        Which the labels belong to.
    viewport
        The view.
    """
    positions, angles = screen_positions(labels, viewport, placed_bearing_deg=viewport.camera.bearing_deg)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rows = zip(positions.tolist(), angles.tolist(), labels.sources.tolist(), labels.label_of.tolist(), strict=True)
    for _, group in groupby(rows, key=lambda row: row[3]):
        pieces = [
            _piece(*atlas.drawn_at(int(left), int(top)), x, y, angle_deg, atlas.scale)
            for (x, y), angle_deg, (left, top, _, _), _ in group
        ]
        for piece in pieces:
            _draw(painter, piece)
        if is_searchable(painter):
            _lay_words(painter, [piece for piece in pieces if piece.key.part != "halo"])
    painter.restore()


def _piece(key: SpriteKey, sprite: Sprite, x: float, y: float, angle_deg: float, scale: float) -> _Piece:
    """Return the piece whose sprite has its middle there."""
    right, down = -(sprite.left + sprite.width / 2) / scale, -(sprite.top + sprite.height / 2) / scale
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    return _Piece(key, x + right * cos - down * sin, y + right * sin + down * cos, angle_deg)


def _draw(painter: QPainter, piece: _Piece) -> None:
    key = piece.key
    factor = key.size_px / REFERENCE_PX
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0.0, 0.0, font_of(key.role), key.text)
    painter.save()
    painter.translate(QPointF(piece.x, piece.y))
    painter.rotate(piece.angle_deg)
    painter.scale(factor, factor)
    if key.part != "ink" and key.halo[3]:
        reach = halo_px(key.role, key.size_px) / factor
        painter.strokePath(path, QPen(QColor(*key.halo), 2 * reach, j=Qt.PenJoinStyle.RoundJoin))
    if key.part != "halo":
        painter.fillPath(path, QColor(*key.colour))
    painter.restore()


def _lay_words(painter: QPainter, pieces: Sequence[_Piece]) -> None:
    """Lay a name's words over it, unseen; of letters along a line, from the first one's place to the last one's."""
    painter.setPen(_UNSEEN)
    if all(len(piece.key.text) > 1 for piece in pieces):
        for piece in pieces:
            font = font_of(piece.key.role)
            width = QFontMetricsF(font).horizontalAdvance(piece.key.text) * piece.key.size_px / REFERENCE_PX
            _lay(painter, piece, piece.key.text, width, piece.angle_deg)
        return
    first, last = pieces[0], pieces[-1]
    right, down = last.x - first.x, last.y - first.y
    _lay(painter, first, _joined(pieces), math.hypot(right, down), math.degrees(math.atan2(down, right)))


def _lay(painter: QPainter, at: _Piece, text: str, width: float, angle_deg: float) -> None:
    """Lay a text of even letters over a width."""
    font = QFont(font_of(at.key.role))
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.0)
    natural = max(QFontMetricsF(font).horizontalAdvance(text), 1.0)
    painter.save()
    painter.translate(QPointF(at.x, at.y))
    painter.rotate(angle_deg)
    painter.scale(width / natural, at.key.size_px / REFERENCE_PX)
    painter.setFont(font)
    painter.drawText(QPointF(0.0, 0.0), text)
    painter.restore()


def _joined(letters: Sequence[_Piece]) -> str:
    """Return the letters of a name along a line as words; gaps are not letters there."""
    text = letters[0].key.text
    for before, after in pairwise(letters):
        font, size = font_of(before.key.role), before.key.size_px
        advance = QFontMetricsF(font).horizontalAdvance(before.key.text) * size / REFERENCE_PX
        gap = math.hypot(after.x - before.x, after.y - before.y) - advance
        text += f" {after.key.text}" if gap > _WORD_GAP_EM * size else after.key.text
    return text
