"""Flights of the camera: to a view that somebody asks for, and to features, which then glow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce

from PySide6.QtCore import QObject

from geodata.extent import Extent
from geodata.hit import Hit
from viewer.engine.messages import FeatureAnswer
from viewer.engine_client import EngineClient
from viewer.map.motion import Mover
from viewer.model.camera import Camera, Viewport
from viewer.model.flight import Flight
from viewer.model.layer import LayerStack
from viewer.model.views import home
from viewer.session import Session

_POINT_MPP = {"jber-symbol": 60.0, "bases": 900.0, "ports": 1_200.0, "resource-sites": 2_000.0}
_OTHER_POINT_MPP = 2_500.0
_CLOSEST_MPP = 8.0
_INSIDE_SCALES = 0.95


@dataclass(frozen=True, slots=True)
class FlightMotion:
    """A flight as a motion: it leaves and lands gently."""

    flight: Flight

    @property
    def duration_s(self) -> float:
        """How long it takes."""
        return self.flight.duration_s

    def at(self, elapsed_s: float) -> Camera:
        """Return the camera so long after its start."""
        if elapsed_s >= self.duration_s:
            return self.flight.end
        k = max(elapsed_s, 0.0) / self.duration_s
        return self.flight.at(k * k * (3 - 2 * k))


class Flyer(QObject):
    """Flies the session's camera where it is asked to go."""

    def __init__(self, session: Session, engine: EngineClient, mover: Mover, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._mover = mover
        self._wanted: tuple[str, ...] = ()
        self._serial = -1
        self._is_overview = False
        session.flight_requested.connect(self.fly_to)
        session.features_requested.connect(self.show_features)
        session.overview_requested.connect(self.show_overview)
        engine.features_answered.connect(self._answered)
        engine.restarted.connect(self._ask_again)

    def fly_to(self, camera: Camera) -> None:
        """Fly to a view; at once where no motion is wanted."""
        flight = Flight(self._session.camera, camera, max(self._session.viewport.width_px, 1.0))
        self._mover.start(FlightMotion(flight))

    def show_features(self, references: tuple[str, ...]) -> None:
        """Find features (``layer/feature``), let them glow, and fly so that all are in view."""
        self._is_overview = False
        self._wanted = references
        self._ask()

    def show_overview(self, references: tuple[str, ...]) -> None:
        """Fly to the whole Arctic at once, and let features glow in it when they are found."""
        self.show_features(references)
        self._is_overview = True
        self.fly_to(home(self._session.viewport))

    def shutdown(self) -> None:
        """Ask nothing more."""
        self._session.flight_requested.disconnect(self.fly_to)
        self._session.features_requested.disconnect(self.show_features)
        self._session.overview_requested.disconnect(self.show_overview)
        self._engine.features_answered.disconnect(self._answered)
        self._engine.restarted.disconnect(self._ask_again)

    def _ask(self) -> None:
        self._serial = self._engine.find_features(self._wanted, self._session.camera.metres_per_pixel)

    def _ask_again(self) -> None:
        if self._serial >= 0:
            self._ask()

    def _answered(self, answer: FeatureAnswer) -> None:
        if answer.request.serial != self._serial:
            return
        self._serial = -1
        self._session.set_glow(answer.hits)
        if answer.hits and not self._is_overview:
            self.fly_to(view_of(answer.hits, self._session.viewport, self._session.stack))


def view_of(hits: tuple[Hit, ...], viewport: Viewport, stack: LayerStack) -> Camera:
    """Return the camera that shows features whole, at the bearing that the view has.

    A point is shown at a scale that suits its layer, and nothing so close that none of it is drawn any more.

    Parameters
    ----------
    hits
        At least one.
    viewport
        The view, for its size and bearing.
    stack
        The layers, for the scales they are drawn at.
    """
    camera = viewport.fitted(reduce(Extent.union, (hit.extent for hit in hits)))
    mpp = max(camera.metres_per_pixel, min(_closest_mpp(hit) for hit in hits))
    layers = [layer for hit in hits if (layer := stack.get(hit.layer_id)) is not None]
    if layers and not any(layer.in_scale(mpp) for layer in layers):
        mpp = max(mpp, min(layer.min_mpp for layer in layers) / _INSIDE_SCALES)
    return replace(camera, metres_per_pixel=mpp).clamped()


def _closest_mpp(hit: Hit) -> float:
    return _POINT_MPP.get(hit.layer_id, _OTHER_POINT_MPP) if hit.geometry == "point" else _CLOSEST_MPP
