"""A canvas with a small neighbour in the engine's place, which paints nothing but answers."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from geodata.annotations import AnnotationSet
from geodata.catalogue import Catalogue, Source
from geodata.extent import Extent
from geodata.hit import Hit
from viewer.engine.messages import (
    FeatureAnswer,
    FeatureRequest,
    FeaturesInView,
    FeaturesInViewAnswer,
    LabelSet,
    PickAnswer,
    PickRequest,
    Picture,
    PictureRequest,
)
from viewer.map.canvas import Canvas
from viewer.model.camera import Camera
from viewer.model.layer import Layer, LayerStack
from viewer.model.palette import Palette
from viewer.model.styles import FillStyle, LineStyle, Rule, SymbolStyle
from viewer.session import Session

START = Camera(100_000.0, -200_000.0, 1_000.0, 30.0)

COLOURS = {
    "sea": (10, 20, 30, 255),
    "outside": (200, 210, 220, 255),
    "land": (240, 230, 210, 255),
    "halo": (1, 2, 3, 255),
    "halo_inner": (255, 255, 255, 255),
    "glow": (255, 176, 0, 255),
    "hover": (255, 0, 255, 255),
    "scale_bar": (0, 0, 0, 255),
    "label": (0, 0, 0, 255),
    "label_halo": (255, 255, 255, 200),
    "ui_panel": (255, 255, 255, 255),
    "ui_panel_edge": (128, 128, 128, 255),
}
PICTURE_COLOUR = 0xFF336699


def no_labels():
    return LabelSet(
        generation=0,
        anchors=np.empty((0, 2)),
        offsets=np.empty((0, 2), np.float32),
        sources=np.empty((0, 4), np.float32),
        angles_deg=np.empty(0, np.float32),
        turning=np.empty(0, bool),
        label_of=np.empty(0, np.int32),
        boxes=np.empty((0, 4), np.float32),
        references=(),
    )


def hit(reference, *, x=0.0, y=0.0, half_m=0.0, name=""):
    """A square feature, or a point where it has no size."""
    layer_id, feature_id = reference.split("/")
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)] if half_m else [(0, 0)]
    ring = np.array(corners, float) * half_m + (x, y)
    return Hit(
        layer_id=layer_id,
        feature_id=feature_id,
        attributes={"id": feature_id, "name": name or feature_id.title()},
        geometry="polygon" if half_m else "point",
        outline=(ring,),
        extent=Extent.of(ring),
    )


class Neighbour(QObject):
    """Stands where the engine's client stands: notes what is asked and answers when the test says so."""

    picture_ready = Signal(object)
    picture_failed = Signal(str)
    pick_answered = Signal(object)
    features_answered = Signal(object)
    in_view_answered = Signal(object)
    restarted = Signal()

    def __init__(self):
        super().__init__()
        self._serials = itertools.count(1)
        self.canvases = []
        self.pictures = []
        self.picks = []
        self.features = []
        self.in_view = []
        self.colour = PICTURE_COLOUR
        self.revision = 1
        self.busy_with = None
        self.given_up = []

    def open_canvas(self, canvas):
        self.canvases.append(canvas)

    def close_canvas(self, canvas):
        self.canvases.remove(canvas)

    def request_picture(self, canvas, camera, *, showing, instead=False, **sizes):
        serial = next(self._serials)
        request = PictureRequest(canvas=canvas, serial=serial, camera=camera, slot=f"slot-{serial}", **sizes)
        self.pictures.append(request)
        if instead:
            self.given_up.append(self.busy_with)
        if canvas == "main" and (instead or self.busy_with is None):
            self.busy_with = request
        return serial

    def under_way(self, canvas):
        return self.busy_with if canvas == "main" else None

    def image(self, picture):
        request = picture.request
        width, height = (round(side * request.scale) for side in (request.width_px, request.height_px))
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(self.colour)
        return image

    def release(self, canvas):
        assert canvas in self.canvases

    def pick(self, x, y, metres_per_pixel, *, hovering=False):
        self.picks.append(PickRequest(next(self._serials), x, y, metres_per_pixel, hovering))
        return self.picks[-1].serial

    def find_features(self, references, metres_per_pixel):
        self.features.append(FeatureRequest(next(self._serials), references, metres_per_pixel))
        return self.features[-1].serial

    def features_in_view(self, camera, width_px, height_px):
        self.in_view.append(FeaturesInView(next(self._serials), camera, width_px, height_px))
        return self.in_view[-1].serial

    @property
    def clicks(self):
        return [pick for pick in self.picks if not pick.hovering]

    def finish_picture(self, *, canvas="main", labels=None, painted_ms=5.0):
        request = [asked for asked in self.pictures if asked.canvas == canvas][-1]
        self.busy_with = None if canvas == "main" else self.busy_with
        self.picture_ready.emit(Picture(request, 1, labels or no_labels(), painted_ms))
        return request

    def answer_click(self, *hits):
        self.pick_answered.emit(PickAnswer(self.clicks[-1], hits))

    def answer_hover(self, *hits):
        self.pick_answered.emit(PickAnswer([pick for pick in self.picks if pick.hovering][-1], hits))

    def answer_features(self, *hits):
        self.features_answered.emit(FeatureAnswer(self.features[-1], hits))

    def answer_in_view(self, *hits):
        self.in_view_answered.emit(FeaturesInViewAnswer(self.in_view[-1], hits))


