"""What is measured on the map: a chain of shortest lines, its length, bearing and the area that it would enclose."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.geodesy import area_m2, geodesic_line, initial_bearing_deg, length_m
from geodata.stereographic import forward
from viewer.model.position_text import position_text

_STEP_M = 25_000.0
_METRES_PER_NM = 1_852.0
_LEAST_FOR_AREA = 3

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measurement:
    """Places in order, in degrees, joined by the shortest lines on the ellipsoid.

    Attributes
    ----------
    places : tuple of (float, float)
        Longitude and latitude.
    """

    places: tuple[LonLat, ...] = ()

    @property
    def length_m(self) -> float:
        """The length of the whole chain, in metres."""
        return length_m(np.array(self.places, dtype=np.float64).reshape(-1, 2))

    @property
    def bearing_deg(self) -> float | None:
        """The direction in which the last line leaves its first place, from north; None where there is no line."""
        legs = [leg for leg in pairwise(self.places) if leg[0] != leg[1]]
        return initial_bearing_deg(*legs[-1][0], *legs[-1][1]) if legs else None

    @property
    def area_m2(self) -> float | None:
        """The area inside, the last place joined to the first by a shortest line; None below three places.

        Where the lines cross each other the loops cancel out.
        """
        if len(set(self.places)) < _LEAST_FOR_AREA:
            return None
        ring = _along((*self.places, self.places[0]))
        return area_m2(shapely.Polygon(ring))

    def line(self) -> NDArray[np.float64]:
        """Return the drawn line as map metres of shape (n, 2); within some metres of the geodesics everywhere."""
        lonlat = _along(self.places)
        return forward(lonlat[:, 0], lonlat[:, 1])

    def lines_of_text(self) -> tuple[str, ...]:
        """Return what is measured, a figure a line, each with its unit."""
        if len(self.places) < 2:
            return ()
        found = [distance_text(self.length_m)]
        if self.bearing_deg is not None:
            found.append(f"Bearing {self.bearing_deg:.1f}°")
        area = self.area_m2
        return (*found, f"Area {area_text(area)}") if area is not None else tuple(found)

    def text(self) -> str:
        """Return figures and places as text to be copied."""
        places = [position_text(lon, lat, style="decimal") for lon, lat in self.places]
        return "\n".join((*self.lines_of_text(), *places))


def distance_text(distance_m: float) -> str:
    """Return a distance in kilometres and nautical miles, or in metres below one kilometre."""
    if distance_m < 1_000.0:
        return f"{distance_m:.1f} m"
    decimals = 2 if distance_m < 100_000.0 else 0
    return f"{distance_m / 1_000:,.{decimals}f} km  ·  {distance_m / _METRES_PER_NM:,.{decimals}f} nm"


def area_text(square_metres: float) -> str:
    """Return an area in square kilometres, or in square metres below a tenth of one."""
    if square_metres < 100_000.0:
        return f"{square_metres:,.0f} m²"
    return f"{square_metres / 1e6:,.{1 if square_metres < 1e9 else 0}f} km²"


def _along(places: tuple[LonLat, ...]) -> NDArray[np.float64]:
    legs = [geodesic_line(*one, *other, max_step_m=_STEP_M) for one, other in pairwise(places) if one != other]
    return np.concatenate(legs) if legs else np.array(places, dtype=np.float64).reshape(-1, 2)
