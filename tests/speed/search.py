"""Searching everything that the default map holds, as each letter of a question is typed."""

from __future__ import annotations

import time
from pathlib import Path

from tests.speed.window import share

_QUESTIONS = ("murmansk", "мурманск", "murmnask", "northern sea route", "palladium", "joint base elmendorf", "69N 33E")
_RESOURCES = Path(__file__).parents[2] / "resources"


def measure(*, runs: int = 5) -> dict[str, float]:
    """Return milliseconds: gathering what there is, and answering a question at each letter of it."""
    from geodata import annotations, article, catalogue
    from viewer.app.searching import gathered
    from viewer.model import search_entries
    from viewer.model.stack import stack_of

    folder = _RESOURCES / "articles"
    stack = tuple(stack_of(catalogue.read(_RESOURCES / "catalogue.toml"))[0])
    notes = annotations.read(_RESOURCES / "annotations" / "alaska-talks.geojson")
    text = article.read(folder / "alaska-talks.md", passages=folder / "alaska-talks.passages.toml")
    began = time.perf_counter()
    index = gathered(_RESOURCES, stack, notes, text.passages, text)[0]
    found = {"search_gathered_ms": (time.perf_counter() - began) * 1000, "search_entries": float(len(index))}
    spent: list[float] = []
    for question in _QUESTIONS * runs:
        for end in range(1, len(question) + 1):
            began = time.perf_counter()
            search_entries.position_of(question[:end])
            index.find(question[:end])
            spent.append((time.perf_counter() - began) * 1000)
    return found | {f"search_p{percent}_ms": share(spent, percent) for percent in (50, 99)}
