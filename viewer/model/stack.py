"""The layer stack that a catalogue describes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geodata.catalogue import Catalogue, Source
from geodata.errors import CatalogueError, GeodataError, listed, together
from viewer.model.layer import Layer, LayerStack
from viewer.model.palette import Palette, ThemeName
from viewer.model.style_checks import refuse
from viewer.model.styles import label_of, style_of


def stack_of(catalogue: Catalogue) -> tuple[LayerStack, tuple[CatalogueError, ...]]:
    """Return the stack as it is at the first start, and what was wrong with layers that had to be left out."""
    layers: list[Layer] = []
    problems: list[CatalogueError] = list(catalogue.problems)
    for source in catalogue.sources:
        try:
            layers.append(layer_of(source))
        except CatalogueError as problem:
            problems.append(problem)
    return LayerStack(tuple(layers)), tuple(problems)


def layer_of(source: Source) -> Layer:
    """Return a source's layer with the catalogue's style.

    Raises
    ------
    CatalogueError
        Where style, label or display have a key or kind that is unknown.
    """
    where = source.where or f"layer {source.id}"
    return Layer(
        id=source.id,
        title=source.title,
        group=source.group,
        style=style_of(source.style, where=where),
        label=label_of(source.label, where=where) if source.label else None,
        **_display(source.display, where=where),
    )


def _display(table: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise CatalogueError(
            f"display has a key {unknown[0]!r} that it does not know.",
            where=where,
            advice=f"Known keys: {', '.join(sorted(_KEYS))}.",
        )
    for key, value in table.items():
        refuse(key, (value,), where=where)
    return {key: _KEYS[key](value) for key, value in table.items()}


def unknown_colours(
    stack: LayerStack, palettes: Mapping[ThemeName, Palette], catalogue: Catalogue
) -> tuple[GeodataError, ...]:
    """Return what to tell of layers that ask for colours which a palette does not have, as one problem at most."""
    problems: list[CatalogueError] = []
    for layer in stack:
        unknown = [name for name in _colours_of(layer) if not all(palette.knows(name) for palette in palettes.values())]
        if unknown:
            source = catalogue.get(layer.id)
            problems.append(
                CatalogueError(
                    f"The palette has no colour {listed(unknown)}; it is drawn in magenta.",
                    where=(source.where if source else "") or f"layer {layer.id}",
                    advice="Name a colour of styles/palette.toml, or add it there to both themes.",
                )
            )
    what = f"{len(problems)} layers ask for colours that the palette does not have and are drawn in magenta."
    where = problems[0].where.partition(", ")[0] if problems else ""
    return together(problems, what, where=where, advice="Name colours of styles/palette.toml, or add them there.")


def _colours_of(layer: Layer) -> tuple[str, ...]:
    """Return the names of all colours that a layer may be drawn in, each once."""
    rules = [
        getattr(layer.style, key, None) for key in ("fill", "outline", "hatch_colour", "colour", "casing", "stroke")
    ]
    names = [name for rule in rules if rule is not None for name in rule.values]
    if layer.label:
        names += [layer.label.colour, layer.label.halo]
    return tuple(dict.fromkeys(name for name in names if name))


def _limits(value: Any) -> tuple[float, ...]:
    return tuple(float(limit) for limit in value)


_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "visible": bool,
    "opacity": float,
    "selectable": bool,
    "min_mpp": float,
    "max_mpp": float,
    "rank_field": str,
    "rank_limits": _limits,
}
