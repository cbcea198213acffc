"""How sure an annotation is, in the words that its look on the map and the legend go by."""

from __future__ import annotations

from geodata.annotations import Annotation
from geodata.lint import is_unsourced

UNSOURCED = "UNSOURCED"
"""What claims something and names no source, whatever confidence it states."""

CERTAINTIES = ("High confidence", "Moderate confidence", "Low confidence", "No confidence stated", UNSOURCED)


def certainty(annotation: Annotation) -> str:
    """Return how sure an annotation is, as one of `CERTAINTIES`."""
    if is_unsourced(annotation):
        return UNSOURCED
    return f"{annotation.confidence.capitalize()} confidence" if annotation.confidence else "No confidence stated"
