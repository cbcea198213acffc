"""Borders between countries and between regions: the edges that two regions of the coverage share, never the coast."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.bundle import naturalearth
from geodata.bundle.coverage import TOLERANCES_M, coverage
from geodata.bundle.faces import shared_edges
from geodata.bundle.lakelines import across_lakes
from geodata.bundle.made import Made
from geodata.bundle.plane import projected
from geodata.bundle.shelf import Shelf
from geodata.crs import GEOGRAPHIC

_STATUS = {
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "disputed",
    "Indeterminant frontier": "disputed",
    "ForgetMagics": "disputed",
    "Line of control (please verify)": "line of control",
}
_REACH_M = 5_000.0
_CRIMEA_VIEW = "Crimea is Ukraine in UN General Assembly resolution 68/262; Russia has controlled it since 2014"
_DISPUTED_VIEW = "Natural Earth's view of a disputed or unmarked line"
_SUBDIVIDED = {"CAN": 1, "USA": 1, "RUS": 1, "UKR": 2, "NOR": 2, "SWE": 2, "FIN": 2, "ISL": 2, "GRL": 2}
"""Countries whose regions' borders are drawn, and the borders' rank."""

_CRIMEAN = frozenset({"Crimea", "Sevastopol"})
_Pair = tuple[int, int]


@dataclass(frozen=True, eq=False)
class _Shared:
    """Edges of one level as (e, 4) coordinates, with the rows of the regions on their sides as (e, 2)."""

    edges: NDArray[np.float64]
    pairs: NDArray[np.int64]


def country_borders(shelf: Shelf) -> Made:
    """Return a feature for each pair of countries and status, and one for the line of control at Crimea.

    Status is ``settled``, ``disputed`` or ``line of control``, as Natural Earth has it for the line next to ours.
    """
    tiles = coverage(shelf)
    shared = _all_shared(shelf)
    pairs = _distinct(shared[0].pairs)
    code = tiles.regions["code"].to_numpy()
    between = [pair for pair in pairs if code[pair[0]] != code[pair[1]] or _is_crimean(tiles.regions, pair)]
    status = _status_by_pair(shelf, shared[0], between)
    rows = {pair: _country_row(tiles.regions, pair, status[pair]) for pair in between}
    return across_lakes(shelf, _features(shared, rows))


def admin1_borders(shelf: Shelf) -> Made:
    """Return a feature for each pair of neighbouring regions inside the northern countries; not Alaska's boroughs."""
    tiles = coverage(shelf)
    shared = _all_shared(shelf)
    regions = tiles.regions
    code, name, fips = (regions[column].to_numpy() for column in ("code", "name", "fips"))
    inside = [
        (a, b)
        for a, b in _distinct(shared[0].pairs)
        if code[a] == code[b]
        and code[a] in _SUBDIVIDED
        and name[a] != name[b]
        and not (fips[a] or fips[b])
        and not _is_crimean(regions, (a, b))
    ]
    return _features(shared, {pair: _region_row(regions, pair) for pair in inside})


@functools.cache
def _all_shared(shelf: Shelf) -> tuple[_Shared, ...]:
    """Return shared edges in degrees first, then of every level in the plane."""
    tiles = coverage(shelf)
    return tuple(_Shared(*shared_edges(areas)) for areas in (tiles.degrees, *tiles.levels))


def _distinct(pairs: NDArray[np.int64]) -> list[_Pair]:
    return [(int(a), int(b)) for a, b in np.unique(pairs, axis=0)]


def _is_crimean(regions: pd.DataFrame, pair: _Pair) -> bool:
    names = {str(regions["name"].iloc[row]) for row in pair}
    return bool(names & _CRIMEAN) and not names <= _CRIMEAN


