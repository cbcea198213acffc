"""The palette of drawing: what to draw, and what to do with a shape that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

_COLUMNS = 2
_BUTTON_PX = 28
_HINT_PX = 76


class DrawPalette(QWidget):
    """Buttons for the actions of drawing, in two columns, and a line that says what to do next.

    Attributes
    ----------
    snapping : QCheckBox
        Whether the pointer takes hold of corners and edges.
    target : QComboBox
        Into which layer shapes go; each entry's data is the layer's id, empty for the annotations.
    """

    def __init__(
        self,
        actions: Mapping[str, QAction],
        *,
        shapes: Sequence[str],
        deeds: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.snapping = QCheckBox("Take hold of corners and edges")
        self.snapping.setToolTip("Near a corner or an edge the pointer means it; hold Ctrl to be free of it")
        self.snapping.setChecked(True)
        self.target = QComboBox()
        self.target.setAccessibleName("Into")
        self.target.setMinimumContentsLength(10)
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        into = QHBoxLayout()
        into.addWidget(QLabel("Into"))
        into.addWidget(self.target, 1)
        self._hint = QLabel()
        self._hint.setObjectName("softText")
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setMinimumHeight(_HINT_PX)  # else the buttons give way to it, for it is as high as it is narrow
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(_grid([actions[name] for name in shapes]))
        column.addLayout(into)
        column.addWidget(self.snapping)
        column.addLayout(_grid([actions[name] for name in deeds]))
        column.addWidget(self._hint)
        column.addStretch(1)

    @property
    def hint(self) -> str:
        """What the line says."""
        return self._hint.text()

    def set_targets(self, layers: Sequence[tuple[str, str]]) -> None:
        """Let shapes go into these layers, as (id, title); what is chosen stays so where it still can be."""
        chosen = str(self.target.currentData() or "")
        self.target.clear()
        for layer_id, title in layers:
            self.target.addItem(title, layer_id)
        self.target.setCurrentIndex(max(self.target.findData(chosen), 0))

    def tell(self, hint: str) -> None:
        """Say what to do next."""
        self._hint.setText(hint)


def _grid(actions: Sequence[QAction]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(4)
    for number, action in enumerate(actions):
        button = QToolButton()
        button.setObjectName("drawTool")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(_BUTTON_PX)
        button.setAccessibleName(action.text())
        grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
    return grid
