"""The words for how likely and how sure something is, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likelihood:
    """One step of the scale.

    Attributes
    ----------
    word, synonym : str
        The word that the map uses, and the other one that the directive allows.
    low_pct, high_pct : int
        The chance it stands for, in per cent.
    """

    word: str
    synonym: str
    low_pct: int
    high_pct: int

    @property
    def text(self) -> str:
        """The word with its range, as a card shows it."""
        return f"{self.word} ({self.low_pct}–{self.high_pct} %)"


LIKELIHOODS = (
    Likelihood("almost no chance", "remote", 1, 5),
    Likelihood("very unlikely", "highly improbable", 5, 20),
    Likelihood("unlikely", "improbable", 20, 45),
    Likelihood("roughly even", "roughly even odds", 45, 55),
    Likelihood("likely", "probable", 55, 80),
    Likelihood("very likely", "highly probable", 80, 95),
    Likelihood("almost certain", "nearly certain", 95, 99),
)
"""Intelligence Community Directive 203, Analytic Standards, 2 January 2015, section D.6.e(2)(a); least likely first."""

LIKELIHOOD_WORDS = tuple(step.word for step in LIKELIHOODS)

CONFIDENCES = ("low", "moderate", "high")
"""How good the ground of a judgement is; says nothing about how likely the thing is."""


def likelihood(word: str) -> Likelihood:
    """Return the step of the scale that a word or its synonym names.

    Raises
    ------
    KeyError
        Where the scale has no such word.
    """
    for step in LIKELIHOODS:
        if word in (step.word, step.synonym):
            return step
    raise KeyError(word)