def _status_by_pair(shelf: Shelf, shared: _Shared, between: Sequence[_Pair]) -> dict[_Pair, str]:
    """Return the status that most of a border's length has in Natural Earth's own lines."""
    lines = naturalearth.table(shelf, "admin_0_boundary_lines_land")
    tree = shapely.STRtree(projected(lines.geometry.to_numpy()))
    kinds = np.array([_STATUS.get(str(kind), "settled") for kind in lines["featurecla"]])
    wanted = pd.MultiIndex.from_arrays(shared.pairs.T).isin(list(between))
    edges, pairs = shared.edges[wanted], shared.pairs[wanted]
    middles = projected(np.asarray(shapely.points((edges[:, :2] + edges[:, 2:]) / 2), dtype=np.object_))
    near, line = tree.query_nearest(middles, max_distance=_REACH_M, all_matches=False)
    lengths = np.hypot(edges[near, 2] - edges[near, 0], edges[near, 3] - edges[near, 1])
    votes: Any = pd.DataFrame({"a": pairs[near, 0], "b": pairs[near, 1], "status": kinds[line], "length": lengths})
    totals = votes.groupby(["a", "b", "status"])["length"].sum().reset_index().sort_values(["length", "status"])
    found = {
        (int(a), int(b)): str(status) for a, b, status in zip(totals["a"], totals["b"], totals["status"], strict=True)
    }
    return {pair: found.get(pair, "settled") for pair in between}


def _country_row(regions: pd.DataFrame, pair: _Pair, status: str) -> dict[str, Any]:
    sides = sorted((str(regions["code"].iloc[row]), str(regions["country"].iloc[row])) for row in pair)
    crimean = _is_crimean(regions, pair)
    slug = "crimea" if crimean else "_".join(code for code, _ in sides)
    name = "Crimea: line of control" if crimean else f"{sides[0][1]} – {sides[1][1]}"
    status = "line of control" if crimean else status
    return {
        "id": slug if status == "settled" or crimean else f"{slug}_{status.replace(' ', '_')}",
        "name": name,
        "kind": "border",
        "source": naturalearth.SOURCE,
        "confidence": "high" if status == "settled" else "medium",
        "status": status,
        "left": sides[0][1],
        "right": sides[1][1],
        "view": _CRIMEA_VIEW if crimean else "" if status == "settled" else _DISPUTED_VIEW,
    }


def _region_row(regions: pd.DataFrame, pair: _Pair) -> dict[str, Any]:
    left, right = sorted(str(regions["name"].iloc[row]) for row in pair)
    code = str(regions["code"].iloc[pair[0]])
    return {
        "id": f"{code}_{_slug(left)}_{_slug(right)}",
        "name": f"{left} – {right}",
        "kind": "admin1",
        "source": naturalearth.SOURCE,
        "confidence": "high",
        "country": code,
        "left": left,
        "right": right,
        "rank": _SUBDIVIDED[code],
    }


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", plain.lower()))


def _features(shared: Sequence[_Shared], rows: Mapping[_Pair, Mapping[str, Any]]) -> Made:
    """Gather the edges of all pairs that have the same id into one feature, at every level."""
    by_id = {str(row["id"]): row for row in rows.values()}
    ids = sorted(by_id)
    number = {pair: ids.index(str(row["id"])) for pair, row in rows.items()}
    geometries = [_lines(level, number, len(ids)) for level in shared]
    frame = gpd.GeoDataFrame(pd.DataFrame([by_id[key] for key in ids]), geometry=geometries[0], crs=GEOGRAPHIC)
    return Made(frame, list(zip(TOLERANCES_M, geometries[1:], strict=True)))


def _lines(level: _Shared, number: Mapping[_Pair, int], count: int) -> NDArray[np.object_]:
    feature = np.array([number.get((int(a), int(b)), -1) for a, b in level.pairs], dtype=np.int64)
    result = np.empty(count, dtype=object)
    for row in range(count):
        pieces = np.asarray(shapely.linestrings(level.edges[feature == row].reshape(-1, 2, 2)), dtype=np.object_)
        merged = shapely.line_merge(shapely.MultiLineString(list(pieces)))
        result[row] = shapely.MultiLineString(list(shapely.get_parts(merged)))
    return result
