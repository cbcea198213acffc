"""Points that a table of facts lists: resource sites, bases, ports, seas."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import shapely

from geodata.bundle.made import Made, made
from geodata.bundle.shelf import FactError, Shelf

GROUPS = (
    ("nuclear", "nuclear"),
    ("coal", "coal"),
    ("diamonds", "diamonds"),
    ("lng", "gas"),
    ("gas", "gas"),
    ("oil", "oil"),
    ("iron", "iron"),
    ("rare earths", "rare earths"),
    ("graphite", "graphite"),
    ("phosphate", "phosphate"),
    ("gold", "gold"),
    ("palladium", "metals"),
    ("nickel", "metals"),
    ("copper", "metals"),
    ("zinc", "metals"),
    ("silver", "metals"),
    ("lead", "metals"),
)
"""Words in a site's first commodity, and the group that each puts it in; the first that fits."""

ROLES = (
    ("radar", "radar"),
    ("missile", "radar"),
    ("signals", "radar"),
    ("air", "air"),
    ("aviation", "air"),
    ("operating location", "air"),
    ("nav", "naval"),
    ("submarine", "naval"),
    ("coast guard", "naval"),
)
"""Words in a base's kind, and its role; the first that fits, else ``army``."""

_SIDES = ("USA", "RUS")
_BASIC = ("id", "name", "kind", "country", "source", "confidence")
_Row = dict[str, str | int]


def resource_sites(shelf: Shelf) -> Made:
    """Return mines, fields and terminals with the group of their main commodity."""
    return _points(shelf, "resource_sites", _site)


def bases(shelf: Shelf) -> Made:
    """Return military bases of both sides and their allies; the base of the talks has a layer of its own."""
    return _points(shelf, "bases", _base, leave_out=("jber",))


def ports(shelf: Shelf) -> Made:
    """Return ports, planned ones too."""
    return _points(shelf, "ports", _port)


def sea_labels(shelf: Shelf) -> Made:
    """Return the points at which seas, straits and basins are named."""
    return _points(shelf, "sea_labels", lambda fact: {**_basic(fact), "rank": int(fact["rank"])})


def commodity_group(commodities: str) -> str:
    """Return the group of a site's first commodity.

    Raises
    ------
    FactError
        Where no group is known for it.
    """
    first = commodities.split(";")[0].lower()
    group = next((group for word, group in GROUPS if word in first), None)
    if group is None:
        raise FactError(f"The commodity {first!r} belongs to no group.", where="resource_sites.csv")
    return group


def _points(
    shelf: Shelf, table: str, row_of: Callable[[Mapping[str, str]], _Row], leave_out: tuple[str, ...] = ()
) -> Made:
    facts = [fact for fact in shelf.rows(table) if fact["id"] not in leave_out]
    points = [shapely.Point(float(fact["lon"]), float(fact["lat"])) for fact in facts]
    return made(pd.DataFrame([row_of(fact) for fact in facts]), np.array(points, dtype=np.object_))


def _basic(fact: Mapping[str, str]) -> _Row:
    return {column: fact.get(column, "") for column in _BASIC}


def _site(fact: Mapping[str, str]) -> _Row:
    own = {"group": commodity_group(fact["commodity"]), "commodity": fact["commodity"].replace(";", ", ")}
    return {**_basic(fact), "kind": "resource site", **own, "operator": fact["operator"], "status": fact["status"]}


def _base(fact: Mapping[str, str]) -> _Row:
    kind = fact["kind"].lower()
    american = fact["country"] == "USA" or "(us)" in kind
    side = "USA" if american else fact["country"] if fact["country"] in _SIDES else "allied"
    role = next((role for word, role in ROLES if word in kind), "army")
    return {**_basic(fact), "side": side, "role": role}


def _port(fact: Mapping[str, str]) -> _Row:
    text = f"{fact['kind']} {fact['name']}".lower()
    status = "planned" if "planned" in text else "construction" if "construction" in text else "port"
    return {**_basic(fact), "kind": "port", "status": status}
