"""Where borders between countries cross lakes: the land has holes there, so its regions share no edge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.bundle import naturalearth
from geodata.bundle.made import Made
from geodata.bundle.plane import projected
from geodata.bundle.shelf import Shelf
from geodata.detail import simplified


def across_lakes(shelf: Shelf, borders: Made) -> Made:
    """Return country borders with their courses through lakes, taken from Natural Earth's own lines.

    Only lines whose two countries have a settled border in `borders`, with the id ``AAA_BBB``, are taken.
    """
    courses = _courses(shelf, [str(feature) for feature in borders.frame["id"]])
    degrees = _joined(np.asarray(borders.frame.geometry.array, dtype=np.object_), courses)
    plane = projected(courses)
    levels = [(tolerance_m, _joined(lines, simplified(plane, tolerance_m))) for tolerance_m, lines in borders.levels]
    return Made(borders.frame.set_geometry(degrees), levels)


def _courses(shelf: Shelf, ids: Sequence[str]) -> NDArray[np.object_]:
    borders = naturalearth.table(shelf, "admin_0_boundary_lines_land")
    wet = shapely.intersection(np.asarray(borders.geometry.array, dtype=np.object_), _lakes(shelf))
    found: dict[str, list[shapely.Geometry]] = {feature: [] for feature in ids}
    for one, other, course in zip(borders["adm0_a3_l"], borders["adm0_a3_r"], wet, strict=True):
        pieces = shapely.get_parts(course)
        real = (shapely.get_dimensions(pieces) == 1) & ~shapely.is_empty(pieces)
        found.get("_".join(sorted((str(one), str(other)))), []).extend(pieces[real])
    merged = [shapely.line_merge(shapely.union_all(found[feature])) for feature in ids]
    lines = [[part for part in shapely.get_parts(course) if not shapely.is_empty(part)] for course in merged]
    return np.array([shapely.MultiLineString(parts) for parts in lines], dtype=np.object_)


def _lakes(shelf: Shelf) -> shapely.Geometry:
    frame = naturalearth.table(shelf, "ocean")
    waters = np.asarray(frame.geometry.array, dtype=np.object_)[(frame["featurecla"] != naturalearth.OCEAN).to_numpy()]
    made = shapely.make_valid(waters, method="structure", keep_collapsed=False)
    return shapely.intersection(shapely.union_all(made), naturalearth.NORTH)


def _joined(lines: NDArray[np.object_], more: NDArray[np.object_]) -> NDArray[np.object_]:
    pairs = zip(lines, more, strict=True)
    return np.array(
        [shapely.MultiLineString([*shapely.get_parts(a), *shapely.get_parts(b)]) for a, b in pairs], dtype=np.object_
    )
