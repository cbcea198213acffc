"""How a person's own annotations look on the map: the surer, the more solid."""

from __future__ import annotations

from collections.abc import Collection

from geodata.annotations import OWN_LAYERS
from geodata.certainty import CERTAINTIES
from viewer.model.layer import Layer
from viewer.model.styles import FillStyle, LabelStyle, LineStyle, Rule, Style, SymbolStyle

GROUP = "My annotations"

_HIGH, _MODERATE, _LOW, _UNSTATED, _UNSOURCED = CERTAINTIES
_COLOUR = "own_2"
_LABEL = LabelStyle(role="symbol", size_px=Rule(13.0), priority=1)  # before all of the map's own: a stamp must be seen
_TITLES = {"Point": "Points and words", "LineString": "Lines", "Polygon": "Areas"}


def layer_of(layer_id: str, prepared_path: str, *, certainties: Collection[str]) -> Layer:
    """Return one of the layers of a person's annotations; the legend names the certainties given."""
    geometry = next(kind for kind, known in OWN_LAYERS.items() if known == layer_id)
    shown = tuple(word for word in CERTAINTIES if word in certainties)
    return Layer(
        id=layer_id,
        title=_TITLES[geometry],
        group=GROUP,
        style=_style(geometry, shown),
        label=_LABEL,
        selectable=True,
        prepared_path=prepared_path,
    )


def is_note_layer(layer_id: str) -> bool:
    """Return whether a layer is one of a person's annotations."""
    return layer_id in OWN_LAYERS.values()


def _style(geometry: str, shown: tuple[str, ...]) -> Style:
    if geometry == "Point":
        size = Rule(12.0, "kind", (("label", 1.0),))
        return SymbolStyle(
            shape=_by(shown, "pin", circle=_HIGH, ring=_MODERATE, diamond=_LOW, triangle=_UNSOURCED),
            colour=Rule(_COLOUR),
            stroke=Rule("symbol_edge"),
            size_px=size,
        )
    dash = Rule((), "certainty", tuple((word, _DASHES.get(word, ())) for word in shown))
    if geometry == "LineString":
        return LineStyle(
            colour=Rule(_COLOUR), width_px=Rule(2.5), dash=dash, casing=Rule("lane_casing"), casing_px=Rule(1.0)
        )
    fill = Rule(
        f"{_COLOUR}/25",
        "certainty",
        tuple((word, "" if word in (_LOW, _UNSOURCED) else f"{_COLOUR}/25") for word in shown),
    )
    return FillStyle(
        fill=fill,
        outline=Rule(_COLOUR),
        outline_width_px=Rule(2.0),
        outline_dash=dash,
        hatch=_by(shown, "none", diagonal=_LOW, cross=_UNSOURCED),
        hatch_colour=Rule(_COLOUR),
    )


_DASHES = {_MODERATE: (5, 3), _LOW: (1.5, 2.5), _UNSOURCED: (6, 2, 1, 2)}


def _by(shown: tuple[str, ...], default: str, **words: str) -> Rule:
    value = {word: look for look, word in words.items()}
    return Rule(default, "certainty", tuple((word, value.get(word, default)) for word in shown))
