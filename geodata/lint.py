"""Rules for judgements in writing: what a careful reader would object to, named with the rule and a way out.

The words of likelihood, and the rule that likelihood and confidence never share a sentence, are those of Intelligence
Community Directive 203, Analytic Standards, 2 January 2015, section D.6.e(2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geodata.annotations import Annotation
from geodata.likelihood import LIKELIHOODS

FREE_KINDS = frozenset({"label", "drawing"})
"""Kinds of annotations that claim nothing and so need no source."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be mended.

    Attributes
    ----------
    rule : str
        The rule's name.
    member : str
        The member of the annotation it is about, such as ``body``.
    start, end : int
        The stretch of that member's text; both 0 where it is about the member as a whole.
    says : str
        What is wrong, in a sentence.
    advice : str
        What to do, in a sentence.
    """

    rule: str
    member: str
    start: int
    end: int
    says: str
    advice: str


def lint(annotation: Annotation) -> tuple[Finding, ...]:
    """Return what is to be mended in an annotation, by its place in the text, the members as a whole last.

    Looks at title and body as they are written, in English. It knows words, not meaning: a text without findings may
    still be wrong, and irony is not understood.
    """
    found = [
        finding
        for member, text in (("title", annotation.title), ("body", annotation.body))
        for rule in _TEXT_RULES
        for finding in rule(member, text)
    ]
    found.sort(key=lambda finding: (finding.member != "title", finding.start))
    return (*found, *(finding for rule in _MEMBER_RULES for finding in rule(annotation)))


def is_unsourced(annotation: Annotation) -> bool:
    """Return whether an annotation claims something and names no source for it."""
    return bool(annotation.body.strip()) and annotation.kind not in FREE_KINDS and not annotation.sources


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence with the place where it begins; a line's end ends a sentence where the next line is empty."""
    for match in re.finditer(r"\S(?:[^.!?\n]|[.!?](?=\S)|\n(?!\s*\n))*[.!?]*", text):
        yield match.start(), match[0]


