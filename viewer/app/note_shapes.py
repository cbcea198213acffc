"""The shapes of a person's annotations, to be reshaped."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geodata.annotation_edits import edit_of
from geodata.annotations import Annotation
from geodata.edits import Edit
from geodata.journal import now
from geodata.shapes import to_text
from viewer.app.person import name_of_person
from viewer.model.drawings import DRAWING, is_own_shape, place_of
from viewer.model.notes import is_note_layer
from viewer.model.reshaping import Change, Subject, subject_of
from viewer.session import Session


class NoteShapes:
    """Knows the shapes of annotations, and makes edits of what is done to them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def holds(self, layer_id: str) -> bool:
        """Return whether a layer's features are annotations of the person's own."""
        return is_note_layer(layer_id)

    def load(self, reference: str, then: Callable[[Subject | None], None]) -> None:
        """Give a feature as a shape to be reshaped, None where there is none."""
        then(self.subject(reference))

    def subject(self, reference: str) -> Subject | None:
        """Return a feature as a shape to be reshaped; None where there is none."""
        note = self._session.annotations.get(reference.partition("/")[2])
        if note is None or not is_own_shape(note) or note.geometry is None:
            return None
        return subject_of(note.references[0], note.title, note.geometry, note.drawn)

    def read(self, reference: str, then: Callable[[tuple[Subject, Mapping[str, Any]] | None], None]) -> None:
        """Give a feature as a shape with its title and text, None where there is none."""
        subject = self.subject(reference)
        note = self._session.annotations.get(subject.feature_id) if subject is not None else None
        then((subject, {"name": note.title, "text": note.body}) if subject is not None and note is not None else None)

    def edit(
        self,
        name: str,
        changes: Sequence[Change],
        then: Callable[[Edit], None],
        *,
        attributes: Mapping[str, Any] | None = None,
    ) -> None:
        """Give the edit that makes these changes as one step; what is new and like no annotation has these attributes.

        Raises
        ------
        GeometryError
            Where a shape cannot be as it should.
        """
        numbers = itertools.count(2)
        pairs = [self._pair(change, numbers, attributes or {}) for change in changes]
        then(edit_of(name, *pairs))

    def _pair(
        self, change: Change, numbers: itertools.count[int], attributes: Mapping[str, Any]
    ) -> tuple[Annotation | None, Annotation | None]:
        known = self._session.annotations
        before = known.get(change.before.feature_id) if change.before is not None else None
        if change.after is None:
            return before, None
        drawn = change.after.drawn
        shape = {
            "place": place_of(change.after.geometry()),
            "drawn": to_text(drawn) if drawn else "",
            "modified": now(),
        }
        if before is not None:
            return before, replace(before, **shape)
        like = known.get(change.like.feature_id)
        if like is not None:
            fresh = replace(like, title=f"{like.title} ({next(numbers)})")
        else:
            fresh = _new(change.like.title, attributes)
        return None, replace(fresh, **shape, id=f"own_{uuid.uuid4().hex[:12]}", created=shape["modified"])


def _new(title: str, attributes: Mapping[str, Any]) -> Annotation:
    """Return an annotation for a feature: its text is what the layer has of that name, else all attributes."""
    text = str(attributes.get("text") or "")
    listed = "\n".join(f"- {name}: {value}" for name, value in attributes.items() if value not in (None, ""))
    return Annotation("new", title, DRAWING, "own", text or listed or title, author=name_of_person())
