"""What a kind of file cannot hold of a layer, named before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.prepared import GeometryKind
from geodata.reading.profile import Profile
from geodata.writing.request import Kind

EXACT = 2**53
"""Whole numbers beyond this are rounded by programs that hold all numbers as JavaScript does."""

_FORMULA = ("=", "+", "-", "@")


def losses(
    kind: Kind, *, geometry: GeometryKind, profiles: Sequence[Profile], left_out: int, has_label: bool
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
    """
    found: list[str] = []
    if left_out:
        rows = "1 row" if left_out == 1 else f"{left_out:,} rows"
        found.append(f"{rows} of the original file are not in the layer and will not be written.")
    found.append(f"Colours and sizes{', and the names on the map,' if has_label else ''} are not written.")
    found += _RULES[kind](geometry, profiles)
    return tuple(found)


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


RESERVED: dict[Kind, tuple[str, ...]] = {"GeoPackage": ("fid", "geom"), "GeoJSON": (), "FlatGeobuf": (), "CSV": ()}
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
    "CSV": _of_csv,
}
