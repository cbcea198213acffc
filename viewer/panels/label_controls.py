"""What features of a layer of the person's own are called on the map, and at which scales the layer is seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSizePolicy, QWidget

from viewer.model.layer import Layer
from viewer.model.styles import LabelStyle, LineStyle, Rule

_NO_LABELS = "No labels"
_SCALES_M = (20_000.0, 5_000.0, 1_000.0, 250.0, 50.0)


class LabelControls(QWidget):
    """Choices that are applied at once.

    Signals
    -------
    layer_changed(Layer)
        The person chose other names or other scales.
    """

    layer_changed = Signal(object)

    def __init__(self, layer: Layer, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self.label = _box("Label: an attribute in braces, or words with several", ())
        self.label.setEditable(True)
        self.label.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.label.addItems([_NO_LABELS, *(f"{{{name}}}" for name in columns)])
        self.label.setToolTip("An attribute in braces, or words with several: {name}, {people} people")
        self.closer, self.farther = _box("Seen from this scale on", ()), _box("Seen up to this scale", ())
        for box, word in ((self.closer, "Always"), (self.farther, "However close")):
            box.addItem(word, None)
            for scale in _SCALES_M:
                box.addItem(f"1 px = {_distance(scale)}", scale)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        for text, box in (("Label", self.label), ("Seen from", self.closer), ("up to", self.farther)):
            form.addRow(QLabel(text), box)
        self.set_layer(layer)
        self.label.activated.connect(self._apply)
        edit = self.label.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self._apply)
        self.closer.activated.connect(self._apply)
        self.farther.activated.connect(self._apply)

    def set_layer(self, layer: Layer) -> None:
        """Show the layer as it is now."""
        self._layer = layer
        blockers = [QSignalBlocker(box) for box in (self.label, self.closer, self.farther)]
        self.label.setEditText(_expression(layer))
        self.closer.setCurrentIndex(max(self.closer.findData(_finite(layer.max_mpp)), 0))
        self.farther.setCurrentIndex(max(self.farther.findData(layer.min_mpp or None), 0))
        del blockers

    def _apply(self, _: object = None) -> None:
        words = self.label.currentText().strip()
        label = self._layer.label
        if words != _expression(self._layer):
            along = isinstance(self._layer.style, LineStyle)
            given = LabelStyle(words, "symbol", size_px=Rule(12.0), priority=55, along=along)
            label = None if words in ("", _NO_LABELS) else given
        coarsest, finest = self.closer.currentData(), self.farther.currentData()
        changed = replace(
            self._layer,
            label=label,
            max_mpp=math.inf if coarsest is None else float(coarsest),
            min_mpp=float(finest or 0.0),
        )
        if changed != self._layer:
            self._layer = changed
            self.layer_changed.emit(changed)


def _expression(layer: Layer) -> str:
    if layer.label is None:
        return _NO_LABELS
    return layer.label.field


def _finite(scale: float) -> float | None:
    return scale if math.isfinite(scale) else None


def _distance(scale_m: float) -> str:
    return f"{scale_m / 1000:g} km" if scale_m >= 1000 else f"{scale_m:g} m"


def _box(name: str, entries: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.addItems(list(entries))
    box.setAccessibleName(name)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
