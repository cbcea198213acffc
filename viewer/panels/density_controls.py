"""How a layer of very many points is coloured where they are counted: on which scale, and along which ramp."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSizePolicy, QWidget

from viewer.model.density import OWN_COLOUR, SCALES, is_counted
from viewer.model.layer import Layer
from viewer.model.own_styles import RAMPS
from viewer.model.styles import Rule, SymbolStyle

_WORDS = {"log": "logarithmic", "linear": "linear"}


class DensityControls(QWidget):
    """Two choices, each applied at once; hidden for layers whose points are drawn one by one.

    Signals
    -------
    layer_changed(Layer)
        The person chose otherwise.
    """

    layer_changed = Signal(object)

    def __init__(self, layer: Layer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self._scale = _box("Scale of counts")
        for scale in SCALES:
            self._scale.addItem(_WORDS[scale], scale)
        self._ramp = _box("Colours of counts")
        self._ramp.addItem(OWN_COLOUR, "")
        for name in RAMPS:
            self._ramp.addItem(name, name)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        form.addRow(QLabel("Counts"), self._scale)
        form.addRow(QLabel("Their colours"), self._ramp)
        self.set_layer(layer)
        self._scale.currentIndexChanged.connect(self._apply)
        self._ramp.currentIndexChanged.connect(self._apply)

    def set_layer(self, layer: Layer) -> None:
        """Show the layer as it is now."""
        self._layer = layer
        style = layer.style
        self.setVisible(is_counted(layer))
        if not isinstance(style, SymbolStyle):
            return
        blockers = [QSignalBlocker(box) for box in (self._scale, self._ramp)]
        self._scale.setCurrentIndex(max(self._scale.findData(style.density.default), 0))
        self._ramp.setCurrentIndex(max(self._ramp.findData(style.ramp.default), 0))
        del blockers

    def _apply(self) -> None:
        style = self._layer.style
        if isinstance(style, SymbolStyle):
            scale, ramp = Rule(self._scale.currentData()), Rule(self._ramp.currentData())
            self.layer_changed.emit(replace(self._layer, style=replace(style, density=scale, ramp=ramp)))


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