class Hand:
    """A hand on mouse and wheel that tells the time of its moves."""

    def __init__(self, canvas):
        self._canvas = canvas
        self._now_ms = 1_000

    def press(self, x, y, *, button=Qt.MouseButton.LeftButton):
        self._send(QEvent.Type.MouseButtonPress, x, y, button, button)

    def release(self, x, y, *, button=Qt.MouseButton.LeftButton):
        self._send(QEvent.Type.MouseButtonRelease, x, y, button, Qt.MouseButton.NoButton)

    def move(self, x, y, *, button=Qt.MouseButton.NoButton):
        self._send(QEvent.Type.MouseMove, x, y, Qt.MouseButton.NoButton, button)

    def click(self, x, y, *, button=Qt.MouseButton.LeftButton):
        self.press(x, y, button=button)
        self.release(x, y, button=button)

    def double_click(self, x, y, *, modifiers=Qt.KeyboardModifier.NoModifier):
        left = Qt.MouseButton.LeftButton
        self.click(x, y)
        self._send(QEvent.Type.MouseButtonDblClick, x, y, left, left, modifiers)
        self.release(x, y)

    def drag(self, *places, button=Qt.MouseButton.LeftButton, rest_ms=500):
        self.press(*places[0], button=button)
        for place in places[1:]:
            self.move(*place, button=button)
        self.wait(rest_ms)
        self.release(*places[-1], button=button)

    def wait(self, ms):
        self._now_ms += ms

    def wheel(self, x, y, *, angle=0, pixels=0):
        place = QPointF(x, y)
        event = QWheelEvent(
            place,
            self._canvas.viewport().mapToGlobal(place),
            QPoint(0, pixels),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self._canvas.viewport(), event)

    def _send(self, kind, x, y, button, buttons, modifiers=Qt.KeyboardModifier.NoModifier):
        self.wait(10)
        viewport = self._canvas.viewport()
        place = QPointF(x, y)
        event = QMouseEvent(kind, place, viewport.mapToGlobal(place), button, buttons, modifiers)
        event.setTimestamp(self._now_ms)
        QApplication.sendEvent(viewport, event)


def layers():
    return LayerStack(
        (
            Layer("land", "Land", "Base map", FillStyle(fill=Rule("land")), selectable=True),
            Layer("lanes", "Lanes", "Shipping lanes", LineStyle(colour=Rule("lane_nsr")), selectable=True),
            Layer("ports", "Ports", "Places", SymbolStyle(colour=Rule("port"), size_px=Rule(12.0)), selectable=True),
        )
    )


@pytest.fixture
def session(qapp):
    sources = tuple(
        Source(layer_id, layer_id.title(), "Base map", "Drawn by hand", "MIT", "2026", attribution=credit)
        for layer_id, credit in (("land", "Drawn by hand"), ("lanes", "Drawn by foot"), ("ports", ""))
    )
    palettes = {"light": Palette("light", COLOURS), "dark": Palette("dark", COLOURS | {"sea": (0, 0, 9, 255)})}
    return Session(
        catalogue=Catalogue(sources),
        stack=layers(),
        palettes=palettes,
        theme="light",
        article=None,
        annotations=AnnotationSet(()),
        camera=START,
    )


@pytest.fixture
def engine(qapp):
    return Neighbour()


@pytest.fixture
def motion():
    """Whether views glide and fly; tests of where the camera ends up do without."""
    return SimpleNamespace(reduced=True)


@pytest.fixture
def canvas(session, engine, motion, qtbot):
    made = Canvas(session, engine, reduced_motion=lambda: motion.reduced)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shutdown()
    made.deleteLater()


@pytest.fixture
def hand(canvas):
    return Hand(canvas)


@pytest.fixture
def make_hit():
    return hit


@pytest.fixture
def unlabelled():
    """The labels of a picture that has none."""
    return no_labels()
