import pytest

from geodata.catalogue import Catalogue, Source
from viewer.model.palette import Palette, plain
from viewer.model.stack import stack_of, unknown_colours


def catalogue_of(**entry) -> Catalogue:
    known = {"title": "Title", "group": "Group", "source": "", "licence": "", "vintage": "", "style": {"kind": "fill"}}
    source = Source(**(known | {"id": "land", "where": "catalogue.toml, line 7"} | entry))
    return Catalogue((source,))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("visible", "no"),
        ("opacity", 5),
        ("opacity", "half"),
        ("selectable", 1),
        ("min_mpp", -1),
        ("max_mpp", "far"),
        ("rank_field", 3),
        ("rank_limits", 9000),
        ("rank_limits", ["far"]),
    ],
)
def test_a_display_value_that_makes_no_sense_is_told_with_line_key_and_advice(key, value):
    stack, problems = stack_of(catalogue_of(display={key: value}))
    assert stack.layers == ()
    assert str(problems[0]).startswith(f"catalogue.toml, line 7: {key} cannot be")
    assert problems[0].advice


def test_a_colour_that_the_palette_lacks_is_told_by_layer_and_name():
    style = {"kind": "fill", "fill": {"field": "kind", "default": "", "cases": {"a": "lnad", "b": "land"}}}
    catalogue = catalogue_of(style=style, label={"colour": "lable"})
    stack, _ = stack_of(catalogue)
    palettes = {"light": Palette("light", {name: (0, 0, 0, 255) for name in ("land", "label", "label_halo", "lable")})}
    (problem,) = unknown_colours(stack, palettes | {"dark": Palette("dark", {})}, catalogue)
    assert "line 7" in str(problem)
    assert "lnad" in str(problem)
    assert unknown_colours(stack, {"light": plain("light")}, catalogue) == ()
