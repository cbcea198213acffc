"""The window's icons: SVG strokes in a colour of the palette, and the button that shows one."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

from geodata.errors import GeodataError
from viewer.model.palette import Palette
from viewer.panels import icon_files

_LOG = logging.getLogger(__name__)


class Icons:
    """Draws icons from a folder of SVG files whose stroke is ``currentColor``.

    Pictures are kept by name, colour, size and pixel ratio. A file that is missing or broken gives an empty picture, a
    line in the log and a word to show in its place.
    """

    def __init__(self, folder: Path, palette: Palette) -> None:
        self._folder = folder
        self._palette = palette
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def set_palette(self, palette: Palette) -> None:
        """Draw with these colours from now on; whoever shows an icon must be painted again."""
        self._palette = palette

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette."""
        return QColor(self._palette.css(name))

    def pixmap(self, name: str, *, colour: str, size_px: int, ratio: float) -> QPixmap:
        """Return an icon.

        Parameters
        ----------
        name
            The file's stem.
        colour
            A name in the palette.
        size_px, ratio
            Logical pixels, and device pixels in each.
        """
        css = self._palette.css(colour)
        key = (name, css, size_px, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, css, size_px, ratio)
        return self._pixmaps[key]

    def _draw(self, name: str, css: str, size_px: int, ratio: float) -> QPixmap:
        pixmap = QPixmap(QSize(size_px, size_px) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        source = self._source(name).replace("currentColor", css)
        if source:
            painter = QPainter(pixmap)
            QSvgRenderer(QByteArray(source.encode())).render(painter)
            painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def word(self, name: str) -> str:
        """Return what to show in an icon's place; empty where the icon itself can be shown."""
        return "" if self._source(name) else icon_files.WORDS.get(name, name)

    def _source(self, name: str) -> str:
        if name not in self._sources:
            try:
                self._sources[name] = icon_files.read(self._folder / f"{name}.svg")
            except GeodataError as problem:
                _LOG.warning("%s", str(problem))  # an error would keep its frames alive, and a painter in them
                self._sources[name] = ""
        return self._sources[name]


class IconButton(QToolButton):
    """A flat button that shows one icon; its text is its name for screen readers and its tooltip.

    Parameters
    ----------
    icons
        Where the icon comes from.
    name
        The icon.
    text
        What the button does.
    size_px
        Size of the icon; the button is 10 pixels larger, and wider where a word stands in for the icon.
    """

    def __init__(
        self,
        icons: Icons,
        name: str,
        *,
        text: str,
        size_px: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._name = name
        self._size_px = size_px
        self.set_text(text)
        self._fit()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self._fit()
        self.update()

    def set_text(self, text: str) -> None:
        """Say what the button does now."""
        self.setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the style's frame, then the icon in the colour of the button's state."""
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        word = self._icons.word(self._name)
        if word:
            painter.setOpacity(1.0 if self.isEnabled() else 0.4)
            painter.setPen(self._icons.colour(self._colour()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, word)
            painter.end()
            return
        pixmap = self._icons.pixmap(
            self._name, colour=self._colour(), size_px=self._size_px, ratio=self.devicePixelRatioF()
        )
        if not self.isEnabled():
            painter.setOpacity(0.4)
        centre = self.rect().center() + QPoint(1, 1)
        painter.drawPixmap(
            QRect(centre - QPoint(self._size_px // 2, self._size_px // 2), pixmap.deviceIndependentSize().toSize()),
            pixmap,
        )

    def _fit(self) -> None:
        side = self._size_px + 10
        word = self._icons.word(self._name)
        self.setFixedSize(max(side, self.fontMetrics().horizontalAdvance(word) + 12) if word else side, side)

    def _colour(self) -> str:
        if self.isChecked():
            return "ui_accent"
        return "ui_text" if self.underMouse() or self.isDown() or self.hasFocus() else "ui_text_soft"


class IconMark(QWidget):
    """An icon that only shows something; screen readers pass it by."""

    def __init__(
        self, icons: Icons, name: str, *, colour: str, size_px: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._name = name
        self._colour = colour
        self._size_px = size_px
        self.setFixedSize(size_px, size_px)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon in its colour of the palette, or what stands in for it."""
        word = self._icons.word(self._name)
        if word:
            painter = QPainter(self)
            painter.setPen(self._icons.colour(self._colour))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, word)
            painter.end()
            return
        ratio = self.devicePixelRatioF()
        pixmap = self._icons.pixmap(self._name, colour=self._colour, size_px=self._size_px, ratio=ratio)
        QPainter(self).drawPixmap(self.rect(), pixmap)
