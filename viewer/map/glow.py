"""Letting features glow without flying to them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.engine.messages import FeatureAnswer
from viewer.engine_client import EngineClient
from viewer.session import Session


class Glow(QObject):
    """Finds features by reference and lets them glow in one session; asks again when the engine is a new one."""

    def __init__(self, session: Session, engine: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._wanted: tuple[str, ...] = ()
        self._serial = -1
        engine.features_answered.connect(self._take)
        engine.restarted.connect(self._ask)

    def show(self, references: tuple[str, ...], *, metres_per_pixel: float) -> None:
        """Let these features glow, ``layer/feature``, and no others; those that are not there are passed over.

        Parameters
        ----------
        references
            The features; none puts the glow out.
        metres_per_pixel
            The scale of the view that they will be seen in.
        """
        self._wanted, self._metres_per_pixel = references, metres_per_pixel
        self._serial = -1
        self._session.set_glow(())
        self._ask()

    def shutdown(self) -> None:
        """Ask nothing more."""
        self._engine.features_answered.disconnect(self._take)
        self._engine.restarted.disconnect(self._ask)

    def _ask(self) -> None:
        if self._wanted:
            self._serial = self._engine.find_features(self._wanted, self._metres_per_pixel)

    def _take(self, answer: FeatureAnswer) -> None:
        if answer.request.serial == self._serial:
            self._serial = -1
            self._session.set_glow(answer.hits)
