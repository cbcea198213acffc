"""How symbols grow as one comes closer."""

_FULL_SIZE_MPP = 2_500.0


def symbol_growth(metres_per_pixel: float) -> float:
    """Return the factor on a symbol's size at a scale: 1 at 2.5 km per pixel, 0.7 far off, 1.35 close by."""
    return min(max((_FULL_SIZE_MPP / metres_per_pixel) ** 0.3, 0.7), 1.35)
