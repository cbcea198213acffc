"""Which panels a window has room for: those that it has none for step aside, and come back when it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from viewer.app.docks import PanelDock

TWO_FROM_PX = 900
"""The width from which two panels stand beside the map."""
ONE_FROM_PX = 560
"""The width from which one does; below it, the map comes first and a panel only when it is asked for."""
STRIP_FROM_PX = 520
"""The height from which the strip stands below the map."""
_STATUS_FROM_PX = 300
_MAP_PX = (320, 240)
_PANEL_PX = 288


class PanelRoom:
    """Lets as many panels stand beside the map as there is room for.

    The person's wish goes before the rule: a panel that is asked for is shown at any size, and another one steps aside
    for it. Floating panels take no room. Which panels stepped aside is told by `waiting`, to be remembered.

    Parameters
    ----------
    frame, status
        The middle of the window, whose least size follows the window's, and the status bar, which a low window hides.
    sides, strip
        The panels at the sides and the one below, each with the action that shows it.
    waiting
        The panels that had stepped aside the last time.
    """

    def __init__(
        self,
        frame: QWidget,
        status: QWidget,
        *,
        sides: Sequence[tuple[QAction, PanelDock]],
        strip: tuple[QAction, PanelDock] | None,
        waiting: str = "",
    ) -> None:
        self._frame = frame
        self._status = status
        self._sides = tuple(sides)
        self._strip = strip
        self._tier: tuple[int, bool] | None = None
        self._is_fitting = False
        pairs = (*self._sides, *((strip,) if strip else ()))
        self._known = {dock.objectName(): dock for _, dock in pairs}
        self._actions: Mapping[PanelDock, QAction] = {dock: action for action, dock in pairs}
        self._waiting: list[PanelDock] = []
        self.set_waiting(waiting)
        for action, dock in pairs:
            if not dock.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                dock.show()  # Qt would, but only when it next looks at its events
            action.toggled.connect(lambda shown, dock=dock: self._wished(dock, shown=shown))

    @property
    def waiting(self) -> str:
        """The object names of the panels that stepped aside, the last one last, with spaces between them."""
        return " ".join(dock.objectName() for dock in self._waiting)

    def set_waiting(self, names: str) -> None:
        """Take these panels, as `waiting` tells them, for those that stepped aside; unknown names are passed over."""
        self._waiting = [self._known[name] for name in names.split() if name in self._known]

    def fit(self, size: QSize, *, anew: bool = False) -> None:
        """Fit the panels to a window of this size.

        Parameters
        ----------
        size
            In logical pixels.
        anew
            Look at the panels even where the size asks for no more and no fewer than before.
        """
        beside_panel = max(size.width() - _PANEL_PX, 0)
        self._frame.setMinimumSize(min(_MAP_PX[0], beside_panel), min(_MAP_PX[1], size.height() // 3))
        self._status.setVisible(size.height() >= _STATUS_FROM_PX)
        tier = (_sides_at(size.width()), size.height() >= STRIP_FROM_PX)
        if tier == self._tier and not anew:
            return
        self._tier = tier
        with self.holding():
            self._squeeze(tier[0])
            self._call_back(tier[0])
            self._fit_strip(fits=tier[1])

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Take nothing that happens to the panels meanwhile for a wish; in the end the actions tell what is shown."""
        self._is_fitting = True
        try:
            yield
            for dock, action in self._actions.items():
                action.setChecked(not dock.isHidden())
        finally:
            self._is_fitting = False

    def _squeeze(self, most: int) -> None:
        for dock in self._beside()[: max(len(self._beside()) - most, 0)]:
            self._put_aside(dock)

    def _call_back(self, most: int) -> None:
        sides = [dock for _, dock in self._sides]
        for dock in reversed([dock for dock in self._waiting if dock in sides]):
            if len(self._beside()) < most:
                self._show(dock)

    def _fit_strip(self, *, fits: bool) -> None:
        if self._strip is None:
            return
        dock = self._strip[1]
        if not fits and not dock.isHidden():
            self._put_aside(dock)
        elif fits and dock in self._waiting:
            self._show(dock)

    def _wished(self, dock: PanelDock, *, shown: bool) -> None:
        """Make room for a panel that the person opened; one that they closed does not come back."""
        if self._is_fitting:
            return
        if dock in self._waiting:
            self._waiting.remove(dock)
        if not shown or self._tier is None or (self._strip and dock is self._strip[1]):
            return
        with self.holding():
            others = [other for other in self._beside() if other is not dock]
            for other in others[: max(len(others) + 1 - max(self._tier[0], 1), 0)]:
                self._put_aside(other)

    def _beside(self) -> list[PanelDock]:
        return [dock for _, dock in self._sides if not dock.isHidden() and not dock.isFloating()]

    def _put_aside(self, dock: PanelDock) -> None:
        dock.hide()
        self._waiting.append(dock)

    def _show(self, dock: PanelDock) -> None:
        dock.show()
        self._waiting.remove(dock)


def _sides_at(width_px: int) -> int:
    if width_px >= TWO_FROM_PX:
        return 2
    return 1 if width_px >= ONE_FROM_PX else 0
