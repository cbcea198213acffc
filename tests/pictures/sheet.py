"""The contact sheet of the named views: ``python -m tests.pictures.sheet [FILE.png]``.

The five named views in both themes, as the program draws them without a window, on one sheet to look at.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from tests.pictures import views
from tests.pictures.views import NamedPicture
from viewer.engine.engine import Engine
from viewer.engine.halo_text import draw_text
from viewer.model.views import VIEW_NAMES

HERE = Path(__file__).parent
RESOURCES = HERE.parents[1] / "resources"
SHEET = HERE / "views.png"
_CELL_WIDTH_PX, _CELL_HEIGHT_PX = 960, 540
_GAP_PX, _TITLE_PX, _TEXT_PX = 12, 34, 17.0
_PAPER, _INK = QColor("#e4e6e9"), (30, 34, 40, 255)
_COLOUR_BITS = 0xFFFCFCFC
_SMALLEST = 0  # the PNG writer's quality for the strongest compression; nothing is lost at any


def compose(pictures: Mapping[NamedPicture, QImage]) -> QImage:
    """Return the sheet: a row for each view, a column for each theme, each picture at half its size under its title."""
    columns, rows = len(views.THEMES), len(VIEW_NAMES)
    width = _GAP_PX + columns * (_CELL_WIDTH_PX + _GAP_PX)
    height = rows * (_TITLE_PX + _CELL_HEIGHT_PX) + _GAP_PX
    sheet = QImage(width, height, QImage.Format.Format_RGB32)
    sheet.fill(_PAPER)
    painter = QPainter(sheet)
    for which, picture in pictures.items():
        left = _GAP_PX + views.THEMES.index(which.theme) * (_CELL_WIDTH_PX + _GAP_PX)
        top = VIEW_NAMES.index(which.view) * (_TITLE_PX + _CELL_HEIGHT_PX)
        title = f"{which.view}, {which.theme}"
        draw_text(painter, title, x=left, baseline=top + 23, size_px=_TEXT_PX, colour=_INK, weight=600)
        cell = QRectF(left, top + _TITLE_PX, _CELL_WIDTH_PX, _CELL_HEIGHT_PX)
        painter.drawImage(cell, _halved(picture))
    _coarsen(painter, sheet)
    painter.end()
    return sheet


def _halved(image: QImage) -> QImage:
    return image.scaled(
        _CELL_WIDTH_PX,
        _CELL_HEIGHT_PX,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _coarsen(painter: QPainter, sheet: QImage) -> None:
    """Clear the two lowest bits of each colour: the eye does not see it, and the file is smaller."""
    painter.setCompositionMode(QPainter.CompositionMode.RasterOp_SourceAndDestination)
    painter.fillRect(sheet.rect(), QColor.fromRgba(_COLOUR_BITS))


def main() -> None:
    """Draw the sheet into a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures.sheet", description="Draw the named views.")
    parser.add_argument("file", nargs="?", type=Path, default=SHEET, help="PNG to write (default: %(default)s)")
    file: Path = parser.parse_args().file
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    engine = Engine(RESOURCES)
    pictures = {which: views.paint(engine, engine.stack, which) for which in views.ALL}
    if not compose(pictures).save(str(file), "PNG", _SMALLEST):
        parser.error(f"{file} cannot be written.")
    print(f"The sheet is drawn: {file}")
    del application


if __name__ == "__main__":
    main()
