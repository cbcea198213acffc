"""The layers: what the map shows, grouped, each with its legend; and a list of the features in view."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from geodata.hit import Hit
from viewer.model.camera import Camera
from viewer.model.layer import Layer, LayerStack
from viewer.model.notes import GROUP as NOTES
from viewer.model.own_layers import GROUP
from viewer.model.palette import Palette
from viewer.panels.features_in_view import FeaturesInViewList
from viewer.panels.icons import IconButton, Icons
from viewer.panels.layer_row import LayerRow
from viewer.session import Session

_LEAST_PX = (216, 96)

GROUPS = (
    GROUP,
    NOTES,
    "Alaska",
    "Elmendorf-Richardson",
    "Russian Arctic",
    "Shipping lanes",
    "Places and resources",
    "Boundaries",
    "Base map",
)
"""What the person brought, then the story's four subjects, then context; groups with other names follow."""


class LayersPanel(QWidget):
    """All layers of the stack by group, the topmost of a group first.

    Signals
    -------
    open_requested()
        The person wants to open a file.
    zoom_to_layer_requested(str), table_requested(str), remove_requested(str), export_requested(str)
        The person wants to see the whole layer of this id, or its table, to have it gone, or written as a file.
    layer_changed(Layer)
        The person changes a layer; the session still has it as it was before.
    move_requested(str, int)
        The person wants the layer of this id above the next one (1) or under it (-1).
    features_wanted(bool)
        Whether the list of features in view is open, so that keeping it up to date is worth the work.
    """

    open_requested = Signal()
    zoom_to_layer_requested = Signal(str)
    table_requested = Signal(str)
    remove_requested = Signal(str)
    export_requested = Signal(str)
    layer_changed = Signal(object)
    move_requested = Signal(str, int)
    features_wanted = Signal(bool)

    def __init__(self, session: Session, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._icons = icons
        self._rows: dict[str, LayerRow] = {}
        self._limits: list[float] = []
        self._between = 0
        self._features = FeaturesInViewList(icons=icons)
        self._features.chosen.connect(session.select)
        self._features.opened.connect(self.features_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = self._scroll_area()
        column.addLayout(self._own_heading())
        column.addWidget(self._area, 1)
        column.addWidget(self._features)
        self._show_scale()
        session.stack_changed.connect(self._show_stack)
        session.theme_changed.connect(self._show_palette)
        session.camera_changed.connect(self._follow_scale)

    @property
    def features_shown(self) -> bool:
        """Whether the list of features in view is open."""
        return self._features.is_open

    def set_features(self, hits: Sequence[Hit]) -> None:
        """List these features as those in view, in this order."""
        self._features.set_features(hits)

    def row(self, layer_id: str) -> LayerRow:
        """Return the row of a layer.

        Raises
        ------
        KeyError
            Where there is no such layer.
        """
        return self._rows[layer_id]

    def minimumSizeHint(self) -> QSize:
        """Let the window be small, but names be read."""
        return QSize(*_LEAST_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the swatches when the window comes to a screen of another pixel ratio."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._show_palette(self._session.palette)

    def _own_heading(self) -> QHBoxLayout:
        heading = QLabel(GROUP)
        heading.setObjectName("groupHeading")
        button = IconButton(self._icons, "folder-open", text="Open a file as a layer", size_px=16)
        button.clicked.connect(self.open_requested)
        line = QHBoxLayout()
        line.setContentsMargins(4, 0, 8, 0)
        line.addWidget(heading, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return line

    def _scroll_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._content())
        return area

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(4, 0, 4, 12)
        column.setSpacing(0)
        for group, ids in grouped(self._session.stack):
            if group != GROUP:
                heading = QLabel(group)
                heading.setObjectName("groupHeading")
                column.addWidget(heading)
            for layer_id in ids:
                column.addWidget(self._add_row(layer_id))
        if not self._rows:
            column.addWidget(_nothing_to_show())
        column.addStretch(1)
        return content

    def _add_row(self, layer_id: str) -> LayerRow:
        session = self._session
        layer = session.stack.get(layer_id)
        assert layer is not None
        row = LayerRow(layer, session.catalogue.get(layer_id), icons=self._icons, palette=session.palette)
        row.layer_changed.connect(self._change)
        row.move_requested.connect(self.move_requested)
        row.zoom_requested.connect(self.zoom_to_layer_requested)
        row.table_requested.connect(self.table_requested)
        row.remove_requested.connect(self.remove_requested)
        row.export_requested.connect(self.export_requested)
        if not self._rows:
            self.setFocusProxy(row.first_control)
        self._rows[layer_id] = row
        return row

    def _show_stack(self, stack: LayerStack) -> None:
        if [layer_id for _, ids in grouped(stack) for layer_id in ids] != list(self._rows):
            self._make_anew()
        for layer in stack:
            self._rows[layer.id].set_layer(layer)
        self._show_scale()

    def _change(self, layer: Layer) -> None:
        self.layer_changed.emit(layer)
        self._session.set_layer(layer)

    def _make_anew(self) -> None:
        """Make all rows anew where layers came, went or moved; what was opened stays so, the list where it was."""
        opened = {layer_id for layer_id, row in self._rows.items() if row.is_opened}
        place = self._area.verticalScrollBar().value()
        self._rows = {}
        self._area.setWidget(self._content())
        for layer_id in opened & self._rows.keys():
            self._rows[layer_id].set_opened(True)
        self._area.verticalScrollBar().setValue(place)

    def _show_palette(self, palette: Palette) -> None:
        for row in self._rows.values():
            row.set_palette(palette)

    def _show_scale(self) -> None:
        metres_per_pixel = self._session.camera.metres_per_pixel
        self._limits = sorted({limit for layer in self._session.stack for limit in (layer.min_mpp, layer.max_mpp)})
        self._between = bisect(self._limits, metres_per_pixel)
        for row in self._rows.values():
            row.set_scale(metres_per_pixel)

    def _follow_scale(self, camera: Camera) -> None:
        """Look at the rows only where the camera passed a limit of some layer: this runs in every frame."""
        if bisect(self._limits, camera.metres_per_pixel) != self._between:
            self._show_scale()


def _nothing_to_show() -> QLabel:
    empty = QLabel("No layer could be opened. The messages over the map say why.")
    empty.setObjectName("emptyText")
    empty.setWordWrap(True)
    empty.setContentsMargins(12, 16, 12, 16)
    return empty


def grouped(stack: LayerStack) -> list[tuple[str, list[str]]]:
    """Return the layers' ids by group, known groups first; in each what can be clicked, then the topmost."""
    groups: dict[str, list[str]] = {group: [] for group in GROUPS}
    for layer in sorted(reversed(stack.layers), key=lambda layer: not layer.selectable):
        groups.setdefault(layer.group, []).append(layer.id)
    return [(group, ids) for group, ids in groups.items() if ids]
