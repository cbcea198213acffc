"""The status bar: where the pointer is, how large the map is drawn, and which way is up."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from geodata.stereographic import inverse, scale_factor
from viewer.model.camera import Camera
from viewer.model.north import north_angle_deg
from viewer.model.position_text import position_text
from viewer.model.settings import PositionStyle
from viewer.session import Session

_COMPASS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_GAP_PX = 16
_READABLE_MS = 80
_WIDEST = ("88° 88′ 88″ N, 188° 88′ 88″ W", "1 px = 8 888 km", "WNW is up (288°)")


class StatusLine(QWidget):
    """Position, scale and bearing, in places of fixed width and figures of equal width, so that nothing jumps.

    Signals
    -------
    style_changed(PositionStyle)
        The person wants degrees written the other way.
    """

    style_changed = Signal(str)

    def __init__(self, session: Session, *, style: PositionStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._style: PositionStyle = style
        self._at: tuple[float, float] | None = None
        self._position = QPushButton()
        self._position.setObjectName("position")
        self._position.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._position.setToolTip("Position under the pointer. Click for decimal degrees or degrees, minutes, seconds.")
        self._position.clicked.connect(self._turn_style)
        self._scale = QLabel()
        self._scale.setToolTip("Distance on the ground at the middle of the map that one pixel shows")
        self._bearing = QLabel()
        self._bearing.setToolTip("The direction that is up at the middle of the map")
        self._lay_out()
        self._show_camera()
        self._show_position(None)
        self._later = QTimer(self, singleShot=True, interval=_READABLE_MS)
        self._later.timeout.connect(self._show_latest)
        self._is_late = False
        session.camera_changed.connect(self._show_soon)
        session.position_changed.connect(self._show_position_soon)

    @property
    def style_name(self) -> PositionStyle:
        """How degrees are written now."""
        return self._style

    @property
    def texts(self) -> tuple[str, str, str]:
        """Position, scale and bearing as they are shown."""
        return self._position.text(), self._scale.text(), self._bearing.text()

    def sizeHint(self) -> QSize:
        """Need room for all three, whether they are shown or not."""
        widths = [widget.minimumWidth() for widget in self._places]
        return QSize(sum(widths) + _GAP_PX * len(widths), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Let the window be as narrow as it likes."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the bearing first, then the scale, where there is no room for all."""
        super().resizeEvent(event)
        needed = _GAP_PX
        for widget in self._places:
            needed += widget.minimumWidth()
            widget.setVisible(widget is self._position or needed <= self.width())
            needed += _GAP_PX

    @property
    def _places(self) -> tuple[QWidget, QWidget, QWidget]:
        return self._position, self._scale, self._bearing

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(_GAP_PX // 2, 0, _GAP_PX // 2, 0)
        line.setSpacing(_GAP_PX)
        for widget, widest in zip((self._position, self._scale, self._bearing), _WIDEST, strict=True):
            font = QFont(widget.font())
            font.setPixelSize(12)
            font.setFeature(QFont.Tag("tnum"), 1)
            widget.setFont(font)
            widget.setFixedWidth(widget.fontMetrics().horizontalAdvance(widest) + 16)
            line.addWidget(widget)
        self._scale.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bearing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _turn_style(self) -> None:
        self._style = "dms" if self._style == "decimal" else "decimal"
        self._show_position(self._at)
        self.style_changed.emit(self._style)

    def _show_position(self, position: tuple[float, float] | None) -> None:
        self._at = position
        if position is None:
            self._position.setText("–")
            self._position.setAccessibleName("Position: the pointer is not on the map")
            return
        lon, lat = inverse(*position)
        self._position.setText(position_text(float(lon), float(lat), style=self._style))
        self._position.setAccessibleName(f"Position {self._position.text()}")

    def _show_soon(self, _camera: object = None) -> None:
        """Show a first change at once, and those that follow it no oftener than figures can be read."""
        if self._later.isActive():
            self._is_late = True
        else:
            self._show_camera()
            self._show_position(self._at)
            self._later.start()

    def _show_position_soon(self, position: tuple[float, float] | None) -> None:
        self._at = position
        self._show_soon()

    def _show_latest(self) -> None:
        if self._is_late:
            self._is_late = False
            self._show_soon()

    def _show_camera(self) -> None:
        camera = self._session.camera
        self._scale.setText(scale_text(camera))
        self._bearing.setText(bearing_text(camera))


def scale_text(camera: Camera) -> str:
    """Return how much ground one pixel shows at the middle of the view."""
    _, lat = inverse(camera.x, camera.y)
    metres = camera.metres_per_pixel / scale_factor(float(lat))
    if metres >= 1000:
        return f"1 px = {_rounded(metres / 1000)} km"
    return f"1 px = {_rounded(metres)} m"


def bearing_text(camera: Camera) -> str:
    """Return which direction is up at the middle of the view; at the pole, where all are south, which meridian is."""
    north = north_angle_deg(camera)
    if north is None:
        up = round((180.0 - camera.bearing_deg + 180.0) % 360.0 - 180.0)
        side = "" if up in (0, 180, -180) else " E" if up > 0 else " W"
        return f"{abs(up)}°{side} is up"
    heading = round(-north) % 360
    if heading == 0:
        return "North is up"
    return f"{_COMPASS[round(heading / 22.5) % 16]} is up ({heading}°)"


def _rounded(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}".replace(",", "\u202f")
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
