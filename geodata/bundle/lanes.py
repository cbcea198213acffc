"""Shipping lanes: the schematic waypoints joined by geodesics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd

from geodata.bundle.lines import cut_at_180, geodesics
from geodata.bundle.made import Made, made
from geodata.bundle.shelf import FactError, Shelf

FAMILIES = {"nsr": "nsr", "nwp": "nwp", "tsr": "tsr", "arctic": "bridge"}
"""Family by the first part of a lane's id."""

_SHORT: Mapping[str, str] = {
    "nsr_main": "Northern Sea Route",
    "nsr_laptev": "NSR, coastal",
    "nsr_north_nz": "NSR by Cape Zhelaniya",
    "nsr_north_nsi": "NSR, north of the New Siberian Islands",
    "nsr_highlat": "NSR, high-latitude",
    "nsr_sabetta": "to Sabetta",
    "nsr_dudinka": "to Dudinka",
    "nsr_yugorsky": "by Yugorsky Shar",
    "nwp_r1": "Northwest Passage",
    "nwp_r2": "Northwest Passage 2",
    "nwp_r3": "Northwest Passage 3",
    "nwp_r4": "Northwest Passage 4",
    "nwp_r5": "Northwest Passage 5",
    "nwp_r6": "Northwest Passage 6",
    "tsr_pole": "Transpolar Sea Route",
    "tsr_iceland": "from Iceland",
    "tsr_kirkenes": "from Kirkenes",
    "tsr_eurasian": "Transpolar, Eurasian side",
    "arctic_bridge": "Arctic Bridge",
}


def lanes(shelf: Shelf) -> Made:
    """Return the lanes, at full detail at every scale: a simplified lane might touch land."""
    points = waypoints(shelf)
    table = pd.DataFrame([_row(fact) for fact in shelf.rows("lanes")])
    astray = sorted(set(table["id"]) ^ set(points))
    if astray:
        raise FactError(f"Lanes and waypoints do not agree on {', '.join(astray)}.", where="lanes.csv")
    return made(table, np.array([geodesics(points[lane]) for lane in table["id"]], dtype=np.object_))


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
