"""The main window over the shipped layers and a plain widget in the map's place."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from geodata import catalogue
from geodata.annotations import Annotation, AnnotationSet
from geodata.article import Article, Section
from viewer.app.main_window import MainWindow
from viewer.engine import fonts
from viewer.messages import Messages
from viewer.model import palette
from viewer.model.settings import Settings
from viewer.model.stack import stack_of
from viewer.model.views import named_view
from viewer.session import Session

RESOURCES = Path(__file__).parents[3] / "resources"
BASE = Annotation(id="base", title="The base", kind="lead", voice="article", body="Far.", targets=("ports/haven",))


class StandInMap(QWidget):
    """What the window asks of a map."""

    context_menu_requested = Signal(QPoint, tuple)

    def __init__(self):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def snapshot(self):
        image = QImage(7, 5, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.green)
        return image


@pytest.fixture
def session(qapp) -> Session:
    known = catalogue.read(RESOURCES / "catalogue.toml")
    return Session(
        catalogue=known,
        stack=stack_of(known)[0],
        palettes=palette.read(RESOURCES / "styles" / "palette.toml"),
        theme="light",
        article=Article("The title", "A digest.", "en", (Section("one", "One", "Words."),)),
        annotations=AnnotationSet((BASE,)),
        camera=named_view("arctic", width_px=600, height_px=600),
    )


@pytest.fixture
def messages(qapp) -> Messages:
    return Messages()


@pytest.fixture
def make_window(qtbot, session, messages):
    fonts.load(RESOURCES)
    made: list[MainWindow] = []

    def make(settings=None) -> MainWindow:
        window = MainWindow(settings or Settings("light"), palette.read(RESOURCES / "styles" / "palette.toml"))
        if not window.first_settings.window_geometry:
            window.resize(1200, 800)
        window.furnish(session, resources=RESOURCES, messages=messages)
        made.append(window)
        window.set_map(StandInMap())
        window.show()
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(make_window) -> MainWindow:
    return make_window()
