"""Styles of the person's own layers that depend on an attribute: by category, and by value in classes."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from geodata.classes import Method, breaks
from geodata.reading.outcome import FIELD
from geodata.reading.profile import Profile
from viewer.model.own_layers import COLOURS, kind_of, style_in
from viewer.model.styles import FillStyle, LineStyle, Rule, Style, SymbolStyle

OTHERS = "#8a8f94"
"""The grey of what has no value, or one without a colour of its own."""

CATEGORIES_AT_MOST = len(COLOURS) - 1
"""How many values get a colour; the grey one stays for all others."""

METHODS: tuple[Method, ...] = ("quantiles", "natural breaks", "equal interval")
CLASSES = range(2, 10)

# From pale to strong in even steps of lightness, so that classes are told apart without colours as well; the last one
# goes from one end over pale to the other, for values about a middle.
RAMPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Blues": ("dbe9f6", "6baed6", "08306b"),
        "Oranges": ("fee6ce", "fd8d3c", "7f2704"),
        "Purples": ("efedf5", "9e9ac8", "3f007d"),
        "Viridis": ("fde725", "5ec962", "21918c", "3b528b", "440154"),
        "Blue to red": ("2166ac", "92c5de", "f7f7f7", "f4a582", "b2182b"),
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How an attribute colours a layer.

    Attributes
    ----------
    method : str
        ``categories``, or a method of classing numbers.
    count, ramp
        How many classes, and a name in `RAMPS`; of no meaning for categories.
    """

    method: str
    count: int
    ramp: str


BY_CATEGORY = Choice("categories", 5, "Blues")


def styled(style: Style, profile: Profile, choice: Choice) -> Style:
    """Return a style of the same kind that is coloured by an attribute.

    By category each of the most frequent values has a colour of its own, all others a grey; by value numbers fall into
    classes, coloured from one end of a ramp to the other. There may come out fewer classes than asked for.
    """
    method: Method | None = next((method for method in METHODS if method == choice.method), None)
    if method is None or not profile.is_numeric:
        return _by_category(style, profile)
    limits = breaks(profile.quantiles, choice.count, method=method)
    names = _names((profile.quantiles[0], *limits, profile.quantiles[-1]))
    cases = list(zip(names, colours_of(choice.ramp, len(names)), strict=True))
    if profile.missing:
        cases.append(("", OTHERS))
    return _coloured(style, profile.name, tuple(cases), limits)


def choice_of(style: Style, profile: Profile) -> Choice:
    """Return the choice that makes a style, or one near to it where none does."""
    rule = _leading(style)
    if not rule.breaks or not profile.is_numeric:
        return Choice("categories", 5, "Blues")
    count = len(rule.breaks) + 1
    for method, ramp in itertools.product(METHODS, RAMPS):
        for asked in range(count, CLASSES.stop):
            choice = Choice(method, asked, ramp)
            if styled(style, profile, choice) == style:
                return choice
    return Choice(METHODS[0], count, "Blues")


def field_of(style: Style) -> str:
    """Return the attribute, as the file has it, that a style's colours depend on; empty for none."""
    return _leading(style).field.removeprefix(FIELD)


def in_one_colour(style: Style) -> Style:
    """Return the plain style of the same kind, in its first category's colour where it has one."""
    first = next((colour for _, colour in _leading(style).cases), "").partition("/")[0]
    return style_in(first if first in COLOURS else COLOURS[0], kind_of(style))


def colours_of(ramp: str, count: int) -> tuple[str, ...]:
    """Return colours spread evenly over a ramp, as ``#rrggbb``."""
    anchors = [tuple(bytes.fromhex(anchor)) for anchor in RAMPS[ramp]]
    return tuple(_between(anchors, index / max(count - 1, 1)) for index in range(count))


def _between(anchors: Sequence[tuple[int, ...]], share: float) -> str:
    at = share * (len(anchors) - 1)
    low = min(int(at), len(anchors) - 2)
    mixed = (round(a + (b - a) * (at - low)) for a, b in zip(anchors[low], anchors[low + 1], strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _coloured(style: Style, name: str, cases: tuple[tuple[str, str], ...], limits: tuple[float, ...]) -> Style:
    field = f"{FIELD}{name}"
    plain = Rule(OTHERS, field, cases, limits)
    if isinstance(style, FillStyle):
        fill = Rule(f"{OTHERS}/60", field, tuple((case, f"{colour}/75") for case, colour in cases), limits)
        return replace(style, fill=fill, outline=Rule("#30383f/80"), outline_width_px=Rule(0.8))
    return replace(style, colour=plain) if isinstance(style, LineStyle | SymbolStyle) else style


def _by_category(style: Style, profile: Profile) -> Style:
    values = [value for value, _ in profile.common[:CATEGORIES_AT_MOST]]
    cases = list(zip(values, COLOURS, strict=False))
    if profile.distinct > len(values) or profile.missing:
        cases.append(("", OTHERS))
    return _coloured(style, profile.name, tuple(cases), ())


def _leading(style: Style) -> Rule:
    return style.fill if isinstance(style, FillStyle) else getattr(style, "colour", Rule(""))


def _names(ends: Sequence[float]) -> list[str]:
    """Return what the classes between limits are called, with as many figures as it takes to tell them apart."""
    names: list[str] = []
    for figures in range(4, 18):
        names = [f"{_number(low, figures)} – {_number(high, figures)}" for low, high in itertools.pairwise(ends)]
        if len(set(names)) == len(names):
            break
    return names


def _number(value: float, figures: int) -> str:
    whole = value.is_integer() and abs(value) < 1e15
    return f"{value:,.0f}" if whole or (abs(value) >= 1_000 and figures == 4) else f"{value:,.{figures}g}"