_HEDGE = r"possibly|perhaps|maybe|conceivably"
_MODAL = r"could|may|might|can|would"
_DOUBLE = re.compile(
    rf"\b(?:(?:{_MODAL})\s+(?:well\s+)?(?:{_HEDGE}|potentially|probably|likely)|(?:{_HEDGE})\s+(?:{_MODAL}|likely))\b",
    re.IGNORECASE,
)
_LIKELIHOOD = re.compile(
    r"\b(?:almost no chance|remote (?:chance|possibility)|"
    r"(?:(?:very|highly) )?(?:unlikely|improbabl[ey])|(?:very )?likely|(?:highly )?probabl[ey]|"
    r"roughly even(?: chance| odds)?|(?:almost|nearly) certain(?:ly)?)\b",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(r"\b(?:(?:low|moderate|medium|high) confidence|confiden(?:t|tly)|confidence)\b", re.IGNORECASE)
_OFF_SCALE = re.compile(
    r"\b(?:possibly|perhaps|maybe|conceivably|chances are|a (?:good|fair|real|serious) (?:chance|possibility)|"
    r"cannot be ruled out|can[’']t be ruled out|doubtful|a (?:slim|distant) (?:chance|possibility))\b",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"\b(?:undoubtedly|without (?:a |any )?doubt|definitely|inevitabl[ey]|is bound to|are bound to|"
    r"guaranteed to|it is certain that)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:reportedly|allegedly|it is (?:said|believed|thought|rumou?red)|(?:some|many) (?:say|believe|experts)|"
    r"sources say|observers (?:say|believe)|as everyone knows)\b",
    re.IGNORECASE,
)
_SOME_DAY = re.compile(
    r"\b(?:yesterday|today|tomorrow|recently|currently|nowadays|(?:last|next|this) (?:week|month|year))\b",
    re.IGNORECASE,
)


def _mixed(member: str, text: str) -> Iterator[Finding]:
    for begin, sentence in sentences(text):
        likely, confident = _LIKELIHOOD.search(sentence), _CONFIDENCE.search(sentence)
        if likely is None or confident is None:
            continue
        yield Finding(
            "likelihood and confidence in one sentence",
            member,
            begin,
            begin + len(sentence),
            f"“{likely[0]}” says how likely a thing is, “{confident[0]}” how good the ground is; together they blur.",
            "Give each a sentence of its own.",
        )


def _double_hedge(member: str, text: str) -> Iterator[Finding]:
    for match in _DOUBLE.finditer(text):
        yield _at(
            match,
            "double hedge",
            member,
            f"“{match[0]}” takes back twice what it says.",
            "Keep one word, best one of the scale of likelihood.",
        )


def _off_scale(member: str, text: str) -> Iterator[Finding]:
    doubled = [match.span() for match in _DOUBLE.finditer(text)]
    words = ", ".join(step.word for step in LIKELIHOODS)
    for match in _OFF_SCALE.finditer(text):
        if not any(first <= match.start() < last for first, last in doubled):
            yield _at(
                match,
                "word off the scale",
                member,
                f"“{match[0]}” means another chance to every reader.",
                f"Use one of: {words}.",
            )


def _worded(rule: str, pattern: re.Pattern[str], says: str, advice: str) -> Callable[[str, str], Iterator[Finding]]:
    def check(member: str, text: str) -> Iterator[Finding]:
        for match in pattern.finditer(text):
            yield _at(match, rule, member, says.format(match[0]), advice)

    return check


def _at(match: re.Match[str], rule: str, member: str, says: str, advice: str) -> Finding:
    return Finding(rule, member, match.start(), match.end(), says, advice)


def _whole(rule: str, member: str, says: str, advice: str) -> Finding:
    return Finding(rule, member, 0, 0, says, advice)


def _unsourced(annotation: Annotation) -> Iterator[Finding]:
    if is_unsourced(annotation):
        yield _whole(
            "claim without a source",
            "sources",
            "It claims something and names no source.",
            "Add a source; kept without one it is stamped UNSOURCED.",
        )


def _said_twice(annotation: Annotation) -> Iterator[Finding]:
    if not annotation.likelihood:
        return
    for match in _LIKELIHOOD.finditer(annotation.body):
        word = _step_of(match[0])
        if word and word != annotation.likelihood:
            yield _at(
                match,
                "two likelihoods",
                "body",
                f"The text says “{match[0]}”, the form says “{annotation.likelihood}”.",
                "Say the same in both, or leave it out of the text.",
            )


def _groundless(annotation: Annotation) -> Iterator[Finding]:
    grades = [source.grade for source in annotation.sources if source.grade]
    if annotation.likelihood and not annotation.confidence:
        yield _whole(
            "likelihood without confidence",
            "confidence",
            "It says how likely a thing is, not how good the ground of that judgement is.",
            "State a confidence.",
        )
    if annotation.confidence == "high" and grades and all(grade[0] in "DEF" or grade[1] in "456" for grade in grades):
        yield _whole(
            "high confidence on weak sources",
            "confidence",
            f"No source is graded better than {min(grades)}.",
            "Lower the confidence, or add a better source.",
        )


def _step_of(text: str) -> str:
    """Return the scale's own word for a word in a text, adverbs too; empty for none."""
    plain = re.sub(r"(improbab|probab)ly$", r"\1le", text.casefold())
    plain = re.sub(r"certainly$", "certain", plain)
    plain = re.sub(r"^remote.*", "remote", re.sub(r"(roughly even).*", r"\1", plain))
    plain = re.sub(
        r"^(?:very )(?=improbable|probable)", "highly ", re.sub(r"^highly (?=unlikely|likely)", "very ", plain)
    )
    return next((step.word for step in LIKELIHOODS if plain in (step.word, step.synonym)), "")


_TEXT_RULES: tuple[Callable[[str, str], Iterator[Finding]], ...] = (
    _mixed,
    _double_hedge,
    _off_scale,
    _worded(
        "certainty that nobody has",
        _CERTAIN,
        "“{}” leaves no room for error.",
        "Use “almost certain” (95–99 %), or state it as a fact with its source.",
    ),
    _worded("nobody answers for it", _NOBODY, "“{}” hides who says so.", "Name who says it, and add that as a source."),
    _worded("a day that moves", _SOME_DAY, "“{}” will be wrong when it is read later.", "Write the date itself."),
)
_MEMBER_RULES: tuple[Callable[[Annotation], Iterator[Finding]], ...] = (_said_twice, _groundless, _unsourced)
