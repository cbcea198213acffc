"""One layer in the panel: a line to switch it by, and its details below on demand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from geodata.catalogue import Source
from viewer.model.layer import Layer
from viewer.model.legend import LegendEntry, entries_of
from viewer.model.notes import is_note_layer
from viewer.model.palette import Palette
from viewer.panels.icons import IconButton, Icons
from viewer.panels.layer_check import LayerCheck
from viewer.panels.own_layer_controls import OwnLayerControls
from viewer.panels.swatch import HEIGHT_PX, WIDTH_PX, styles_of, swatch

_EDGES_PX = 8


class LayerRow(QWidget):
    """A layer's visibility, name and swatch, with legend, opacity and origin below when it is opened.

    Signals
    -------
    layer_changed(Layer)
        The person changed the layer.
    zoom_requested(str), table_requested(str), remove_requested(str), export_requested(str)
        The person wants to see the whole layer of this id, or its table, to have it gone, or written as a file.
    move_requested(str, int)
        The person wants it above the next layer of theirs (1) or under it (-1).
    """

    layer_changed = Signal(object)
    zoom_requested = Signal(str)
    table_requested = Signal(str)
    remove_requested = Signal(str)
    export_requested = Signal(str)
    move_requested = Signal(str, int)

    def __init__(
        self, layer: Layer, source: Source | None, *, icons: Icons, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("layerRow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layer = layer
        self._source = source
        self._palette = palette
        self._details: LayerDetails | None = None
        self._controls: OwnLayerControls | None = None
        self._check = LayerCheck(layer.title)
        self._check.setChecked(layer.visible)
        self._check.toggled.connect(self._switch)
        self._hint = QLabel()
        self._hint.setObjectName("scaleHint")
        self._zoom = IconButton(icons, "scan", text=f"Zoom to {layer.title}", size_px=16)
        self._zoom.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard, the details have the same
        self._zoom.clicked.connect(self._request_zoom)
        self._zoom.hide()
        self._expand = IconButton(icons, "chevron-right", text=f"Show details of {layer.title}", size_px=16)
        self._expand.clicked.connect(lambda: self.set_opened(not self.is_opened))
        self._lay_out()
        self._show_swatch()

    @property
    def layer(self) -> Layer:
        """The layer as the row shows it."""
        return self._layer

    @property
    def first_control(self) -> QWidget:
        """Where the focus goes first."""
        return self._check

    def set_layer(self, layer: Layer) -> None:
        """Show the layer as it is now."""
        if layer == self._layer:
            return
        self._layer = layer
        self._check.setChecked(layer.visible)
        self._check.set_title(layer.title)
        self._show_swatch()
        if self._details:
            self._details.set_layer(layer)
        if self._controls:
            self._controls.set_layer(layer)

    @property
    def is_opened(self) -> bool:
        """Whether the details are shown."""
        return self._details is not None and not self._details.isHidden()

    def set_opened(self, opened: bool) -> None:
        """Show or hide the details."""
        self._expand.set_icon_name("chevron-down" if opened else "chevron-right")
        self._expand.set_text(f"{'Hide' if opened else 'Show'} details of {self._layer.title}")
        if self._details is None:
            self._details = self._make_details()
        self._details.setVisible(opened)
        if self._controls:
            self._controls.setVisible(opened)

    def set_palette(self, palette: Palette) -> None:
        """Show the swatches in these colours."""
        self._palette = palette
        self._show_swatch()
        if self._details:
            self._details.set_palette(palette)
        if self._controls:
            self._controls.set_palette(palette)

    def set_scale(self, metres_per_pixel: float) -> None:
        """Dim the layer and say what to do where it is not drawn at this scale."""
        layer = self._layer
        hint = ""
        if not layer.in_scale(metres_per_pixel):
            hint = "zoom in" if metres_per_pixel >= layer.max_mpp else "zoom out"
        if hint == self._hint.text():
            return
        self._hint.setText(hint)
        explained = f"{hint} to see this layer" if hint else ""
        self._hint.setToolTip(explained.capitalize())
        self._check.setToolTip(f"{layer.title}: {explained}" if explained else layer.title)
        self._check.setAccessibleDescription(explained.capitalize())
        self._check.set_dimmed(bool(hint))
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the hint out where the name would be cut for it; the tooltip says the same."""
        super().resizeEvent(event)
        self._fit_hint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer to zoom to the layer while the pointer is over the row."""
        self._zoom.show()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the offer."""
        self._zoom.hide()
        super().leaveEvent(event)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(_EDGES_PX - 2, 2, 2, 2)
        line.setSpacing(0)
        line.addWidget(self._check, 1)
        line.addWidget(self._hint)
        line.addWidget(self._zoom)
        line.addWidget(self._expand)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)

    def _fit_hint(self) -> None:
        needed = self._check.sizeHint().width() + self._hint.sizeHint().width() + self._expand.width() + _EDGES_PX
        self._hint.setVisible(bool(self._hint.text()) and needed <= self.width())

    def _switch(self, visible: bool) -> None:
        if visible != self._layer.visible:
            self._change(replace(self._layer, visible=visible))

    def _change(self, layer: Layer) -> None:
        self.set_layer(layer)
        self.layer_changed.emit(layer)

    def _make_details(self) -> LayerDetails:
        details = LayerDetails(self._layer, self._source, palette=self._palette)
        details.opacity_changed.connect(lambda value: self._change(replace(self._layer, opacity=value)))
        details.zoom_requested.connect(self._request_zoom)
        details.table_requested.connect(lambda: self.table_requested.emit(self._layer.id))
        layout = self.layout()
        assert layout is not None
        if self._layer.is_own and not is_note_layer(self._layer.id):
            self._controls = OwnLayerControls(self._layer, palette=self._palette)
            self._controls.layer_changed.connect(self._change)
            self._controls.remove_requested.connect(lambda: self.remove_requested.emit(self._layer.id))
            self._controls.export_requested.connect(lambda: self.export_requested.emit(self._layer.id))
            self._controls.move_requested.connect(lambda by: self.move_requested.emit(self._layer.id, by))
            layout.addWidget(self._controls)
        layout.addWidget(details)
        return details

    def _request_zoom(self) -> None:
        self.zoom_requested.emit(self._layer.id)

    def _show_swatch(self) -> None:
        layer = self._layer
        picture = swatch(styles_of(layer), self._palette, ratio=self.devicePixelRatioF(), opacity=layer.opacity)
        self._check.set_picture(picture)


