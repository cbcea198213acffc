"""How a layer looks → what GeoJSON (simplestyle 1.1) and KML files say of it, feature by feature."""

from __future__ import annotations

import io
import math
import zipfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from geodata.reading.outcome import FIELD

_KML = "http://www.opengis.net/kml/2.2"
_BEHIND_STYLE = frozenset(("ExtendedData", "Point", "LineString", "LinearRing", "Polygon", "MultiGeometry"))
_SCALES = {"small": "0.7", "medium": "1", "large": "1.3"}


@dataclass(frozen=True, slots=True)
class Look:
    """One property of simplestyle, the same for all features or by an attribute.

    Attributes
    ----------
    name : str
        Such as ``fill`` or ``stroke-width``.
    default : str or float
        For features whose value has no case.
    field : str
        The attribute, with `FIELD` before it; empty for none.
    cases : tuple of (str, str or float)
        By the attribute's value, or the classes between `breaks` in turn.
    breaks : tuple of float
        Rising; a number below the first gives the first case.
    """

    name: str
    default: str | float
    field: str = ""
    cases: tuple[tuple[str, str | float], ...] = ()
    breaks: tuple[float, ...] = ()

    def values(self, columns: Mapping[str, Sequence[Any]], count: int) -> list[str | float]:
        """Return the property of each of so many features."""
        column = columns.get(self.field.removeprefix(FIELD)) if self.field else None
        if column is None:
            return [self.default] * count
        known = dict(self.cases)
        return [self._of(value, known) for value in column]

    def _of(self, value: Any, known: Mapping[str, str | float]) -> str | float:
        if self.breaks and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return self.cases[bisect_right(self.breaks, value)][1]
        whole = isinstance(value, float) and value.is_integer()
        return known.get("" if value is None else str(int(value)) if whole else str(value), self.default)


def properties_of(
    looks: Sequence[Look], columns: Mapping[str, Sequence[Any]], count: int
) -> dict[str, list[str | float]]:
    """Return the simplestyle properties of so many features; one that the layer has as an attribute stays that."""
    return {look.name: look.values(columns, count) for look in looks if look.name not in columns}


def style_kml(path: Path, properties: Mapping[str, Sequence[Any]], *, is_zipped: bool) -> None:
    """Write styles into a KML or KMZ file whose placemarks are in the order of the features.

    Raises
    ------
    ValueError
        Where it has another number of placemarks.
    """
    if not properties:
        return
    ElementTree.register_namespace("", _KML)
    if not is_zipped:
        path.write_bytes(_styled(path.read_bytes(), properties))
        return
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = next(name for name in parts if name.endswith(".kml") and b"<Placemark" in parts[name])
    parts[main] = _styled(parts[main], properties)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _styled(kml: bytes, properties: Mapping[str, Sequence[Any]]) -> bytes:
    tree = ElementTree.parse(io.BytesIO(kml))
    marks = list(tree.iter(f"{{{_KML}}}Placemark"))
    count = len(next(iter(properties.values())))
    if len(marks) != count:
        raise ValueError(f"it has {len(marks)} placemarks for {count} features")
    for number, mark in enumerate(marks):
        names = [child.tag.rpartition("}")[2] for child in mark]
        at = next((place for place, name in enumerate(names) if name in _BEHIND_STYLE), len(names))
        mark.insert(at, _style({name: values[number] for name, values in properties.items()}))
    written = io.BytesIO()
    tree.write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue()


def _style(said: Mapping[str, Any]) -> ElementTree.Element:
    style = ElementTree.Element(f"{{{_KML}}}Style")
    parts = (
        ("IconStyle", "marker-color", {"scale": _SCALES.get(str(said.get("marker-size")), "")}),
        ("LineStyle", "stroke", {"width": f"{float(said['stroke-width']):g}" if "stroke-width" in said else ""}),
        ("PolyStyle", "fill", {}),
    )
    for tag, colour, further in parts:
        if not said.get(colour):
            continue
        part = ElementTree.SubElement(style, f"{{{_KML}}}{tag}")
        opacity = float(said.get(f"{colour}-opacity", 1.0))
        _leaf(part, "color", _abgr(str(said[colour]), opacity))
        for name, text in further.items():
            if text:
                _leaf(part, name, text)
    return style


def _leaf(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_KML}}}{name}").text = text


def _abgr(colour: str, opacity: float) -> str:
    text = colour.removeprefix("#")
    return f"{round(opacity * 255):02x}{text[4:6]}{text[2:4]}{text[:2]}"
