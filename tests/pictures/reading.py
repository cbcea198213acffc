"""The contact sheet of the reader's window: ``python -m tests.pictures.reading [FILE.png]``.

The real window, driven on a screen of its own, with the search box, a card with its chart, ways by sea, events,
viewpoints and an article of one's own; light on an ordinary screen, dark on a dense one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

HERE = Path(__file__).parent
SHEET = HERE / "reading.png"
sys.path.insert(0, str(HERE.parent / "journeys"))

from person import Person, pause, person_at, screen  # noqa: E402 - a folder of scripts

ARTICLE = """# Ice and iron

## Ice

The ice leaves Pevek early in the year. Nobody had expected that to last.

## Ore

Murmansk waits for ore that comes by rail.
"""
BOX = "window.findChild(QtWidgets.QWidget, 'searchBox')"
CHOICE = "window.findChild(QtWidgets.QComboBox, 'articleChoice')"
PAGE = "window.article_panel.page"
LOOKS = (("light", 1, "1600x1000x24"), ("dark", 2, "2900x1800x24"))
_CELL_WIDTH_PX, _CELL_HEIGHT_PX, _GAP_PX = 800, 500, 12


def search(person: Person) -> None:
    """Type a name and go down the list."""
    person.key("ctrl+k")
    person.wait_to_see(f"{BOX} is not None and {BOX}.line.hasFocus()")
    person.use("type", "--delay", 60, "norilsk")
    person.wait_to_see(f"{BOX}.list.count() > 1")
    person.key("Down")
    pause(1)


def read_a_card(person: Person) -> None:
    """Leave the search, and open a card that has a chart."""
    person.key("Escape")
    pause(1)
    person.see("session.open_annotation(session.annotations.get('sea_ice'))")


def compare_ways(person: Person) -> None:
    """Open the ways from Rotterdam to Tokyo."""
    person.key("r")
    panel = "window.findChild(QtWidgets.QWidget, 'routesPanel')"
    person.wait_to_see(f"{panel}.isVisible()")
    person.see(f"{panel}.choose('rotterdam', 'tokyo')")


def look_at_events(person: Person) -> None:
    """Close the ways, and open an event."""
    person.key("r", "h")
    person.wait_to_see("window.findChild(QtWidgets.QWidget, 'chronologyPanel').isVisible()")
    person.see("window.findChild(QtWidgets.QWidget, 'chronologyPanel').show_event('boundary')")


def see_another_side(person: Person) -> None:
    """Close the events, and open the viewpoints."""
    person.see("window.window_actions['chronology'].trigger()")
    person.see("window.window_actions['viewpoints'].trigger()")
    person.wait_to_see("window.findChild(QtWidgets.QWidget, 'viewpointsPanel').isVisible()")


def link_words(person: Person) -> None:
    """Close the viewpoints, and link words of one's own article."""
    person.see("window.window_actions['viewpoints'].trigger()")
    person.see(f"{CHOICE}.activated.emit(1)")
    person.see(f"{PAGE}.setTextCursor({PAGE}.document().find('Murmansk waits'))")
    person.key("ctrl+l")


DEEDS: tuple[Callable[[Person], None], ...] = (
    search,
    read_a_card,
    compare_ways,
    look_at_events,
    see_another_side,
    link_words,
)


def shots(folder: Path, theme: str, scale: int, size: str) -> list[QImage]:
    """Return a picture of the whole screen after each deed."""
    folder.mkdir()
    article = folder / "ice.md"
    article.write_text(ARTICLE, encoding="utf-8")
    environment = {"QT_SCALE_FACTOR": str(scale), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    found: list[QImage] = []
    with (
        screen(size) as display,
        person_at(display, folder, "--theme", theme, str(article), environment=environment) as person,
    ):
        person.wait_to_see("canvas is not None and canvas.is_sharp", patience_s=60)
        person.see("window.showMaximized()")
        person.wait_to_see("session.article.title == 'Ice and iron'")
        person.see(f"{CHOICE}.activated.emit(0)")
        for number, deed in enumerate(DEEDS):
            deed(person)
            pause(1.5)
            person.wait_to_see("canvas.is_sharp", patience_s=60)
            person.screenshot(folder / f"{number}.png")
            found.append(QImage(str(folder / f"{number}.png")))
    return found


def compose(columns: list[list[QImage]]) -> QImage:
    """Return the sheet: a row for each deed, a column for each look."""
    width, height = _CELL_WIDTH_PX + _GAP_PX, _CELL_HEIGHT_PX + _GAP_PX
    sheet = QImage(_GAP_PX + width * len(columns), _GAP_PX + height * len(DEEDS), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#e4e6e9"))
    painter = QPainter(sheet)
    for column, pictures in enumerate(columns):
        for row, picture in enumerate(pictures):
            cell = QRectF(_GAP_PX + column * width, _GAP_PX + row * height, _CELL_WIDTH_PX, _CELL_HEIGHT_PX)
            small = picture.scaled(
                cell.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            painter.drawImage(cell.topLeft(), small)
    painter.setCompositionMode(QPainter.CompositionMode.RasterOp_SourceAndDestination)
    painter.fillRect(sheet.rect(), QColor.fromRgba(0xFFF8F8F8))  # the eye does not miss it, and the file is smaller
    painter.end()
    return sheet


def main() -> None:
    """Drive the window and draw the sheet into a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures.reading", description="Draw the reader's window.")
    parser.add_argument("file", nargs="?", type=Path, default=SHEET, help="PNG to write (default: %(default)s)")
    file: Path = parser.parse_args().file
    application = QGuiApplication(["sheet", "-platform", "offscreen"])
    with tempfile.TemporaryDirectory() as folder:
        columns = [shots(Path(folder) / look[0], *look) for look in LOOKS]
        compose(columns).save(str(file), "PNG", 0)
    print(f"The sheet is drawn: {file}")
    del application


if __name__ == "__main__":
    main()
