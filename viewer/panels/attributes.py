"""A feature's attributes as people read them: labels for columns, units for numbers, names for codes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from geodata.prepared import GeometryKind
from geodata.reading.balloons import words_of
from geodata.reading.outcome import FIELD

NARROW_SPACE = "\u202f"

_COUNTRIES = MappingProxyType(
    {
        "CAN": "Canada",
        "CHN": "China",
        "DNK": "Denmark",
        "FIN": "Finland",
        "GRL": "Greenland (Denmark)",
        "ISL": "Iceland",
        "NOR": "Norway",
        "RUS": "Russia",
        "SJM": "Svalbard (Norway)",
        "SWE": "Sweden",
        "UKR": "Ukraine",
        "USA": "United States",
    }
)

CONFIDENCES = MappingProxyType(
    {
        "high": "High confidence: checked against a source",
        "medium": "Moderate confidence: plausible, not fully checked",
        "low": "Low confidence: a rough indication",
        "schematic": "Schematic: drawn by hand, not for navigation",
    }
)


def number(value: float, *, unit: str = "", digits: int = 0) -> str:
    """Return a number with groups of three and its unit."""
    text = f"{value:,.{digits}f}".replace(",", NARROW_SPACE)
    return f"{text} {unit}".rstrip()


def _words(value: Any) -> str:
    text = str(value).replace("_", " ").replace(";", ", ").replace(",  ", ", ").strip()
    return text[:1].upper() + text[1:]


def _countries(value: Any) -> str:
    return ", ".join(_COUNTRIES.get(code.strip(), code.strip()) for code in str(value).split(";"))


def _measured(unit: str, *, per: float = 1.0, digits: int = 0) -> Callable[[Any], str]:
    return lambda value: number(float(value) / per, unit=unit, digits=digits)


def _feet(value: Any) -> str:
    return f"{number(float(value) * 0.3048, unit='m')} ({number(float(value), unit='ft')})"


_PLACED = MappingProxyType({"point": "Position", "line": "Course", "polygon": "Outline"})
_UNKNOWN_AT_ZERO = frozenset({"population", "pop_max"})

# Column → its label and how its values are written, in the order of the card.
_COLUMNS: Mapping[str, tuple[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "kind": ("What", _words),
        "local_name": ("Local name", str),
        "name_local": ("Local name", str),
        "country": ("Country", _countries),
        "commodity": ("Commodity", _words),
        "operator": ("Operator", str),
        "status": ("Status", _words),
        "length_km": ("Length", _measured("km")),
        "length_nm": ("Length at sea", _measured("nautical miles")),
        "length_m": ("Length", _measured("m")),
        "width_m": ("Width", _measured("m")),
        "length_ft": ("Length", _feet),
        "width_ft": ("Width", _feet),
        "area_km2": ("Area", _measured("km²")),
        "depth": ("Depth", _measured("m")),
        "depth_m": ("Depth", _measured("m")),
        "elevation_m": ("Elevation", _measured("m")),
        "population": ("Population", _measured("")),
        "pop_max": ("Population", _measured("")),
        "date": ("Date", str),
        "year": ("Year", str),
        "note": ("Note", str),
    }
)


def facts_of(attributes: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what a feature's attributes say, as pairs of label and text; columns not meant for people are left out."""
    own = _own_facts(attributes)
    if own:
        return own
    facts: dict[str, str] = {}
    for column, (label, write) in _COLUMNS.items():
        value = attributes.get(column)
        if _is_missing(column, value):
            continue
        try:
            facts.setdefault(label, write(value))
        except (TypeError, ValueError):
            facts.setdefault(label, str(value))
    return tuple(facts.items())


def _own_facts(attributes: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the attributes that came with a person's file, as they stand there; those without a value are left out."""
    return tuple(
        (column.removeprefix(FIELD), f"{value:.12g}" if isinstance(value, float) else words_of(str(value)))
        for column, value in attributes.items()
        if column.startswith(FIELD) and value not in (None, "")
    )


def confidence_text(attributes: Mapping[str, Any]) -> str:
    """Return how sure the data is of where a feature lies, in words; empty where it does not say."""
    value = str(attributes.get("confidence") or "")
    return CONFIDENCES.get(value, value.capitalize())


def origin_of(attributes: Mapping[str, Any], geometry: GeometryKind) -> tuple[tuple[str, str], ...]:
    """Return whose data a feature is and how sure that is of its place: never how sure any claim about it is."""
    source = str(attributes.get("source") or "")
    rows = ((_PLACED[geometry], confidence_text(attributes)), ("Data", source[:1].upper() + source[1:]))
    return tuple(row for row in rows if row[1])


def _is_missing(column: str, value: Any) -> bool:
    """Tell whether a value says nothing; 0 is a value, but for populations, where it stands for unknown."""
    if value is None or value == "":
        return True
    if isinstance(value, float) and math.isnan(value):
        return True
    return column in _UNKNOWN_AT_ZERO and value == 0
