"""The same layers and views through QGIS, where the system's Python has it (Debian: python3-qgis)."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viewer.model.camera import Camera

_PYTHON = Path("/usr/bin/python3")
_SCRIPT = Path(__file__).with_name("rival_inside.py")
_FOREIGN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "VIRTUAL_ENV", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA")


def is_there() -> bool:
    """Return whether QGIS can be had."""
    if not _PYTHON.exists():
        return False
    tried = subprocess.run([_PYTHON, "-c", "import qgis.core"], env=_environment(), capture_output=True, check=False)
    return tried.returncode == 0


def measure(
    folder: Path, layers: Sequence[str], views: Mapping[str, Camera], *, runs: int, picture: Path | None = None
) -> dict[str, float]:
    """Return medians of QGIS's redraws by view in milliseconds, and from its process's start to a painted map.

    Parameters
    ----------
    folder
        Of the layers in lon/lat, which QGIS projects as it draws.
    layers
        Their ids, the lowest first.
    views
        Cameras for pictures of 1920 × 1080.
    runs
        Redraws of each view.
    picture
        Where to keep the last picture, to be looked at.

    Returns
    -------
    Nothing where there is no QGIS.
    """
    if not is_there():
        return {}
    asked = {
        "layers": [str(folder / f"{layer}.fgb") for layer in layers],
        "views": {name: [view.x, view.y, view.metres_per_pixel, view.bearing_deg] for name, view in views.items()},
        "runs": runs,
        "picture": str(picture or ""),
        "began_s": time.monotonic(),
    }
    done = subprocess.run(
        [_PYTHON, _SCRIPT], input=json.dumps(asked), env=_environment(), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return kept | {"QT_QPA_PLATFORM": "offscreen"}