class LayerDetails(QWidget):
    """A layer's legend, opacity and origin.

    Signals
    -------
    opacity_changed(float)
        The person chose another opacity, 0–1.
    zoom_requested(), table_requested()
        The person wants to see the whole layer, or its table.
    """

    opacity_changed = Signal(float)
    zoom_requested = Signal()
    table_requested = Signal()

    def __init__(self, layer: Layer, source: Source | None, *, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerDetails")
        self._layer = layer
        self._palette = palette
        self._swatches: list[QLabel] = []
        self._entries: tuple[LegendEntry, ...] = ()
        self._legend = QGridLayout()
        self._legend.setHorizontalSpacing(8)
        self._legend.setVerticalSpacing(4)
        self._legend.setColumnStretch(1, 1)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._percent = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 0, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._legend)
        column.addLayout(self._opacity())
        if source is not None:
            column.addLayout(_origin(source))
        column.addLayout(self._buttons())
        self.set_layer(layer)

    def set_layer(self, layer: Layer) -> None:
        """Show the layer as it is now."""
        self._layer = layer
        entries = entries_of(layer)
        entries = entries if len(entries) > 1 else ()
        if entries != self._entries:
            self._show_legend(entries)
        self._slider.setValue(round(layer.opacity * 100))
        self._percent.setText(f"{round(layer.opacity * 100)} %")

    def set_palette(self, palette: Palette) -> None:
        """Show the legend in these colours."""
        self._palette = palette
        for label, entry in zip(self._swatches, self._entries, strict=True):
            label.setPixmap(swatch(entry.styles, palette, ratio=self.devicePixelRatioF()))

    def _show_legend(self, entries: tuple[LegendEntry, ...]) -> None:
        while (item := self._legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._entries, self._swatches = entries, []
        for row, entry in enumerate(entries):
            picture, text = QLabel(), QLabel(entry.title)
            text.setObjectName("legendEntry")
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            picture.setFixedSize(WIDTH_PX, HEIGHT_PX)
            self._swatches.append(picture)
            self._legend.addWidget(picture, row, 0, Qt.AlignmentFlag.AlignTop)
            self._legend.addWidget(text, row, 1)
        self.set_palette(self._palette)

    def _opacity(self) -> QHBoxLayout:
        self._slider.setRange(0, 100)
        self._slider.setPageStep(10)
        self._slider.setAccessibleName(f"Opacity of {self._layer.title}, per cent")
        self._slider.valueChanged.connect(self._slide)
        self._percent.setFixedWidth(self._percent.fontMetrics().horizontalAdvance("100 %") + 4)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(QLabel("Opacity"))
        line.addWidget(self._slider, 1)
        line.addWidget(self._percent)
        return line

    def _buttons(self) -> QHBoxLayout:
        zoom, table = QPushButton("Zoom to layer"), QPushButton("Table")
        zoom.setAccessibleName(f"Zoom to {self._layer.title}")
        zoom.clicked.connect(self.zoom_requested)
        table.setAccessibleName(f"Table of {self._layer.title}")
        table.clicked.connect(self.table_requested)
        table.setVisible(self._layer.selectable)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(zoom)
        line.addWidget(table)
        line.addStretch(1)
        return line

    def _slide(self, per_cent: int) -> None:
        if per_cent != round(self._layer.opacity * 100):
            self.opacity_changed.emit(per_cent / 100)


def _origin(source: Source) -> QGridLayout:
    """Return where a layer comes from, as pairs of heading and text."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    pairs = (("Source", source.source), ("Licence", source.licence), ("As of", source.vintage), ("Note", source.note))
    for row, (heading, text) in enumerate(pair for pair in pairs if pair[1]):
        label = QLabel(text.replace("/", "/\u200b").replace("_", "_\u200b"))  # long paths may break there
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(QLabel(heading), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, row, 1)
    return grid
