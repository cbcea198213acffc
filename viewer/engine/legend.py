"""The legend on the map: samples and words under headings, in as many columns as fit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from viewer.engine.halo_text import draw_text, text_width
from viewer.engine.swatch import paint_swatch
from viewer.model.legend import LegendEntry, LegendGroup
from viewer.model.palette import Palette

_ROW_PX = 18.0
_HEADING_PX = 22.0
_TEXT_PX = 12.0
_SWATCH_PX = 28.0
_GAP_PX = 8.0
_PADDING_PX = 10.0
_COLUMN_GAP_PX = 18.0
_PANEL_ALPHA = 236


@dataclass(frozen=True, slots=True)
class _Row:
    """A heading, where it has no entry, or a line."""

    text: str
    entry: LegendEntry | None = None

    @property
    def height_px(self) -> float:
        return _ROW_PX if self.entry else _HEADING_PX

    @property
    def width_px(self) -> float:
        if self.entry is None:
            return text_width(self.text, _TEXT_PX, weight=600)
        return _SWATCH_PX + _GAP_PX + text_width(self.text, _TEXT_PX)


def paint_legend(painter: QPainter, room: QRectF, groups: tuple[LegendGroup, ...], palette: Palette) -> QRectF:
    """Paint the legend into the top left of a room in logical pixels; what does not fit is counted at its end.

    Returns
    -------
    The rectangle that was painted; empty where there is no room for a single line.
    """
    columns = _fitted(groups, room)
    if not columns:
        return QRectF()
    painter.save()
    widths = [max(row.width_px for row in column) for column in columns]
    height = max(sum(row.height_px for row in column) for column in columns)
    width = sum(widths) + _COLUMN_GAP_PX * (len(columns) - 1)
    panel = QRectF(room.left(), room.top(), width + 2 * _PADDING_PX, height + 2 * _PADDING_PX - 4)
    _paint_panel(painter, panel, palette)
    left = panel.left() + _PADDING_PX
    for column, column_width in zip(columns, widths, strict=True):
        top = panel.top() + _PADDING_PX - 2
        for row in column:
            _paint_row(painter, row, left=left, top=top, palette=palette)
            top += row.height_px
        left += column_width + _COLUMN_GAP_PX
    painter.restore()
    return panel.adjusted(-1, -1, 1, 1)


def _fitted(groups: tuple[LegendGroup, ...], room: QRectF) -> list[list[_Row]]:
    """Return the rows in columns; where they do not all fit, the last says how many are missing."""
    rows = [row for group in groups for row in (_Row(group.title), *(_Row(e.title, e) for e in group.entries))]
    for kept in range(len(rows), 0, -1):
        left_out = sum(1 for row in rows[kept:] if row.entry)
        more = [_Row(f"and {left_out} more")] if left_out else []
        columns = _balanced(rows[:kept] + more, room.height() - 2 * _PADDING_PX)
        widths = sum(max(row.width_px for row in column) + _COLUMN_GAP_PX for column in columns) - _COLUMN_GAP_PX
        if columns and widths + 2 * _PADDING_PX <= room.width():
            return columns
    return []


def _balanced(rows: list[_Row], height_px: float) -> list[list[_Row]]:
    """Return the rows in as few columns as a height allows, all about as high."""
    columns = _columns(rows, height_px)
    while columns and len(lower := _columns(rows, height_px - _ROW_PX)) == len(columns):
        columns, height_px = lower, height_px - _ROW_PX
    return columns


def _columns(rows: list[_Row], height_px: float) -> list[list[_Row]]:
    """Return the rows in columns no higher than a height, never with a heading last; none where not one row fits."""
    if height_px < _HEADING_PX + _ROW_PX:
        return []
    columns: list[list[_Row]] = [[]]
    used = 0.0
    for index, row in enumerate(rows):
        following = rows[index + 1].height_px if row.entry is None and index + 1 < len(rows) else 0.0
        if used + row.height_px + following > height_px:
            columns.append([])
            used = 0.0
        columns[-1].append(row)
        used += row.height_px
    return columns


def _paint_panel(painter: QPainter, panel: QRectF, palette: Palette) -> None:
    red, green, blue, _ = palette.rgba("ui_panel")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(red, green, blue, _PANEL_ALPHA))
    painter.setPen(QPen(QColor(*palette.rgba("ui_panel_edge")), 1))
    painter.drawRoundedRect(panel, 6, 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_row(painter: QPainter, row: _Row, *, left: float, top: float, palette: Palette) -> None:
    text_left = left
    if row.entry is not None:
        area = QRectF(left, top + 2, _SWATCH_PX, _ROW_PX - 4)
        for index, style in enumerate(row.entry.styles):
            paint_swatch(painter, _piece(area, index, len(row.entry.styles)), style, palette)
        text_left += _SWATCH_PX + _GAP_PX
    draw_text(
        painter,
        row.text,
        x=text_left,
        baseline=top + row.height_px - 5,
        size_px=_TEXT_PX,
        colour=palette.rgba("label"),
        weight=400 if row.entry else 600,
    )


def _piece(area: QRectF, index: int, count: int) -> QRectF:
    """Return a piece of a ramp; pieces overlap by the rim that a swatch leaves free, so that they join."""
    if count == 1:
        return area
    share = (area.width() - 2) / count
    return QRectF(area.left() + index * share, area.top(), share + 2, area.height())
