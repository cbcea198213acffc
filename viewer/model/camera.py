"""Where the map is looked at from, and the rectangle of pixels that looks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geodata.extent import Extent
from geodata.stereographic import EQUATOR_RADIUS_M

FINEST_MPP = 0.25
COARSEST_MPP = 60_000.0


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the map plane, whatever the size of the window.

    Attributes
    ----------
    x, y : float
        What lies in the middle of the view, in map metres.
    metres_per_pixel : float
        Map metres per logical pixel.
    bearing_deg : float
        The direction that is up on the screen, clockwise from the map plane's +y axis, in [0, 360). At 169° the
        Bering Strait is at the bottom of a view of the pole.
    """

    x: float
    y: float
    metres_per_pixel: float
    bearing_deg: float = 0.0

    def clamped(self) -> Camera:
        """Return the nearest camera that shows some of the map: its middle on the disc, its scale within limits.

        One with a value that is no finite number is nowhere near; it becomes the coarsest view of the pole.
        """
        if not all(map(math.isfinite, (self.x, self.y, self.metres_per_pixel, self.bearing_deg))):
            return Camera(0.0, 0.0, COARSEST_MPP)
        distance = math.hypot(self.x, self.y)
        shrink = min(1.0, EQUATOR_RADIUS_M / distance) if distance else 1.0
        return Camera(
            self.x * shrink,
            self.y * shrink,
            min(max(self.metres_per_pixel, FINEST_MPP), COARSEST_MPP),
            self.bearing_deg % 360.0 % 360.0,  # twice, because a tiny negative angle is 360.0 after the first
        )


@dataclass(frozen=True, slots=True)
class Viewport:
    """A camera and the size of the window that it fills, in logical pixels."""

    camera: Camera
    width_px: float
    height_px: float

    @property
    def _axes(self) -> tuple[float, float]:
        angle = math.radians(self.camera.bearing_deg)
        return math.cos(angle), math.sin(angle)

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the map lies, in pixels from the top left corner."""
        cos, sin = self._axes
        east, north = x - self.camera.x, y - self.camera.y
        right, up = east * cos - north * sin, east * sin + north * cos
        mpp = self.camera.metres_per_pixel
        return self.width_px / 2 + right / mpp, self.height_px / 2 - up / mpp

    def to_screen_many(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return pixels, shape (n, 2), for map points of shape (n, 2)."""
        a, b, c, d, e, f = self.affine
        out = np.empty((len(points), 2))
        out[:, 0] = a * points[:, 0] + c * points[:, 1] + e
        out[:, 1] = b * points[:, 0] + d * points[:, 1] + f
        return out

    def to_map(self, px: float, py: float) -> tuple[float, float]:
        """Return the point of the map, in metres, under a pixel."""
        cos, sin = self._axes
        mpp = self.camera.metres_per_pixel
        right, up = (px - self.width_px / 2) * mpp, (self.height_px / 2 - py) * mpp
        return self.camera.x + right * cos + up * sin, self.camera.y - right * sin + up * cos

    @property
    def affine(self) -> tuple[float, float, float, float, float, float]:
        """The map → pixel transform as (a, b, c, d, e, f): px = a x + c y + e, py = b x + d y + f."""
        cos, sin = self._axes
        mpp = self.camera.metres_per_pixel
        a, c = cos / mpp, -sin / mpp
        b, d = -sin / mpp, -cos / mpp
        e = self.width_px / 2 - a * self.camera.x - c * self.camera.y
        f = self.height_px / 2 - b * self.camera.x - d * self.camera.y
        return a, b, c, d, e, f

    @property
    def extent(self) -> Extent:
        """The smallest extent in map metres around everything in view."""
        corners = [
            self.to_map(px, py)
            for px, py in ((0, 0), (self.width_px, 0), (0, self.height_px), (self.width_px, self.height_px))
        ]
        return Extent.of(np.array(corners))

    def moved(self, right_px: float, down_px: float) -> Camera:
        """Return the camera after the picture was dragged by so many pixels."""
        x, y = self.to_map(self.width_px / 2 - right_px, self.height_px / 2 - down_px)
        return replace(self.camera, x=x, y=y).clamped()

    def zoomed(self, factor: float, *, px: float, py: float) -> Camera:
        """Return the camera after zooming in by a factor while the point under a pixel stays where it is."""
        x, y = self.to_map(px, py)
        mpp = min(max(self.camera.metres_per_pixel / factor, FINEST_MPP), COARSEST_MPP)
        ratio = mpp / self.camera.metres_per_pixel
        return replace(
            self.camera,
            x=x + (self.camera.x - x) * ratio,
            y=y + (self.camera.y - y) * ratio,
            metres_per_pixel=mpp,
        ).clamped()

    def turned(self, by_deg: float, *, px: float, py: float) -> Camera:
        """Return the camera after the picture was turned clockwise about a pixel, in degrees."""
        x, y = self.to_map(px, py)
        angle = math.radians(-by_deg)
        cos, sin = math.cos(angle), math.sin(angle)
        east, north = self.camera.x - x, self.camera.y - y
        return replace(
            self.camera,
            x=x + east * cos + north * sin,
            y=y - east * sin + north * cos,
            bearing_deg=(self.camera.bearing_deg - by_deg) % 360.0,
        ).clamped()

    def fitted(self, extent: Extent, *, margin: float = 0.12, bearing_deg: float | None = None) -> Camera:
        """Return the camera that shows an extent whole, with a margin as a share of the window.

        A window without room is taken to be a pixel wide or high.
        """
        bearing = self.camera.bearing_deg if bearing_deg is None else bearing_deg
        angle = math.radians(bearing)
        cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
        wide = extent.width * cos + extent.height * sin
        high = extent.width * sin + extent.height * cos
        room = 1 - 2 * margin
        across, down = max(self.width_px, 1.0) * room, max(self.height_px, 1.0) * room
        mpp = max(wide / across, high / down, 1.0)
        x, y = extent.centre
        return Camera(x, y, mpp, bearing).clamped()
