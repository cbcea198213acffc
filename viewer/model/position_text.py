"""Longitude and latitude as people write them."""

from __future__ import annotations

from viewer.model.settings import PositionStyle


def position_text(lon_deg: float, lat_deg: float, *, style: PositionStyle, decimals: int = 4) -> str:
    """Return a position, latitude first: ``61.2500° N, 149.8000° W`` or ``61° 15′ 00″ N, 149° 48′ 00″ W``.

    Parameters
    ----------
    lon_deg, lat_deg
        Degrees; longitudes outside ±180° are brought back.
    style
        ``decimal`` or ``dms``.
    decimals
        Digits after the point of decimal degrees; seconds are always whole.
    """
    lon = (lon_deg + 180.0) % 360.0 - 180.0
    parts = ((lat_deg, "N", "S"), (lon, "E", "W"))
    return ", ".join(
        f"{_angle(abs(value), style, decimals)} {plus if value >= 0 else minus}" for value, plus, minus in parts
    )


def _angle(value: float, style: PositionStyle, decimals: int) -> str:
    if style == "decimal":
        return f"{value:.{decimals}f}°"
    seconds = round(value * 3600)
    return f"{seconds // 3600}° {seconds // 60 % 60:02d}′ {seconds % 60:02d}″"
