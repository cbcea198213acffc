"""What an annotation claims and on what ground, in words."""

from __future__ import annotations

from geodata.annotations import Annotation, CitedSource
from geodata.likelihood import likelihood
from geodata.lint import is_unsourced

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
RELIABILITY = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability not known",
}
CREDIBILITY = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}

_GROUND = {
    "low": "Low confidence: little or contradictory ground",
    "moderate": "Moderate confidence: plausible, with gaps in its ground",
    "high": "High confidence: on good and checked ground",
}


def date_text(date: str) -> str:
    """Return YYYY, YYYY-MM or YYYY-MM-DD as people read it; anything else as it is."""
    parts = date.split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return date
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def chips_of(annotation: Annotation) -> tuple[tuple[str, str], ...]:
    """Return the labels at a card's head as (text, tone): whose voice it is, and what kind of statement."""
    date = date_text(annotation.date)
    voice = {
        "article": ("The article’s claim", "claim"),
        "fact": ("Fact", "fact"),
        "since": (f"Known since, {date}" if date else "Known since", "since"),
        "own": ("UNSOURCED", "claim") if is_unsourced(annotation) else ("My note", ""),
    }[annotation.voice]
    kind = annotation.kind.replace("_", " ").strip()
    if not kind or kind in ("claim", "fact", "since"):
        return (voice,)
    return voice, (kind[:1].upper() + kind[1:], "")


def judgement_of(annotation: Annotation) -> tuple[tuple[str, str], ...]:
    """Return how likely the claim is and how good its grounds are, on lines of their own, never in one sentence."""
    rows: list[tuple[str, str]] = []
    if annotation.likelihood:
        rows.append(("Claim", _likelihood_text(annotation.likelihood)))
    if annotation.confidence:
        rows.append(("Grounds", _GROUND[annotation.confidence]))
    if annotation.date and annotation.voice != "since":
        rows.append(("Date", date_text(annotation.date)))
    if annotation.tags and annotation.voice == "own":
        rows.append(("Tags", ", ".join(annotation.tags)))
    return tuple(rows)


def source_parts(source: CitedSource) -> tuple[str, str]:
    """Return a source as its title, and who published it, when, where and how far it can be trusted."""
    rest = [part for part in (source.publisher, date_text(source.date), source.address) if part]
    grade = grade_text(source.grade)
    tail = ", ".join(rest)
    return source.title, f"{tail}. {grade}." if tail and grade else f"{tail or grade}."


def grade_text(grade: str) -> str:
    """Return an Admiralty grade in words; empty for none, the grade itself where it is not of that scale."""
    if len(grade) != 2 or grade[0] not in RELIABILITY or grade[1] not in CREDIBILITY:
        return grade
    return f"Grade {grade}: {RELIABILITY[grade[0]]}, {CREDIBILITY[grade[1]]}"


def _likelihood_text(word: str) -> str:
    try:
        text = likelihood(word).text
    except KeyError:
        text = word
    return text[:1].upper() + text[1:]
