"""What a kind of file cannot hold of a layer, named before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.prepared import GeometryKind
from geodata.reading.profile import Profile
from geodata.writing.request import Kind

EXACT = 2**53
"""Whole numbers beyond this are rounded by programs that hold all numbers as JavaScript does."""

KML_OWN = (
    "id", "description", "timestamp", "begin", "end", "altitudemode", "tessellate", "extrude", "visibility",
    "draworder", "icon", "heading", "tilt", "roll", "snippet", "folder", "camera_longitude", "camera_latitude",
    "camera_altitude", "camera_altitudemode", "photooverlay", "leftfov", "rightfov", "bottomfov", "topfov", "near",
    "model", "scale_x", "scale_y", "scale_z", "network_link", "refreshvisibility", "flytoview", "refreshmode",
    "refreshinterval", "viewrefreshmode", "viewrefreshtime", "viewboundscale", "viewformat", "httpquery",
)  # fmt: skip
"""Attributes that a KML file takes for its own instructions, in small letters."""

WHOLE = 2**31
"""Whole numbers from here on are no numbers to KML."""

SHORT_NAME = 10
"""Bytes of a name in a Shapefile."""

SHORT_TEXT = 254
"""Bytes of a text in a Shapefile."""

STYLED: frozenset[Kind] = frozenset(("GeoJSON", "KML", "KMZ"))
"""Files that hold colours."""

_FORMULA = ("=", "+", "-", "@")


def losses(
    kind: Kind,
    *,
    geometry: GeometryKind,
    profiles: Sequence[Profile],
    left_out: int,
    has_label: bool,
    lost_looks: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return what will be lost or changed, one sentence each.

    Parameters
    ----------
    kind
        What is to be written.
    geometry
        What the layer holds.
    profiles
        Of its attributes.
    left_out
        How many rows of the original file are not on the map, and so not in the layer.
    has_label
        Whether names are written on the map.
    lost_looks
        What of the layer's look GeoJSON and KML cannot hold, each in a few words.
    """
    found: list[str] = []
    if left_out:
        rows = "1 row" if left_out == 1 else f"{left_out:,} rows"
        found.append(f"{rows} of the original file are not in the layer and will not be written.")
    found += _of_looks(kind, has_label=has_label, lost=lost_looks)
    found += _RULES[kind](geometry, profiles)
    return tuple(found)


def _of_looks(kind: Kind, *, has_label: bool, lost: Sequence[str]) -> list[str]:
    if kind not in STYLED:
        return [f"Colours and sizes{', and the names on the map,' if has_label else ''} are not written."]
    found = ["Colours and widths become attributes called fill, stroke and the like (simplestyle)."]
    if kind != "GeoJSON":
        found = ["Colours and widths become styles of KML, in the colours of the present theme."]
    return [*found, f"Not written: {', '.join(lost)}."] if lost else found


def renamed(names: Sequence[str], reserved: Sequence[str]) -> dict[str, str]:
    """Return new names for columns whose own one is taken, by a reserved name or by another column but for case."""
    taken = {name.lower() for name in reserved}
    new: dict[str, str] = {}
    for name in names:
        unique, number = name, 2
        while unique.lower() in taken:
            unique, number = f"{name}_{number}", number + 1
        taken.add(unique.lower())
        if unique != name:
            new[name] = unique
    return new


RESERVED: dict[Kind, tuple[str, ...]] = {
    "GeoPackage": ("fid", "geom"),
    "GeoJSON": (),
    "FlatGeobuf": (),
    "KML": KML_OWN,
    "KMZ": KML_OWN,
    "CSV": (),
}
"""Names that a kind of file needs for itself."""


def _of_geopackage(_geometry: GeometryKind, profiles: Sequence[Profile]) -> list[str]:
    new = renamed([profile.name for profile in profiles], RESERVED["GeoPackage"])
    return [f"The attribute {old} will be called {name}: GeoPackage cannot hold its name." for old, name in new.items()]


def _of_geojson(geometry: GeometryKind, profiles: Sequence[Profile]) -> list[str]:
    large = [profile.name for profile in profiles if any(abs(value) > EXACT for value in profile.quantiles)]
    found = [f"{name} holds numbers above 2⁵³, which many programs will round." for name in large]
    if geometry != "point":
        found.append("What runs across 180° is cut there, as RFC 7946 asks.")
    return found


def _of_kml(geometry: GeometryKind, profiles: Sequence[Profile]) -> list[str]:
    found = [
        "A missing text and an empty one become the same; spaces at its ends are lost.",
        "Numbers keep 15 digits; each feature gets an id of KML's own.",
    ]
    if geometry != "point":
        found.append("What runs across 180° is cut there.")
    long = [profile.name for profile in profiles if any(abs(value) >= WHOLE for value in profile.quantiles)]
    found += [f"{name} holds numbers above 2³¹; whole ones become text." for name in long]
    new = renamed([profile.name for profile in profiles], KML_OWN)
    new |= {profile.name: "Name" for profile in profiles if profile.name.lower() == "name" and profile.name != "Name"}
    found += [f"The attribute {old} will be called {name}: KML gives its name a meaning." for old, name in new.items()]
    return found


def _of_shapefile(geometry: GeometryKind, profiles: Sequence[Profile]) -> list[str]:
    found = [
        "Texts are cut after 254 bytes and lose spaces at their ends; a missing one and an empty one become the same.",
        "Numbers keep 15 digits, none of them farther than 15 places after the point.",
    ]
    if geometry == "point":
        found.append("Points become groups of one point each where some already are groups.")
    new = shortened([profile.name for profile in profiles])
    found += [f"The attribute {old} will be called {name}." for old, name in new.items() if old != name]
    return found


def shortened(names: Sequence[str]) -> dict[str, str]:
    """Return what attributes are called in a Shapefile: ten bytes at most, each another but for case."""
    taken: set[str] = set()
    new: dict[str, str] = {}
    for name in names:
        short, number = _cut(name, SHORT_NAME) or "field", 1
        while short.lower() in taken:
            number += 1
            short = f"{_cut(name, SHORT_NAME - 1 - len(str(number)))}_{number}"
        taken.add(short.lower())
        new[name] = short
    return new


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")


def _of_csv(geometry: GeometryKind, profiles: Sequence[Profile]) -> list[str]:
    found = ["All values become text; a missing value and an empty text become the same."]
    if geometry != "point":
        found.append("Shapes are written as well-known text in a column called wkt.")
    names = ("longitude", "latitude") if geometry == "point" else ("wkt",)
    new = renamed([profile.name for profile in profiles], names)
    found += [f"The attribute {old} will be called {name}: the position needs its name." for old, name in new.items()]
    formulas = [profile.name for profile in profiles if _looks_like_formula(profile)]
    found += [f"{name} holds texts that a spreadsheet would take for formulas." for name in formulas]
    return found


def _looks_like_formula(profile: Profile) -> bool:
    return not profile.is_numeric and any(value.startswith(_FORMULA) for value, _ in profile.common)


def _of_flatgeobuf(_geometry: GeometryKind, _profiles: Sequence[Profile]) -> list[str]:
    return []


_RULES = {
    "GeoPackage": _of_geopackage,
    "GeoJSON": _of_geojson,
    "FlatGeobuf": _of_flatgeobuf,
    "KML": _of_kml,
    "KMZ": _of_kml,
    "Shapefile": _of_shapefile,
    "CSV": _of_csv,
}
