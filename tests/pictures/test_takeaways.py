"""The steps of the built-in talk as pictures for an audience, as they were looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from tests.pictures.comparison import pixels
from viewer.app import loading
from viewer.app.takeaways.pictures import StepPainter
from viewer.app.takeaways.talk import Talk

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
SHEET = Path(__file__).with_name("steps.png")
CELL_PX = (480, 270)
COLUMNS = 3
LEAST_ALIKE = 0.99
_TOLERANCE = 24


@pytest.fixture(scope="module")
def steps(qapp):
    """All steps of the built-in story as pictures for an audience, on one sheet."""
    start = loading.load(RESOURCES)
    assert start.story is not None
    painter = StepPainter(Talk(start.story, start.stack, "light"), RESOURCES)
    rows = -(-len(start.story.steps) // COLUMNS)
    sheet = QImage(COLUMNS * CELL_PX[0], rows * CELL_PX[1], QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    onto = QPainter(sheet)
    for number, step in enumerate(start.story.steps):
        image = painter.paint(step, CELL_PX, with_words=True, stage_px=720)
        row, column = divmod(number, COLUMNS)
        onto.drawImage(QRect(column * CELL_PX[0], row * CELL_PX[1], *CELL_PX), image)
    onto.end()
    return sheet


def test_the_steps_of_the_talk_look_as_they_were_looked_at(steps, request):
    if request.config.getoption("--accept"):
        assert steps.save(str(SHEET))
    approved = QImage(str(SHEET))
    assert approved.size() == steps.size()
    apart = abs(pixels(approved).astype(int) - pixels(steps).astype(int)).max(axis=2)
    assert float((apart <= _TOLERANCE).mean()) >= LEAST_ALIKE


def test_no_step_of_the_talk_is_like_another_but_those_of_the_whole_arctic(steps):
    cells = [
        pixels(steps.copy(column * CELL_PX[0], row * CELL_PX[1], *CELL_PX)).tobytes()
        for row in range(4)
        for column in range(COLUMNS)
    ]
    assert len(set(cells)) == 12
