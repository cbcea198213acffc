"""How a large subject steps back as one comes closer."""

import math

_NEAR_MPP = 150.0
_FAR_MPP = 2_000.0


def closeness_opacity(metres_per_pixel: float, near_opacity: float) -> float:
    """Return the share of a fill's colour at a scale: 1 from 2 km per pixel on, `near_opacity` below 150 m."""
    share = math.log(metres_per_pixel / _NEAR_MPP) / math.log(_FAR_MPP / _NEAR_MPP)
    return near_opacity + (1 - near_opacity) * min(max(share, 0.0), 1.0)
