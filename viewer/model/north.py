"""Where north is on the screen."""

from __future__ import annotations

import math

from viewer.model.camera import Camera

POLE_REACH_PX = 12.0
"""So close to the middle of the view, the pole leaves no direction that could be called north."""


def north_angle_deg(camera: Camera) -> float | None:
    """Return the direction of the meridian through the middle of the view, clockwise from up on the screen.

    In [0, 360); None where the pole itself lies in the middle and every direction is south.
    """
    if math.hypot(camera.x, camera.y) < POLE_REACH_PX * camera.metres_per_pixel:
        return None
    return (math.degrees(math.atan2(-camera.x, -camera.y)) - camera.bearing_deg) % 360.0 % 360.0
