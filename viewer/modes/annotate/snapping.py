"""The vertex or edge on the map that a pointer near it means: of the person's own shapes, and of what lies beneath."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from geodata.annotations import Annotation
from geodata.shapes import LonLat
from geodata.snapping import snap_on_map
from geodata.stereographic import forward, inverse
from viewer.map.mouse import MapMouse
from viewer.model.drawings import drawn_of, is_own_shape
from viewer.session import Session

SNAP_PX = 12.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a pointer means: the place, in degrees and on the map, and what it took hold of; empty for nothing."""

    place: LonLat
    x: float
    y: float
    hold: str = ""


class Snapper:
    """Finds what a pointer means. Whoever holds Ctrl wants no help.

    Attributes
    ----------
    is_on : bool
        Whether it looks for anything at all.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._paths: dict[str, tuple[Annotation, Floats]] = {}
        self.is_on = True

    def aim(self, mouse: MapMouse, *, beside: tuple[LonLat, ...] = (), without: str = "") -> Aim:
        """Return what a pointer means.

        Parameters
        ----------
        mouse
            The pointer.
        beside
            Places of the shape under way that can be taken hold of, too.
        without
            The id of an annotation that is being moved and is no help.
        """
        held = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if not self.is_on or held:
            return _aim(mouse.x, mouse.y)
        reach_m = SNAP_PX * mouse.camera.metres_per_pixel
        paths = [*self._own(without), *self._beneath(without)]
        if beside:
            paths.insert(0, forward(*np.array(beside).T).reshape(-1, 2))
        at = np.array([mouse.x, mouse.y])
        found = snap_on_map(at, [path for path in paths if _is_near(path, at, reach_m)], reach_m=reach_m)
        if found is None:
            return _aim(mouse.x, mouse.y)
        (x, y), hold, _, _ = found
        return _aim(float(x), float(y), hold)

    def _own(self, without: str) -> list[Floats]:
        found: list[Floats] = []
        known: dict[str, tuple[Annotation, Floats]] = {}
        for note in self._session.annotations:
            if not is_own_shape(note) or note.id == without:
                continue
            kept = self._paths.get(note.id)
            entry = kept if kept is not None and kept[0] is note else (note, _path_of(note))
            known[note.id] = entry
            found.append(entry[1])
        self._paths = known
        return found

    def _beneath(self, without: str) -> tuple[Floats, ...]:
        hit = self._session.hovered
        return () if hit is None or (without and hit.feature_id == without) else hit.outline


def _path_of(note: Annotation) -> Floats:
    drawn = drawn_of(note)
    if drawn is None or not drawn.places:
        return np.zeros((0, 2))
    ring = (*drawn.places, drawn.places[0]) if drawn.kind == "polygon" else drawn.places
    return forward(*np.array(ring).T).reshape(-1, 2)


def _is_near(path: Floats, at: Floats, reach_m: float) -> bool:
    if len(path) == 0:
        return False
    return bool((path.min(axis=0) - reach_m <= at).all() and (path.max(axis=0) + reach_m >= at).all())


def _aim(x: float, y: float, hold: str = "") -> Aim:
    lon, lat = inverse(x, y)
    return Aim((float(lon), float(lat)), x, y, hold)
