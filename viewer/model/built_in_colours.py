"""The colours to draw with when the palette cannot be had: few, but land is not sea and each subject has its own."""

from __future__ import annotations

from collections.abc import Mapping

Rgba = tuple[int, int, int, int]

_COLOURS: Mapping[str, tuple[str, str]] = {
    "outside": ("dfe4e6", "070c11"),
    "sea": ("d5e3ea", "1a2b38"),
    "depth": ("c2d6e2", "14222e"),
    "land": ("f1ede2", "2e3337"),
    "coast": ("8fa3ab", "5d717c"),
    "glacier": ("fdfefe", "4c575f"),
    "lake": ("cddfe8", "182835"),
    "river": ("a9c6d6", "33495a"),
    "border": ("9a8f86", "7d7770"),
    "border_casing": ("f1ede280", "2e333780"),
    "graticule": ("5f7f9040", "9fc0d030"),
    "alaska": ("9a6206", "f2c15c"),
    "alaska_fill": ("e8b04a8c", "c98f2a80"),
    "borough": ("9a620670", "f2c15c60"),
    "russian_arctic": ("9c3b37", "e98b80"),
    "russian_arctic_fill": ("c9736a73", "a8484266"),
    "occupied": ("35588c", "8fb2e8"),
    "jber": ("5c2480", "d3a4f5"),
    "jber_fill": ("7b3fa066", "a86fd066"),
    "lane": ("0b5f8a", "62c1f0"),
    "lane_casing": ("ffffffc0", "0a121ac0"),
    "zone": ("4d79918c", "86b4cc80"),
    "zone_nsr": ("0b5f8a14", "62c1f012"),
    "boundary": ("8a2f52", "f08fb4"),
    "boundary_casing": ("ffffffb0", "0a121ab0"),
    "runway_edge": ("ffffff", "1a1420"),
    "symbol_edge": ("ffffff", "0b1218"),
    "label_halo": ("ffffffd0", "0b1218d0"),
    "halo": ("16222b", "ffffff"),
    "halo_inner": ("ffffff", "0b1218"),
    "glow": ("ffb000", "ffc24d"),
    "hover": ("ffffffc0", "ffffff90"),
    "ui_window": ("f6f7f8", "12181d"),
    "ui_panel": ("ffffff", "182026"),
    "ui_panel_edge": ("d7dde0", "2b363e"),
    "ui_text": ("1c2429", "e8edf0"),
    "ui_text_soft": ("56646c", "9fb0ba"),
    "ui_accent": ("0b5f8a", "62c1f0"),
    "ui_accent_text": ("ffffff", "06202f"),
    "ui_hover": ("e9eef1", "212c34"),
    "ui_pressed": ("dbe4e9", "2a3842"),
    "ui_focus": ("0b5f8a", "62c1f0"),
    "ui_warning": ("8a4b00", "f0b35a"),
    "ui_error": ("a3262a", "ff8d86"),
    "ui_passage": ("0b5f8a", "7fcdf5"),
    "ui_passage_open": ("ffe9b3", "4a3c10"),
    "ui_control_edge": ("7b8890", "75868f"),
    "ui_scroll": ("c3ccd1", "3a4852"),
    "ui_selected": ("dcebf3", "1d3a4b"),
}
_TINT, _INK = ("e6ebee", "2b363e"), ("2b3136", "e6eaed")

_FAMILIES = frozenset(("depth", "alaska", "borough", "russian_arctic", "occupied", "jber", "lane", "zone"))

NAMES = tuple(name for name in _COLOURS if name not in _FAMILIES)
"""What every palette must have."""


def built_in(name: str, *, dark: bool) -> Rgba:
    """Return a colour for any name: its own, else that of its family, else a tint for the window and ink for the map.

    Parameters
    ----------
    name
        A name of the palette; the family of ``depth_500`` is ``depth``.
    dark
        For the dark theme.
    """
    family = name
    while family and family not in _COLOURS:
        family = family.rpartition("_")[0]
    if name.startswith("ui_"):
        fitting = _COLOURS.get(name) or (_COLOURS["ui_text"] if name.endswith("_text") else _TINT)
    else:
        fitting = _COLOURS.get(family, _INK)
    return rgba_of(fitting[dark])


def rgba_of(digits: str) -> Rgba:
    """Return the colour of 6 or 8 hexadecimal digits.

    Raises
    ------
    ValueError
        Where they are none.
    """
    if len(digits) not in (6, 8):
        raise ValueError(digits)
    red, green, blue, alpha = bytes.fromhex(digits.ljust(8, "f"))
    return red, green, blue, alpha
