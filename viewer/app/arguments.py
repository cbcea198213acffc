"""The command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from viewer import __version__

if TYPE_CHECKING:
    from viewer.model.camera import Camera

VIEW_NAMES = ("arctic", "alaska", "jber", "russian-arctic", "lanes")
"""Those of `viewer.model.views`, which is not imported for a command line: it loads numpy."""

_SIZE_LIMIT_PX = 20_000


@dataclass(frozen=True, slots=True)
class View:
    """A view asked for by name, or by place and scale where `place` is (lon, lat, metres per pixel)."""

    name: str
    place: tuple[float, float, float] | None = None

    def camera(self, *, width_px: float, height_px: float) -> Camera:
        """Return the camera for a picture of this size."""
        from viewer.model.views import at, named_view

        if self.place is not None:
            return at(*self.place)
        return named_view(self.name, width_px=width_px, height_px=height_px)


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the person asked for.

    Attributes
    ----------
    screenshot : Path or None
        Draw a picture into this file instead of opening a window.
    size : tuple of (int, int)
        The picture's width and height in pixels.
    view : View or None
        What to look at; None for the whole Arctic.
    theme : {"light", "dark"} or None
        None for what the person chose, which is the system's where they did not; a picture without a window is light.
    verify : Path or None
        Look whether this document's history is whole, instead of opening a window.
    check : Path or None
        Look whether the links of this document, annotations file or article lead somewhere; an empty path for what is
        built in.
    preflight : Path or None
        Look this story over instead of opening a window.
    slot_min : float or None
        How long its speaker has, in minutes.
    install_desktop : bool
        Give a checkout an icon to double-click.
    files : tuple of Path
        Files to open as layers.
    """

    screenshot: Path | None = None
    size: tuple[int, int] = (1920, 1080)
    view: View | None = None
    theme: Literal["light", "dark"] | None = None
    verify: Path | None = None
    check: Path | None = None
    preflight: Path | None = None
    slot_min: float | None = None
    install_desktop: bool = False
    files: tuple[Path, ...] = ()


def parse(arguments: list[str]) -> Arguments:
    """Read the command line; prints help, version or what is wrong, and exits, as command lines do."""
    found = _parser().parse_args(_joined(arguments))
    return Arguments(
        screenshot=found.screenshot,
        size=found.size,
        view=found.view,
        theme=found.theme,
        verify=found.verify,
        check=found.check,
        preflight=found.preflight,
        slot_min=found.slot,
        install_desktop=found.install_desktop,
        files=tuple(found.files),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="arctic-viewer",
        allow_abbrev=False,
        description="The story of a geopolitical article, told on a map of the Arctic.",
    )
    parser.add_argument("--version", action="version", version=f"Arctic Map Viewer {__version__}")
    parser.add_argument(
        "--screenshot", type=Path, metavar="FILE.png", help="draw what the window would show into a file, and exit"
    )
    parser.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH", help="the picture's size in pixels")
    parser.add_argument(
        "--view",
        type=_view,
        metavar="VIEW",
        help=f"what to look at: {', '.join(VIEW_NAMES)}, or LON,LAT,METRES_PER_PIXEL",
    )
    parser.add_argument(
        "--theme",
        choices=("light", "dark"),
        help="colours; a window follows the system where not given, a picture is light",
    )
    parser.add_argument(
        "--verify", type=Path, metavar="FILE", help="look whether a document's history is whole, and exit"
    )
    parser.add_argument(
        "--check",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="FILE",
        help="list links that lead nowhere in a document, annotations file or article (none: the built-in), and exit",
    )
    parser.add_argument("--preflight", type=Path, metavar="STORY.toml", help="look a talk over, and exit")
    parser.add_argument("--slot", type=_minutes, metavar="MINUTES", help="how long the speaker has, for --preflight")
    parser.add_argument("--install-desktop", action="store_true", help="put an icon among the programs")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a file to open as a layer")
    return parser


def _joined(arguments: list[str]) -> list[str]:
    """Join ``--view`` and its value, which argparse would take for an option where it begins with a minus."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--view":
            joined[-1] = f"--view={argument}"
        else:
            joined.append(argument)
    return joined


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it as 1920x1080")
    size = int(width), int(height)
    if not all(16 <= side <= _SIZE_LIMIT_PX for side in size):
        raise argparse.ArgumentTypeError(f"{text!r} is out of range; each side may have 16 to {_SIZE_LIMIT_PX} pixels")
    return size


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= 24 * 60:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write the minutes as a number, up to a day")
    return minutes


def _view(text: str) -> View:
    if text in VIEW_NAMES:
        return View(text)
    parts = text.split(",")
    try:
        lon, lat, mpp = (float(part) for part in parts)
    except ValueError:
        known = ", ".join(VIEW_NAMES)
        raise argparse.ArgumentTypeError(
            f"{text!r} is no view; use one of {known}, or LON,LAT,METRES_PER_PIXEL"
        ) from None
    if not (-360 <= lon <= 360 and 0 <= lat <= 90 and 0 < mpp < float("inf")):
        raise argparse.ArgumentTypeError(f"{text!r} is off the map, which reaches from the equator to 90° N")
    return View("", (lon, lat, mpp))
