"""Every name on the map can be read on a weak projector: at least 4.5 : 1 against what lies beneath it."""

from pathlib import Path

import pytest

from geodata import catalogue
from viewer.model import palette
from viewer.model.closeness import closeness_opacity
from viewer.model.stack import stack_of
from viewer.model.styles import FillStyle

RESOURCES = Path(__file__).parents[3] / "resources"
STACK = stack_of(catalogue.read(RESOURCES / "catalogue.toml"))[0]
PALETTES = palette.read(RESOURCES / "styles" / "palette.toml")
LEAST = 4.5
FAR_MPP, NEAR_MPP = 9_000.0, 100.0
FILLS = [layer for layer in STACK if isinstance(layer.style, FillStyle)]
SUBJECTS = ("russian-arctic", "alaska", "jber")
ON_LAND = ("label", "label_country", "label_region", "label_russian_arctic", "label_alaska", "label_jber")
NEVER_ON = {"label_russian_arctic": ("alaska", "jber"), "label_alaska": ("russian-arctic",), "label_country": ("jber",)}


def over(top, below):
    share = top[3] / 255
    return tuple(one * share + other * (1 - share) for one, other in zip(top[:3], below[:3], strict=True))


def luminance(colour):
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour[:3])]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def looks(theme):
    """Return every colour that an area of the map can have, by layer and name: alone on the land, far and near."""
    colours = PALETTES[theme]
    found = {("sea", "sea"): colours.rgba("sea")[:3]}
    for layer in FILLS:
        rule = layer.style.fill
        for name in filter(None, {rule.default, *(value for _, value in rule.cases)}):
            for mpp in (FAR_MPP, NEAR_MPP):
                red, green, blue, alpha = colours.rgba(name)
                share = closeness_opacity(mpp, layer.style.near_opacity.default)
                beneath = colours.rgba("land")[:3]
                if layer.id == "jber":
                    *alaska, opacity = colours.rgba("alaska_fill")
                    beneath = over((*alaska, opacity * 0.3), beneath)
                found[layer.id, f"{name} at {mpp}"] = over((red, green, blue, alpha * share), beneath)
    return found


def label_colours():
    return sorted({(layer.label.colour, layer.label.halo) for layer in STACK if layer.label is not None})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_name_stands_out_from_its_halo_over_every_fill(theme):
    colours = PALETTES[theme]
    poor = {
        (name, *where): round(ratio, 2)
        for name, halo in label_colours()
        for where, fill in looks(theme).items()
        if (ratio := contrast(colours.rgba(name), over(colours.rgba(halo), fill))) < LEAST
    }
    assert poor == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_of_lands_and_regions_can_be_read_on_the_subjects_even_without_a_halo(theme):
    colours = PALETTES[theme]
    asked = {name for name, _ in label_colours()}
    assert set(ON_LAND) <= asked
    poor = {
        (name, *where): round(ratio, 2)
        for name in ON_LAND
        for where, fill in looks(theme).items()
        if where[0] in ("land", *SUBJECTS) and where[0] not in NEVER_ON.get(name, ())
        if (ratio := contrast(colours.rgba(name), fill)) < LEAST
    }
    assert poor == {}
