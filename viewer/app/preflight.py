"""Looking a talk over before it is given: ``--preflight STORY``."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from geodata import prepared
from geodata.errors import GeodataError, PreparedError
from viewer.app import desk_checks, loading
from viewer.model import story_file
from viewer.model.preflight import Surroundings, check
from viewer.model.talk_clock import clock_text


def look_over(file: Path, *, resources: Path, slot_min: float | None = None) -> int:
    """Print what is not as it should be, each with what to do; return the exit code, 0 where all is well.

    Parameters
    ----------
    file
        The story.
    resources
        The folder of the built-in map, against which the story is held. A person's own layers are not known here.
    slot_min
        How long the speaker has, in minutes; None where that does not matter.
    """
    try:
        story = story_file.read(file)
    except GeodataError as error:
        print(error, file=sys.stderr)
        return 1
    found = check(story, _surroundings(resources), slot_s=None if slot_min is None else slot_min * 60)
    for finding in found:
        print(f"{'Good to know. ' if finding.is_note else ''}{finding}".encode("utf-8", "replace").decode())
    count = sum(not finding.is_note for finding in found)
    verdict = f"{count} thing{'s' if count > 1 else ''} to mend" if count else "nothing to mend"
    print(f"{file.name}: {len(story.steps)} steps, {clock_text(story.duration_s)}; {verdict}.")
    return 1 if count else 0


def _surroundings(resources: Path) -> Surroundings:
    start = loading.load(resources)

    @cache
    def features(layer: str) -> frozenset[str]:
        try:
            return frozenset(prepared.read(resources / "layers" / f"{layer}.prepared").row_of)
        except PreparedError:
            return frozenset()

    return Surroundings(
        layers=frozenset(layer.id for layer in start.stack),
        annotations=frozenset(annotation.id for annotation in start.annotations),
        passages=frozenset(passage.id for passage in start.article.passages) if start.article else frozenset(),
        has_feature=lambda layer, feature: feature in features(layer),
        palettes=tuple(start.palettes.values()),
        fonts_lost=_fonts_lost(resources),
        desk=(*desk_checks.of_screens(desk_checks.seen_beside()), *desk_checks.of_settings()),
    )


def _fonts_lost(resources: Path) -> tuple[str, ...]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # fonts need a Qt, but no screen
    from PySide6.QtGui import QGuiApplication

    from viewer.engine import fonts

    application = QGuiApplication.instance() or QGuiApplication(["arctic-viewer"])
    lost = tuple(problem.what for problem in fonts.load_as_one(resources))
    del application
    return lost
