"""Making a take-away as work for a process of its own; loads no painting until that process does it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from geodata.errors import GeodataError
from geodata.reading.outcome import Progress
from geodata.writing.request import part_of
from viewer.app.takeaways.talk import NAMES, TakeawayMade, TakeawayRequest

_ADVICE = "Is the folder there, is there room on the disk, and may you write to it?"


def carry_out(request: TakeawayRequest, tell: Callable[[Progress], None]) -> TakeawayMade:
    """Make a take-away; it is there as a whole or not at all.

    Raises
    ------
    GeodataError
        Where it cannot be written, or there is no encoder.
    """
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

    from viewer.engine import fonts

    application = QApplication.instance() or QApplication(["arctic-map-takeaway", "-platform", "offscreen"])
    fonts.load_as_one(request.resources)
    QApplication.setFont(QFont(fonts.FAMILY))
    part = part_of(request.path)
    try:
        count = _make(request, part, lambda text: tell(Progress(text)))
        if request.path.is_dir() and request.kind == "pictures":
            _move_into(part, request.path)
        else:
            part.replace(request.path)
    except OSError as error:
        what = f"{NAMES[request.kind].capitalize()} cannot be written ({error.strerror or error})."
        raise GeodataError(what, where=request.path.name, advice=_ADVICE) from error
    finally:
        discard(part)
    del application
    return TakeawayMade(count)


def discard(part: Path) -> None:
    """Remove what was begun and will not be finished; nothing where there is nothing."""
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


def _make(request: TakeawayRequest, part: Path, tell: Callable[[str], None]) -> int:
    from viewer.app.takeaways import handout, slides, video

    if request.kind == "handout":
        return handout.write(request.talk, request.resources, part, tell)
    if request.kind == "slides":
        return slides.write(request.talk, request.resources, part, tell)
    if request.kind == "video":
        return video.write(request.talk, request.resources, part, tell, size_px=request.size_px)
    return _draw_pictures(request, part, tell)


def _draw_pictures(request: TakeawayRequest, folder: Path, tell: Callable[[str], None]) -> int:
    from viewer.app.takeaways.pictures import StepPainter

    folder.mkdir()
    painter = StepPainter(request.talk, request.resources)
    steps = request.talk.story.steps
    for number, step in enumerate(steps, start=1):
        tell(f"Pictures: step {number} of {len(steps)}")
        image = painter.paint(step, request.size_px, with_words=True)
        if not image.save(str(folder / f"{number:02d}-{step.id}.png")):
            raise OSError(f"step {number} could not be written")
    return len(steps)


def _move_into(part: Path, folder: Path) -> None:
    for picture in part.iterdir():
        picture.replace(folder / picture.name)
