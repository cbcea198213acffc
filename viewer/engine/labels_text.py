"""Names as type: how wide they are, how they break, where each letter stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF

from viewer.engine.fonts import LOOKS, REFERENCE_PX, font_of
from viewer.model.styles import LabelRole

ASCENT_EM = 0.76
DESCENT_EM = 0.22
CAPITALS_DESCENT_EM = 0.03
LEADING_EM = 1.16
MIDDLE_EM = 0.34
"""Height above the baseline that the eye takes for the middle of a line."""

LONGEST = 64
"""Characters after which a name is cut with an ellipsis: a map is no place for sentences."""

_LONG = 24
"""Characters after which a name loses what it says in brackets at its end."""

_WRAPPED: frozenset[LabelRole] = frozenset({"ocean", "sea", "country", "region"})
_WRAP_FROM_EM = 7.0


@dataclass(frozen=True, slots=True)
class Block:
    """A name broken into lines, in multiples of its size.

    Attributes
    ----------
    lines : tuple of str
        From top to bottom.
    widths : tuple of float
        Of each line, without the spacing after its last letter.
    descent : float
        How far the last line reaches below its baseline.
    """

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    descent: float

    @property
    def width(self) -> float:
        """Width of the widest line."""
        return max(self.widths)

    @property
    def height(self) -> float:
        """Height from the top of the first line to the foot of the last."""
        return ASCENT_EM + LEADING_EM * (len(self.lines) - 1) + self.descent


class Typesetter:
    """Measures names, each once. Needs the fonts to be loaded."""

    def __init__(self) -> None:
        self._metrics: dict[LabelRole, QFontMetricsF] = {}
        self._widths: dict[tuple[str, LabelRole], float] = {}
        self._steps: dict[tuple[str, LabelRole], tuple[float, ...]] = {}

    def shown(self, text: str, role: LabelRole) -> str:
        """Return the text as it is set: on one line, in capitals where the role asks for them, not too long."""
        text = " ".join(text.split())
        if len(text) > _LONG and text.endswith(")"):
            text = text[: text.rfind("(")].rstrip() or text
        if len(text) > LONGEST:
            text = text[: LONGEST - 1].rstrip() + "…"
        return text.upper() if LOOKS[role].capitals else text

    def width_em(self, text: str, role: LabelRole) -> float:
        """Return the width of a shown text on one line, as a multiple of its size."""
        key = (text, role)
        width = self._widths.get(key)
        if width is None:
            advance = self._metrics_of(role).horizontalAdvance(text) / REFERENCE_PX
            width = self._widths[key] = max(advance - LOOKS[role].spacing_em, 0.0)
        return width

    def steps_em(self, text: str, role: LabelRole) -> tuple[float, ...]:
        """Return where each letter of a shown text begins and where the last one ends, as multiples of its size.

        Kerning is kept: each letter stands where the text up to it ends.
        """
        key = (text, role)
        steps = self._steps.get(key)
        if steps is None:
            advance = self._metrics_of(role).horizontalAdvance
            prefixes = [advance(text[:end]) / REFERENCE_PX for end in range(len(text))]
            steps = self._steps[key] = (*prefixes, self.width_em(text, role))
        return steps

    def blocks(self, text: str, role: LabelRole) -> tuple[Block, ...]:
        """Return the ways to set a shown text, the preferred one first: names of areas may take two lines."""
        one = self._block((text,), role)
        if role not in _WRAPPED or " " not in text:
            return (one,)
        two = self._block(self._halves(text, role), role)
        return (two, one) if one.width > _WRAP_FROM_EM else (one, two)

    def _halves(self, text: str, role: LabelRole) -> tuple[str, str]:
        words = text.split(" ")
        cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
        return min(cuts, key=lambda cut: max(self.width_em(part, role) for part in cut))

    def _block(self, lines: tuple[str, ...], role: LabelRole) -> Block:
        widths = tuple(self.width_em(line, role) for line in lines)
        return Block(lines, widths, CAPITALS_DESCENT_EM if LOOKS[role].capitals else DESCENT_EM)

    def _metrics_of(self, role: LabelRole) -> QFontMetricsF:
        metrics = self._metrics.get(role)
        if metrics is None:
            metrics = self._metrics[role] = QFontMetricsF(font_of(role))
        return metrics
