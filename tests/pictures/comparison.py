"""How a picture is held against the approved one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

CHANNEL_TOLERANCE = 2
"""By how much a channel may be off: other processors round the last bits of a blend otherwise."""

SHARE_TOLERANCE = 0.00025
_BYTES_BEST = 0  # the "quality" at which Qt packs a PNG as tightly as it can
_MAGNIFIED = 4
_ROOM_PX = 8
_LARGEST_CUT_PX = 160


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How far two pictures of one size lie apart.

    Attributes
    ----------
    off : (height, width) bool
        The pixels that differ by more than the tolerance in any channel.
    """

    off: NDArray[np.bool_]

    @property
    def share(self) -> float:
        """Return the share of pixels that are off."""
        return float(self.off.mean())

    @property
    def is_same(self) -> bool:
        """Return whether the pictures pass for the same."""
        return self.share <= SHARE_TOLERANCE


def pixels(image: QImage) -> NDArray[np.int16]:
    """Return a picture's (height, width, 3) red, green and blue, 0–255."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine() // 4, 4)
    return rows[:, : rgb.width(), 2::-1].astype(np.int16)


def compare(actual: QImage, approved: QImage) -> Comparison:
    """Compare two pictures; those of different sizes are off everywhere."""
    if actual.size() != approved.size():
        return Comparison(np.ones((actual.height(), actual.width()), dtype=bool))
    distance = np.abs(pixels(actual) - pixels(approved)).max(axis=2)
    return Comparison(distance > CHANNEL_TOLERANCE)


def check(actual: QImage, folder: Path, *, accept: bool) -> None:
    """Hold a picture against ``approved.png`` in its folder, or approve it.

    A picture that is off is written to ``actual.png``, and ``diff.png`` shows the worst place, magnified: approved,
    actual, and the pixels that are off in red.

    Raises
    ------
    AssertionError
        Where there is no approved picture, or it is another one.
    """
    folder.mkdir(exist_ok=True)
    approved_file, actual_file, diff_file = (folder / f"{name}.png" for name in ("approved", "actual", "diff"))
    for stale in (actual_file, diff_file):
        stale.unlink(missing_ok=True)
    approved = QImage(str(approved_file))
    difference = compare(actual, approved)
    if difference.is_same:
        return
    if accept:
        save(actual, approved_file)
        return
    save(actual, actual_file)
    advice = "Look at actual.png beside it; approve with: ./run --pictures --accept"
    assert not approved.isNull(), f"{folder.name} has no approved picture. {advice}"
    assert actual.size() == approved.size(), f"{folder.name}: {actual.size()} is not {approved.size()}. {advice}"
    save(magnified(actual, approved, difference), diff_file)
    raise AssertionError(f"{folder.name}: {difference.share:.3%} of the pixels are off. See diff.png. {advice}")


def magnified(actual: QImage, approved: QImage, difference: Comparison) -> QImage:
    """Return the surroundings of what is off, three times side by side: approved, actual, and marked in red."""
    rows, columns = np.nonzero(difference.off)
    left, top = max(int(columns.min()) - _ROOM_PX, 0), max(int(rows.min()) - _ROOM_PX, 0)
    width = min(int(columns.max()) + 1 + _ROOM_PX - left, _LARGEST_CUT_PX)
    height = min(int(rows.max()) + 1 + _ROOM_PX - top, _LARGEST_CUT_PX)
    marked = actual.convertToFormat(QImage.Format.Format_RGB32)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        marked.setPixel(column, row, 0xFFFF0000)
    cut = QRect(left, top, width, height)
    return side_by_side([image.copy(cut) for image in (approved, actual, marked)], magnify=_MAGNIFIED)


def side_by_side(images: list[QImage], *, magnify: int = 1) -> QImage:
    """Return pictures of one height in a row, each pixel so many times as large."""
    width, height = (sum(image.width() for image in images), images[0].height())
    whole = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    left = 0
    for image in images:
        painter.drawImage(QRect(left, 0, image.width(), height), image)
        left += image.width()
    painter.end()
    return whole.scaled(width * magnify, height * magnify, mode=Qt.TransformationMode.FastTransformation)


def save(image: QImage, file: Path) -> None:
    """Write a picture as a small PNG, without the screen's resolution in it."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    assert plain.save(str(file), "PNG", _BYTES_BEST), f"{file} cannot be written."
