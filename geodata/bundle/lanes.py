"""Shipping lanes: the schematic waypoints joined by geodesics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import shapely

from geodata.bundle.lines import cut_at_180, geodesics
from geodata.bundle.made import Made, made
from geodata.bundle.shelf import FactError, Shelf
from geodata.polar import to_map_array

FAMILIES = {"nsr": "nsr", "nwp": "nwp", "tsr": "tsr", "arctic": "bridge"}
"""Family by the first part of a lane's id."""

_SHORT: Mapping[str, str] = {
    "nsr_main": "Northern Sea Route",
    "nsr_laptev": "NSR, coastal",
    "nsr_north_nz": "NSR by Cape Zhelaniya",
    "nsr_north_nsi": "NSR, north of the New Siberian Islands",
    "nsr_highlat": "NSR, high-latitude",
    "nsr_sabetta": "Branch to Sabetta",
    "nsr_dudinka": "Branch to the Yenisei",
    "nsr_yugorsky": "NSR by Yugorsky Shar",
    "nwp_r1": "Northwest Passage",
    "nwp_r2": "Route 2",
    "nwp_r3": "Route 3",
    "nwp_r4": "Route 4",
    "nwp_r5": "Route 5",
    "nwp_r6": "Route 6",
    "tsr_pole": "Transpolar Sea Route",
    "tsr_iceland": "Transpolar, from Iceland",
    "tsr_kirkenes": "Transpolar, from Kirkenes",
    "tsr_eurasian": "Transpolar, Eurasian side",
    "arctic_bridge": "Arctic Bridge",
}


def lanes(shelf: Shelf) -> Made:
    """Return the lanes, at full detail at every scale: a simplified lane might touch land.

    Where several share their waypoints only the first of them is stroked: dashes over dashes would look like a line of
    another kind. A click finds each of them along its whole way.
    """
    points = waypoints(shelf)
    table = pd.DataFrame([_row(fact) for fact in shelf.rows("lanes")])
    astray = sorted(set(table["id"]) ^ set(points))
    if astray:
        raise FactError(f"Lanes and waypoints do not agree on {', '.join(astray)}.", where="lanes.csv")
    whole = made(table, np.array([geodesics(points[lane]) for lane in table["id"]], dtype=np.object_))
    own = own_stretches([points[lane] for lane in table["id"]])
    pieces = [[piece for stretch in stretches for piece in geodesics(stretch).geoms] for stretches in own]
    strokes = np.array([shapely.MultiLineString(lines) for lines in pieces], dtype=np.object_)
    return replace(whole, strokes=[(0.0, to_map_array(strokes))])


def own_stretches(chains: Sequence[Sequence[tuple[float, float]]]) -> list[list[list[tuple[float, float]]]]:
    """Return of each chain of points the runs whose legs no chain before it has, in either direction."""
    seen: set[frozenset[tuple[float, float]]] = set()
    found: list[list[list[tuple[float, float]]]] = []
    for chain in chains:
        runs: list[list[tuple[float, float]]] = []
        is_open = False
        for leg in pairwise(chain):
            is_own = frozenset(leg) not in seen
            if is_own and is_open:
                runs[-1].append(leg[1])
            elif is_own:
                runs.append(list(leg))
            is_open = is_own
        seen.update(frozenset(leg) for leg in pairwise(chain))
        found.append(runs)
    return found


def waypoints(shelf: Shelf) -> dict[str, list[tuple[float, float]]]:
    """Return each lane's waypoints in order, in degrees."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in sorted(shelf.rows("lane_waypoints"), key=lambda row: (row["lane_id"], int(row["seq"]))):
        points[row["lane_id"]].append((float(row["lon"]), float(row["lat"])))
    return dict(points)


def maritime_boundary(shelf: Shelf) -> Made:
    """Return the line of the 1990 agreement, and its course north along its first meridian to 75° N.

    Straight in longitude and latitude between the annex's points, which lie close together.
    """
    facts = sorted(shelf.rows("us_russia_boundary_1990"), key=lambda row: int(row["seq"]))
    treaty = np.array([(float(row["lon"]), float(row["lat"])) for row in facts])
    lon, lat = treaty[0]
    north = np.array([(lon, lat), (lon, 70.0), (lon, 75.0)])
    source = "Agreement of 1 June 1990 on the maritime boundary, annex"
    rows = [
        {
            "id": "boundary_1990",
            "name": "US–Russia maritime boundary (1990)",
            "kind": "maritime boundary",
            "source": f"{source}; 25 points read in public texts, 60 from memory of the annex",
            "confidence": "medium",
            "status": "treaty",
        },
        {
            "id": "boundary_1990_north",
            "name": "US–Russia maritime boundary, northward",
            "kind": "maritime boundary",
            "source": f"{source}: along 168°58′37″ W as far as international law permits; drawn to 75° N",
            "confidence": "medium",
            "status": "continuation",
        },
    ]
    return made(pd.DataFrame(rows), np.array([cut_at_180(treaty), cut_at_180(north)], dtype=np.object_))


def _row(fact: Mapping[str, str]) -> dict[str, str | float]:
    family = FAMILIES[fact["id"].partition("_")[0]]
    return {
        "id": fact["id"],
        "name": fact["name"],
        "kind": "lane",
        "source": fact["source"],
        "confidence": fact["confidence"],
        "short_name": _SHORT.get(fact["id"], fact["name"]),
        "family": family,
        "status": "future" if family == "tsr" else "schematic",
        "length_km": float(fact["length_km"]),
        "length_nm": float(fact["length_nm"]),
    }
