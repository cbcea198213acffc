"""Where the program's own files and the person's files are, asked before any Qt is imported."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["config", "data", "cache", "state", "log"]

NAME = "arctic-map-viewer"
TITLE = "Arctic Map Viewer"


def resources() -> Path:
    """Return the folder of the built-in map, article and icons; it is not checked to exist.

    Three homes are known: beside the program when frozen by PyInstaller, inside the package when installed as a wheel,
    and the checkout's own folder.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    installed = Path(__file__).parent / "resources"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "resources"


def checkout() -> Path | None:
    """Return the root of the checkout the program runs from, or None when it is installed or frozen."""
    root = Path(__file__).parent.parent
    runs_from_it = not getattr(sys, "_MEIPASS", None) and (root / "run").is_file() and (root / "resources").is_dir()
    return root if runs_from_it else None


def config_folder() -> Path | None:
    """Return the writable folder of the settings, made when missing; None when that cannot be done."""
    return usable("config")


def data_folder() -> Path | None:
    """Return the writable folder of the person's working copies, made when missing; None when that cannot be done."""
    return usable("data")


def cache_folder() -> Path | None:
    """Return the writable folder of what can be made anew, made when missing; None when that cannot be done."""
    return usable("cache")


def state_folder() -> Path | None:
    """Return the writable folder of what is remembered between starts, made when missing; None when it cannot be."""
    return usable("state")


def log_folder() -> Path | None:
    """Return the writable folder of logs and crash reports, made when missing; None when that cannot be done."""
    return usable("log")


def home_problem() -> str | None:
    """Return what to tell the person when a folder of theirs cannot be written to; None when all can.

    Keeps no count: whoever starts the program tells it once.
    """
    places: dict[Kind, str] = {"config": "settings", "data": "maps", "cache": "the cache", "state": "the window"}
    lost = [(what, folder(kind)) for kind, what in places.items() if usable(kind) is None]
    if not lost:
        return None
    where = str(lost[0][1] or "the home folder")
    names = " and ".join([", ".join(what for what, _ in lost[:-1])] * (len(lost) > 1) + [lost[-1][0]])
    return f"{where} cannot be written to, so {names} will not be kept. Make it writable and start again to keep them."


def folder(kind: Kind) -> Path | None:
    """Return where the system wants files of this kind, whether it exists or not; None when there is no home folder."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return _on_windows(kind, home)
    if sys.platform == "darwin":
        return _on_macos(kind, home)
    return _on_linux(kind, home)


def usable(kind: Kind) -> Path | None:
    """Return the folder of this kind after making sure that files can be written into it; None when they cannot."""
    path = folder(kind)
    return path if path is not None and _can_be_written(path) else None


@cache
def _can_be_written(path: Path) -> bool:
    """Make the folder and a file in it, once for each folder: only doing it tells, on every system and file system."""
    probe = path / f".writable-{os.getpid()}"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch(exist_ok=True)
        probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _on_linux(kind: Kind, home: Path) -> Path:
    """Follow the XDG base directory specification 0.8, in which a relative path counts as unset."""
    variable, default = {
        "config": ("XDG_CONFIG_HOME", ".config"),
        "data": ("XDG_DATA_HOME", ".local/share"),
        "cache": ("XDG_CACHE_HOME", ".cache"),
        "state": ("XDG_STATE_HOME", ".local/state"),
        "log": ("XDG_STATE_HOME", ".local/state"),
    }[kind]
    given = Path(os.environ.get(variable, ""))
    base = given if given.is_absolute() else home / default
    return base / NAME / "log" if kind == "log" else base / NAME


def _on_macos(kind: Kind, home: Path) -> Path:
    """Follow Apple's File System Programming Guide."""
    library = home / "Library"
    support = library / "Application Support" / TITLE
    return {
        "config": support,
        "data": support,
        "cache": library / "Caches" / TITLE,
        "state": support / "State",
        "log": library / "Logs" / TITLE,
    }[kind]


def _on_windows(kind: Kind, home: Path) -> Path:
    """Keep settings with the roaming profile and everything else on this machine."""
    roaming = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming") / TITLE
    local = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / TITLE
    return {
        "config": roaming,
        "data": local / "Data",
        "cache": local / "Cache",
        "state": local / "State",
        "log": local / "Log",
    }[kind]
