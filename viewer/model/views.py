"""The named views: where the map opens, and where the four subjects lie."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geodata.stereographic import forward
from viewer.model.camera import Camera, Viewport

STORY_BEARING_DEG = 169.0
"""The Bering Strait at the bottom centre, Alaska to its right, the Russian Arctic rising to its left."""


def north_up(lon: float) -> float:
    """Return the bearing at which a meridian's north is up on the screen."""
    return (-lon) % 360.0


_VIEWS: Mapping[str, tuple[tuple[float, float, float, float], float]] = MappingProxyType(
    {
        # name: (lon, lat, half width, half height in map metres), bearing
        "arctic": ((0.0, 90.0, 4_300_000.0, 4_300_000.0), STORY_BEARING_DEG),
        "alaska": ((-153.5, 63.6, 1_500_000.0, 1_150_000.0), north_up(-153.5)),
        "jber": ((-149.76, 61.266, 22_000.0, 17_500.0), north_up(-149.76)),
        "russian-arctic": ((100.0, 73.0, 2_900_000.0, 1_900_000.0), north_up(100.0)),
        "lanes": ((-170.0, 83.0, 3_500_000.0, 3_300_000.0), STORY_BEARING_DEG),
    }
)

VIEW_NAMES = tuple(_VIEWS)


def named_view(name: str, *, width_px: float, height_px: float) -> Camera:
    """Return the camera of a named view for a window's size in logical pixels, at least one each way.

    Raises
    ------
    KeyError
        Where there is no view of that name.
    """
    (lon, lat, half_width_m, half_height_m), bearing = _VIEWS[name]
    x, y = (float(value) for value in forward(lon, lat))
    mpp = max(2 * half_width_m / max(width_px, 1.0), 2 * half_height_m / max(height_px, 1.0))
    return Camera(x, y, mpp, bearing).clamped()


def home(viewport: Viewport) -> Camera:
    """Return the whole Arctic for a window of this size."""
    return named_view("arctic", width_px=viewport.width_px, height_px=viewport.height_px)


def at(lon: float, lat: float, metres_per_pixel: float) -> Camera:
    """Return a camera over a place with its north up, at a scale in map metres per pixel."""
    x, y = (float(value) for value in forward(lon, lat))
    return Camera(x, y, metres_per_pixel, north_up(lon)).clamped()
