"""How long the scale bar is, and what it says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geodata.stereographic import inverse, scale_factor
from viewer.model.camera import Viewport


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A scale bar that is true at one latitude.

    Attributes
    ----------
    length_m : float
        The distance on the ground that it stands for.
    width_px : float
        Its width in logical pixels.
    latitude_deg : float
        Where it is true.
    """

    length_m: float
    width_px: float
    latitude_deg: float

    @property
    def text(self) -> str:
        """The length and where it holds, as ``500 km at 72° N``."""
        return f"{distance_text(self.length_m)} at {self.latitude_deg:.0f}° N"


def scale_bar(viewport: Viewport, *, longest_px: float = 150.0) -> ScaleBar:
    """Return the longest bar of 1, 2 or 5 times a power of ten that fits, true at the middle of the view.

    Does not look at other latitudes in view: on this projection the scale changes from the middle outwards.
    """
    camera = viewport.camera
    latitude = float(inverse(camera.x, camera.y)[1])
    ground_per_px = camera.metres_per_pixel / scale_factor(latitude)
    length = _round_length(longest_px * ground_per_px)
    return ScaleBar(length, length / ground_per_px, latitude)


def distance_text(metres: float) -> str:
    """Return a distance with its unit: kilometres from 1,000 m on."""
    return f"{metres / 1000:,.4g} km" if metres >= 1000 else f"{metres:.4g} m"


def _round_length(longest_m: float) -> float:
    power = 10.0 ** math.floor(math.log10(longest_m))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= longest_m or step == 1.0)
