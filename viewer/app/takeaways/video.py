"""The film: the whole talk with its flights, and the notes as captions under the picture."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from PySide6.QtGui import QColor, QImage, QPainter

from geodata.errors import GeodataError
from viewer.app.takeaways.pictures import StepPainter
from viewer.app.takeaways.talk import Talk
from viewer.engine.halo_text import broken, draw_text, text_width
from viewer.map.flying import FlightMotion
from viewer.model.camera import Camera
from viewer.model.captions import captions_of, frames_of
from viewer.model.flight import Flight
from viewer.model.story import StoryStep

FRAMES_PER_S = 30
_BAND_SHARE = 0.11
_TEXT_SHARE, _LEADING = 0.3, 1.3
_MOST_WIDE = 0.86
_GROUND, _INK = "#0b0d10", (240, 240, 240, 255)
_NO_ENCODER = "No encoder for video was found."
_GET_ONE = "Install ffmpeg, or this program with its extra “video”: arctic-map-viewer[video]."

Tell = Callable[[str], None]


def encoder() -> str | None:
    """Return the program that encodes video: the system's ffmpeg, else the one that the extra ``video`` brings."""
    found = shutil.which("ffmpeg")
    if found:
        return found
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return get_ffmpeg_exe()
    except (ImportError, RuntimeError):
        return None


def write(
    talk: Talk,
    resources: Path,
    file: Path,
    tell: Tell,
    *,
    size_px: tuple[int, int] = (1920, 1080),
    find: Callable[[], str | None] = encoder,
) -> int:
    """Write a film of H.264 in MP4 at 30 frames a second and return how many frames it has.

    Each step has the time that the story gives it, flight included, to a frame. The file is not written in one step.

    Raises
    ------
    GeodataError
        Where there is no encoder, or it gave up.
    OSError
        Where the file cannot be written.
    """
    program = find()
    if program is None:
        raise GeodataError(_NO_ENCODER, where=file.name, advice=_GET_ONE)
    width, height = (side - side % 2 for side in size_px)
    command = [program, "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr0"]
    command += ["-s", f"{width}x{height}", "-r", str(FRAMES_PER_S), "-i", "-", "-an", "-c:v", "libx264"]
    command += ["-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-metadata", f"title={talk.story.title}"]
    count = 0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([*command, "-f", "mp4", str(file)], stdin=subprocess.PIPE, stderr=said)
        assert process.stdin is not None
        try:
            for image, times in _frames(talk, StepPainter(talk, resources), (width, height), tell):
                count += times
                _put(process.stdin, image, times)
            process.stdin.close()
            tell("Video: closing the file")
            failed = process.wait() != 0
        except BrokenPipeError:
            failed = True
        finally:
            process.kill()
            process.wait()
        if failed:
            raise GeodataError(f"The encoder gave up{_last_line(said)}.", where=file.name, advice=_ROOM)
    return count


_ROOM = "Is there room on the disk, and may you write to the folder?"


def _frames(talk: Talk, painter: StepPainter, size_px: tuple[int, int], tell: Tell) -> Iterator[tuple[QImage, int]]:
    """Yield each picture and for how many frames it stands."""
    story = talk.story
    band = round(size_px[1] * _BAND_SHARE / 2) * 2
    on_map = size_px[0], size_px[1] - band
    before: Camera | None = None
    for number, (step, frames) in enumerate(
        zip(story.steps, frames_of(story, per_second=FRAMES_PER_S), strict=True), start=1
    ):
        tell(f"Video: step {number} of {len(story.steps)}")
        scene = _Scene(painter, step, on_map, band)
        flight = _flight(before, scene.camera, step, scene.width)
        before = scene.camera
        moving = min(round(flight.duration_s * FRAMES_PER_S), frames) if flight else 0
        at = 0
        for caption in captions_of(step.notes, frames):
            end = at + caption.frames
            for frame in range(at, min(end, moving)):
                assert flight is not None
                yield scene.frame(caption.text, flight.at((frame + 1) / FRAMES_PER_S)), 1
            if end > max(at, moving):
                yield scene.frame(caption.text), end - max(at, moving)
            at = end


def _flight(before: Camera | None, camera: Camera, step: StoryStep, width: float) -> FlightMotion | None:
    if before is None or before == camera or step.transition == "cut":
        return None
    return FlightMotion(Flight(before, camera, width))


class _Scene:
    """The frames of one step."""

    def __init__(self, painter: StepPainter, step: StoryStep, on_map: tuple[int, int], band: int) -> None:
        self._painter = painter
        self._step = step
        self._on_map = on_map
        self._band = band
        scale = on_map[1] / 1080
        size = round(on_map[0] / scale), 1080
        self.width = float(size[0])
        self.camera = painter.camera(step, size, with_words=True)
        self._still: QImage | None = None

    def frame(self, caption: str, camera: Camera | None = None) -> QImage:
        """Return a frame; without a camera, of the step at rest."""
        if camera is None:
            self._still = self._still or self._map(self.camera)
        picture = self._still if camera is None else self._map(camera)
        assert picture is not None
        width, height = self._on_map
        whole = QImage(width, height + self._band, QImage.Format.Format_RGB32)
        whole.fill(QColor(_GROUND))
        painter = QPainter(whole)
        painter.drawImage(0, 0, picture)
        _paint_caption(painter, caption, width=width, top=height, band=self._band)
        painter.end()
        return whole

    def _map(self, camera: Camera) -> QImage:
        return self._painter.paint(self._step, self._on_map, with_words=True, camera=camera)


def _paint_caption(painter: QPainter, caption: str, *, width: int, top: int, band: int) -> None:
    size_px = band * _TEXT_SHARE
    lines = broken(caption, width * _MOST_WIDE, size_px=size_px)
    baseline = top + (band - len(lines) * size_px * _LEADING) / 2 + size_px * 1.02
    for line in lines:
        left = (width - text_width(line, size_px)) / 2
        draw_text(painter, line, x=left, baseline=baseline, size_px=size_px, colour=_INK)
        baseline += size_px * _LEADING


def _put(pipe: IO[bytes], image: QImage, times: int) -> None:
    pixels = memoryview(image.constBits())
    for _ in range(times):
        pipe.write(pixels)


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return f" ({lines[-1]})" if lines else ""
