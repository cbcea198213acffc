"""Which attribute colours a layer of the person's own, and how: by category, or by value in classes along a ramp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSizePolicy, QSpinBox, QWidget

from geodata.reading.profile import Profile
from viewer.model.layer import Layer
from viewer.model.own_styles import (
    CLASSES,
    METHODS,
    RAMPS,
    Choice,
    choice_of,
    colours_of,
    field_of,
    in_one_colour,
    styled,
)
from viewer.model.told_styles import Looks, as_told, is_told

_ONE_COLOUR = "One colour"
_AS_TOLD = "As the file says"
_RAMP_PX = QSize(64, 12)
_DEFAULT = Choice("quantiles", 5, "Oranges")


class StyleControls(QWidget):
    """Choices by which a layer is coloured, each applied at once.

    Signals
    -------
    layer_changed(Layer)
        The person chose another look.
    """

    layer_changed = Signal(object)

    def __init__(
        self, layer: Layer, profiles: Sequence[Profile], looks: Looks | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._layer = layer
        self._looks = looks or {}
        self._profiles = {profile.name: profile for profile in profiles}
        told = is_told(as_told(in_one_colour(layer.style), self._looks))
        self._field = _box("Colour by", (_ONE_COLOUR, *([_AS_TOLD] if told else []), *self._profiles))
        self._method = _box("Classes by", ("categories", *METHODS))
        self._ramp = _box("Colours", RAMPS)
        for number, name in enumerate(RAMPS):
            self._ramp.setItemIcon(number, QIcon(_strip(name)))
        self._ramp.setIconSize(_RAMP_PX)
        self._count = QSpinBox()
        self._count.setRange(CLASSES.start, CLASSES.stop - 1)
        self._count.setAccessibleName("Number of classes")
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        for text, widget in (
            ("Colour by", self._field),
            ("Classes", self._method),
            ("Number", self._count),
            ("Colours", self._ramp),
        ):
            self._form.addRow(QLabel(text), widget)
        self.set_layer(layer)
        self._field.currentIndexChanged.connect(self._choose_field)
        self._method.currentIndexChanged.connect(self._apply)
        self._ramp.currentIndexChanged.connect(self._apply)
        self._count.valueChanged.connect(self._apply)

    def set_layer(self, layer: Layer) -> None:
        """Show the layer as it is now."""
        self._layer = layer
        profile = self._profiles.get(field_of(layer.style))
        blockers = [QSignalBlocker(widget) for widget in (self._field, self._method, self._ramp, self._count)]
        plain = _AS_TOLD if is_told(layer.style) else _ONE_COLOUR
        self._field.setCurrentText(profile.name if profile else plain)
        self._show(choice_of(layer.style, profile) if profile else None)
        del blockers

    def _show(self, choice: Choice | None) -> None:
        """Show the rows that mean something for what is chosen."""
        profile = self._profile
        numeric = profile is not None and profile.is_numeric
        classed = numeric and choice is not None and choice.method != "categories"
        self._form.setRowVisible(self._method, numeric)
        self._form.setRowVisible(self._count, classed)
        self._form.setRowVisible(self._ramp, classed)
        if choice is not None:
            self._method.setCurrentText(choice.method)
        if choice is not None and classed:
            self._count.setValue(choice.count)
            self._ramp.setCurrentText(choice.ramp)

    @property
    def _profile(self) -> Profile | None:
        return self._profiles.get(self._field.currentText())

    def _choose_field(self) -> None:
        profile = self._profile
        if profile is None:
            self._change(None, None)
        else:
            few = not profile.is_numeric or profile.distinct <= 3
            self._change(profile, replace(_DEFAULT, method="categories") if few else _DEFAULT)

    def _apply(self) -> None:
        profile = self._profile
        if profile is not None:
            method = self._method.currentText() if profile.is_numeric else "categories"
            self._change(profile, Choice(method, self._count.value(), self._ramp.currentText()))

    def _change(self, profile: Profile | None, choice: Choice | None) -> None:
        style = self._layer.style
        changed = in_one_colour(style) if profile is None or choice is None else styled(style, profile, choice)
        if self._field.currentText() == _AS_TOLD:
            changed = as_told(changed, self._looks)
        self._layer = replace(self._layer, style=changed)
        self.layer_changed.emit(self._layer)
        self.set_layer(self._layer)


def _box(name: str, entries: Iterable[str]) -> QComboBox:
    box = QComboBox()
    box.addItems(tuple(entries))
    box.setAccessibleName(name)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _strip(ramp: str) -> QPixmap:
    pixmap = QPixmap(_RAMP_PX)
    painter = QPainter(pixmap)
    count = 8
    for number, colour in enumerate(colours_of(ramp, count)):
        width = _RAMP_PX.width() // count
        painter.fillRect(number * width, 0, width, _RAMP_PX.height(), QColor(colour))
    painter.end()
    return pixmap
