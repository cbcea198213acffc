"""Angles and positions as people write them → degrees."""

from __future__ import annotations

import math
import re

_NUMBER = r"\d+(?:[.,]\d+)?"
_ANGLE = re.compile(
    rf"""^\s*(?P<before>[NSEW])?\s*(?P<sign>[-+\u2212])?\s*
    (?P<degrees>{_NUMBER})\s*(?:[°ºd:\s]\s*
    (?:(?P<minutes>{_NUMBER})\s*(?:['′’m:\s]\s*
    (?:(?P<seconds>{_NUMBER})\s*(?:["″”]|(?-i:s)|''|′′)?)?)?)?)?
    \s*(?P<after>[NSEW])?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 80
_AFTER_HEMISPHERE = re.compile(r"(?<=[NSEWnsew])[\s,;/]+(?=\d)")
_BEFORE_HEMISPHERE = re.compile(r"(?<=\d)[\s,;/]+(?=[NSEWnsew]\s*\d)")


def angle_deg(text: str) -> float | None:
    """Return an angle in degrees; None where the text is none.

    Understands decimal degrees with a point or a comma, and degrees, minutes and seconds with or without signs, with a
    hemisphere before or after: ``61.25``, ``-149,8``, ``61°15'30" N``, ``W 149 48.5``, ``61:15:30N``. Does not check
    that a latitude is one.
    """
    if len(text) > _LONGEST:
        return None
    match = _ANGLE.match(text)
    if match is None:
        return None
    degrees, minutes, seconds = (float((match[part] or "0").replace(",", ".")) for part in _PARTS)
    if minutes >= 60 or seconds >= 60 or (match["minutes"] and degrees != int(degrees)):
        return None
    hemisphere = (match["before"] or match["after"] or "").upper()
    if match["before"] and match["after"]:
        return None
    sign = -1.0 if (match["sign"] in ("-", "−")) != (hemisphere in ("S", "W")) else 1.0
    value = sign * (degrees + minutes / 60 + seconds / 3600)
    return value if math.isfinite(value) else None


def hemisphere_of(text: str) -> str:
    """Return ``lat`` or ``lon`` where an angle names its hemisphere, else an empty text."""
    letters = {letter for letter in text.upper() if letter in "NSEW"}
    if len(letters) != 1:
        return ""
    return "lat" if letters <= {"N", "S"} else "lon"


def position(text: str) -> tuple[float, float] | None:
    """Return longitude and latitude of a position in one text; None where it is none.

    Without hemispheres the latitude comes first, as people write it.
    """
    if len(text) > 2 * _LONGEST:
        return None
    pairs = [re.split(r"\s*[;/|]\s*|,\s+|(?<=\d)\s+(?=[-+−]?\d+[.,]\d+$)", text.strip()), text.strip().split(",")]
    pairs += [split.split(text.strip(), maxsplit=1) for split in (_AFTER_HEMISPHERE, _BEFORE_HEMISPHERE)]
    pairs.append(text.split())
    for pair in pairs:
        if len(pair) != 2:
            continue
        first, second = angle_deg(pair[0]), angle_deg(pair[1])
        if first is None or second is None:
            continue
        if hemisphere_of(pair[0]) == "lon" or hemisphere_of(pair[1]) == "lat":
            first, second = second, first
        return (second, first) if abs(first) <= 90 else None
    return None


_PARTS = ("degrees", "minutes", "seconds")
