"""The first view as it was painted the last time, shown until the engine has painted it anew.

It is kept with everything that it depends on: where any of that is another now, it is not shown. It never holds more
than the built-in map in its first view.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QSize
from PySide6.QtGui import QImage, QImageWriter

from viewer import __version__
from viewer.model.palette import ThemeName

FILE = "first-view.png"
_KEY, _AT, _WINDOW = "Made of", "At", "Window"
_QUALITY = 85  # little compression, for it is read while somebody waits
_MOST_PIXELS = 6_000_000  # reading more takes longer than it saves


@dataclass(frozen=True, slots=True)
class Keepsake:
    """A picture of the whole map and where it stood in the window.

    Attributes
    ----------
    image : QImage
        The map with names and furniture; its device pixel ratio is the screen's.
    at : QPoint
        Where its corner was in the window, in logical pixels.
    window : QSize
        How large the window was, in logical pixels.
    """

    image: QImage
    at: QPoint
    window: QSize


def made_of(resources: Path, theme: ThemeName, scale: float) -> str:
    """Return what the first view depends on: version, theme, the screen's scale, and every file it is drawn from."""
    stamps = [f"{__version__} {theme} {scale:g}"]
    for folder in (resources, resources / "layers", resources / "styles", resources / "fonts"):
        with suppress(OSError), os.scandir(folder) as entries:
            files = sorted((entry.name, entry.stat()) for entry in entries if entry.is_file())
            stamps += [f"{folder.name}/{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in files]
    return "\n".join(stamps)


def read(file: Path, *, of: str) -> Keepsake | None:
    """Return what was kept in a file; None where there is none, it is damaged, or it was made of something else."""
    image = QImage(str(file)) if file.is_file() else QImage()
    if image.isNull() or image.text(_KEY) != of:
        return None
    at, window = _pair(image.text(_AT)), _pair(image.text(_WINDOW))
    if at is None or window is None:
        return None
    image.setDevicePixelRatio(float(of.split("\n", 1)[0].split()[-1]))
    return Keepsake(image, QPoint(*at), QSize(*window))


def write(keepsake: Keepsake, file: Path, *, of: str) -> None:
    """Keep a picture, in place of the one before; one that is too large to be read quickly is not kept.

    Raises
    ------
    OSError
        Where it cannot be written; what was there stays.
    """
    image = keepsake.image
    if image.width() * image.height() > _MOST_PIXELS:
        return
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    image.setText(_KEY, of)
    image.setText(_AT, f"{keepsake.at.x()} {keepsake.at.y()}")
    image.setText(_WINDOW, f"{keepsake.window.width()} {keepsake.window.height()}")
    beside = file.with_name(f"{file.stem}.{os.getpid()}.part")
    try:
        writer = QImageWriter(str(beside), QByteArray(b"png"))
        writer.setQuality(_QUALITY)
        if not writer.write(image):
            raise OSError(f"{beside} could not be written ({writer.errorString()})")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _pair(text: str) -> tuple[int, int] | None:
    parts = text.split()
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        return None
    return int(parts[0]), int(parts[1])
