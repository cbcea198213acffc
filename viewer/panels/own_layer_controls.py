"""What can be done with a layer of the person's own: its name, its colours, and taking it away."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from geodata.errors import ReadingError
from geodata.reading import profile
from geodata.reading.profile import Profile
from viewer.model.layer import Layer
from viewer.model.own_layers import COLOURS, colour_of, kind_of, style_in
from viewer.model.palette import Palette
from viewer.panels.density_controls import DensityControls
from viewer.panels.label_controls import LabelControls
from viewer.panels.style_controls import StyleControls

_LOG = logging.getLogger(__name__)

_DOT_PX = 14
_NAMES = ("Blue", "Vermilion", "Green", "Purple", "Ochre", "Sky blue", "Violet", "Grey")


class OwnLayerControls(QWidget):
    """Name, colours and buttons.

    Signals
    -------
    layer_changed(Layer)
        The person changed name or colour.
    remove_requested(), export_requested()
        The person wants the layer gone, or written as a file.
    move_requested(int)
        The person wants it above the next layer of theirs (1) or under it (-1).
    """

    layer_changed = Signal(object)
    remove_requested = Signal()
    export_requested = Signal()
    move_requested = Signal(int)

    def __init__(self, layer: Layer, *, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownLayerControls")
        self._layer = layer
        self._name = QLineEdit(layer.title)
        self._name.setAccessibleName("Name of the layer")
        self._name.setMaxLength(120)
        self._name.editingFinished.connect(self._rename)
        self._dots = QButtonGroup(self)
        self._dots.idClicked.connect(self._recolour)
        self._style = StyleControls(layer, *_told(layer))
        self._style.layer_changed.connect(self._change)
        self._density = DensityControls(layer)
        self._density.layer_changed.connect(self._change)
        self.labels = LabelControls(layer, [known.name for known in _told(layer)[0]])
        self.labels.layer_changed.connect(self._change)
        self._remove = QPushButton("Remove")
        self._remove.clicked.connect(self.remove_requested)
        self._export = QPushButton("Export …")
        self._export.clicked.connect(self.export_requested)
        self._up, self._down = QPushButton("Up"), QPushButton("Down")
        self._up.setToolTip("Draw it above the next of your layers")
        self._down.setToolTip("Draw it under the next of your layers")
        self._up.clicked.connect(lambda: self.move_requested.emit(1))
        self._down.clicked.connect(lambda: self.move_requested.emit(-1))
        self._lay_out()
        self.set_layer(layer)
        self.set_palette(palette)

    def set_layer(self, layer: Layer) -> None:
        """Show the layer as it is now."""
        self._layer = layer
        if not self._name.hasFocus():
            self._name.setText(layer.title)
        self._remove.setAccessibleName(f"Remove {layer.title}")
        self._export.setAccessibleName(f"Export {layer.title}")
        self._up.setAccessibleName(f"Move {layer.title} up")
        self._down.setAccessibleName(f"Move {layer.title} down")
        self._style.set_layer(layer)
        self._density.set_layer(layer)
        self.labels.set_layer(layer)
        colour = colour_of(layer.style)
        self._dots.setExclusive(False)
        for number, button in enumerate(self._dots.buttons()):
            button.setChecked(COLOURS[number] == colour)
        self._dots.setExclusive(True)

    def set_palette(self, palette: Palette) -> None:
        """Show the colours as they are in a theme."""
        for colour, button in zip(COLOURS, self._dots.buttons(), strict=True):
            button.setIcon(QIcon(_dot(QColor(*palette.rgba(colour)), self.devicePixelRatioF())))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2)
        for number, name in enumerate(_NAMES):
            button = QToolButton()
            button.setCheckable(True)
            button.setFixedSize(QSize(_DOT_PX + 8, _DOT_PX + 8))
            button.setIconSize(QSize(_DOT_PX, _DOT_PX))
            button.setToolTip(name)
            button.setAccessibleName(f"Colour: {name}")
            self._dots.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 0, 12, 4)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addLayout(line)
        column.addWidget(self._style)
        column.addWidget(self._density)
        column.addWidget(self.labels)
        for pair in ((self._up, self._down), (self._export, self._remove)):
            buttons = QHBoxLayout()
            buttons.setSpacing(8)
            for button in pair:
                buttons.addWidget(button)
            buttons.addStretch(1)
            column.addLayout(buttons)

    def _rename(self) -> None:
        title = " ".join(self._name.text().split())
        if title and title != self._layer.title:
            self._change(replace(self._layer, title=title))
        else:
            self._name.setText(self._layer.title)

    def _recolour(self, number: int) -> None:
        self._change(replace(self._layer, style=style_in(COLOURS[number], kind_of(self._layer.style))))

    def _change(self, layer: Layer) -> None:
        self.layer_changed.emit(layer)


def _told(layer: Layer) -> tuple[tuple[Profile, ...], dict[str, tuple[str, ...]]]:
    """Return what a layer's attributes are like, and how its file wants it to look; nothing where that is lost."""
    path = Path(layer.prepared_path).with_suffix(".columns")
    try:
        return profile.read(path), profile.read_looks(path)
    except ReadingError as error:
        _LOG.warning("%s", error)
        return (), {}


def _dot(colour: QColor, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(_DOT_PX, _DOT_PX) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(1, 1, _DOT_PX - 2, _DOT_PX - 2)
    painter.end()
    return pixmap
