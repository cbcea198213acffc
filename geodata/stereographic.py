"""Longitude and latitude to the map plane and back, in closed form.

The polar variant B of the ellipsoidal stereographic projection, true to scale at 71° N, on WGS 84: the
definition of the map CRS (`geodata.crs.MAP`). Written out here, and held to the projection library by a test to a
tenth of a millimetre, because the window needs it in its first tenth of a second, long before a projection library is
loaded. Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), equations 15-9,
21-33, 21-34, 14-15 and 3-5.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
STANDARD_PARALLEL_DEG = 71.0

_E2 = FLATTENING * (2 - FLATTENING)
_E = math.sqrt(_E2)


def _t(lat_rad: NDArray[np.float64]) -> NDArray[np.float64]:
    sine = _E * np.sin(lat_rad)
    return np.tan(math.pi / 4 - lat_rad / 2) / ((1 - sine) / (1 + sine)) ** (_E / 2)


def _scale() -> float:
    lat = math.radians(STANDARD_PARALLEL_DEG)
    m = math.cos(lat) / math.sqrt(1 - _E2 * math.sin(lat) ** 2)
    return SEMI_MAJOR_M * m / float(_t(np.asarray(lat)))


_RHO_PER_T = _scale()
_PER_DEGREE = 20_000
_TABLE_SOUTH_DEG = -1.0

# Coefficients of the series that turns conformal latitude into geodetic latitude (Snyder 3-5).
_SERIES = (
    _E2 / 2 + 5 * _E2**2 / 24 + _E2**3 / 12 + 13 * _E2**4 / 360,
    7 * _E2**2 / 48 + 29 * _E2**3 / 240 + 811 * _E2**4 / 11520,
    7 * _E2**3 / 120 + 81 * _E2**4 / 1120,
    4279 * _E2**4 / 161280,
)


def forward(lon_deg: ArrayLike, lat_deg: ArrayLike) -> NDArray[np.float64]:
    """Take longitudes and latitudes in degrees to map metres.

    Longitudes may lie outside ±180°. Does not clip: latitudes towards the south pole go to very large distances.

    Parameters
    ----------
    lon_deg, lat_deg
        Numbers or arrays of equal shape ``s``.

    Returns
    -------
    Array of shape ``s + (2,)``: x and y in metres in the map CRS.
    """
    lon = np.radians(np.asarray(lon_deg, dtype=np.float64))
    lat = np.radians(np.asarray(lat_deg, dtype=np.float64))
    rho = _RHO_PER_T * _t(lat)
    return np.stack((rho * np.sin(lon), -rho * np.cos(lon)), axis=-1)


def forward_many(lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Do the same as `forward` for millions of places, from a table of radii by latitude; a third of its time.

    Off by less than a hundredth of a millimetre north of 1° S; places further south come out beyond the map's disc.

    Parameters
    ----------
    lon_deg, lat_deg
        Arrays of equal shape (n,); latitudes within ±90°.
    """
    radii = _radii()
    at = (90.0 - np.maximum(lat_deg, _TABLE_SOUTH_DEG)) * _PER_DEGREE
    low = np.minimum(at.astype(np.int64), len(radii) - 2)
    rho = radii[low]
    rho += (at - low) * (radii[low + 1] - rho)
    lon = np.radians(lon_deg)
    found = np.empty((len(lon), 2))
    np.sin(lon, out=found[:, 0])
    np.cos(lon, out=found[:, 1])
    found[:, 0] *= rho
    found[:, 1] *= -rho
    return found


@cache
def _radii() -> NDArray[np.float64]:
    lat = 90.0 - np.arange(round((90.0 - _TABLE_SOUTH_DEG) * _PER_DEGREE) + 1) / _PER_DEGREE
    return _RHO_PER_T * _t(np.radians(lat))


def inverse(x_m: ArrayLike, y_m: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take map metres to longitude in ±180° and latitude, in degrees; the pole has longitude 0.

    Parameters
    ----------
    x_m, y_m
        Numbers or arrays of equal shape, in the map CRS.
    """
    x = np.asarray(x_m, dtype=np.float64)
    y = np.asarray(y_m, dtype=np.float64)
    chi = math.pi / 2 - 2 * np.arctan(np.hypot(x, y) / _RHO_PER_T)
    lat = chi
    for order, coefficient in enumerate(_SERIES, start=1):
        lat = lat + coefficient * np.sin(2 * order * chi)
    lon = np.where((x == 0) & (y == 0), 0.0, np.degrees(np.arctan2(x, -y)))
    return lon, np.degrees(lat)


def scale_factor(lat_deg: float) -> float:
    """Return map metres per metre on the ground at a latitude: 1 at 71° N, 0.973 at the pole, 1.95 at the equator."""
    lat = math.radians(lat_deg)
    m = math.cos(lat) / math.sqrt(1 - _E2 * math.sin(lat) ** 2)
    if m < 1e-9:
        return scale_factor(89.999)
    return _RHO_PER_T * float(_t(np.asarray(lat))) / (SEMI_MAJOR_M * m)


EQUATOR_RADIUS_M = float(np.hypot(*forward(0.0, 0.0)))
"""Radius of the map's disc, whose rim is the equator, in map metres."""
