"""The features of the person's layers as shapes: read, changed and written again beside the window."""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from geodata.edits import Edit
from geodata.errors import GeodataError
from viewer.app.own_layers import OwnLayers
from viewer.messages import Messages
from viewer.model import layer_edits
from viewer.model.layer_edits import TABLE
from viewer.model.own_layers import OwnLayer, first_look, from_row
from viewer.model.reshaping import Change, Subject, subject_of
from viewer.session import Session
from viewer.tasks import Task

if TYPE_CHECKING:
    from geodata.feature_edits import Feature

Give = Callable[[Any], None]

NAMING = ("name", "title", "label")
"""Attributes that the title of a shape goes into, in small letters."""


class FileShapes(QObject):
    """Knows the features of layers that came from files or were made here, and makes edits of what is done to them.

    One thing is done after the other, each beside the window; an edit is made anew where the layer changed meanwhile.

    Parameters
    ----------
    session, messages, own
        What is on the map, where problems are told, and whose layers these are.
    """

    def __init__(self, session: Session, messages: Messages, own: OwnLayers) -> None:
        super().__init__(own)
        self._session = session
        self._messages = messages
        self._own = own
        self._waiting: deque[tuple[Callable[[], object], Give]] = deque()
        self._task: Task | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or written."""
        return self._task is not None

    def holds(self, layer_id: str) -> bool:
        """Return whether a layer is known here."""
        return self._own.origin(layer_id) is not None

    def load(self, reference: str, then: Callable[[Subject | None], None]) -> None:
        """Give a feature as a shape to be reshaped, None where there is none."""
        self.read(reference, lambda found: then(found[0] if found else None))

    def read(self, reference: str, then: Callable[[tuple[Subject, Mapping[str, Any]] | None], None]) -> None:
        """Give a feature as a shape with its attributes, None where there is none."""
        layer_id, _, feature_id = reference.partition("/")
        folder = self._own.folder

        def work() -> Feature | None:
            from geodata.feature_edits import feature_of

            own = self._own.origin(layer_id)
            return feature_of(asdict(own), folder, _stem(own), int(feature_id)) if own is not None else None

        def give(found: Feature | None) -> None:
            subject = subject_of(reference, found.name, found.geometry) if found is not None else None
            then((subject, found.attributes) if subject is not None and found is not None else None)

        self._do(work, give)

    def edit(
        self,
        name: str,
        changes: Sequence[Change],
        then: Callable[[Edit], None],
        *,
        attributes: Mapping[str, Any] | None = None,
    ) -> None:
        """Give the edit that makes these changes in one layer as one step; new features have these attributes.

        Raises
        ------
        GeometryError
            Where a shape cannot be as it should.
        """
        layer_id = changes[0].like.layer_id
        rows = self._own.record.journal.state(TABLE)
        if layer_id not in rows:
            return
        before = rows[layer_id]
        own, look, at = from_row(before, folder=str(self._own.folder))
        known = [_of(change, attributes or {}) for change in changes]
        name_of_files = f"{layer_id}-{uuid.uuid4().hex[:4]}"
        folder = self._own.folder

        def work() -> int:
            return _rewrite(own, folder, _stem(own), known, name_of_files)

        def give(count: int) -> None:
            if self._own.record.journal.state(TABLE).get(layer_id) != before:
                self.edit(name, changes, then, attributes=attributes)  # somebody changed it meanwhile
                return
            if count == 0:
                then(Edit(name, layer_edits.removed(own, look, at=at).rows))
                return
            after = _edited(own, name_of_files, count=count)
            shown = replace(look, prepared_path=str(folder / after.prepared))
            then(layer_edits.edited(name, after, shown, at=at, before=before))

        self._do(work, give)

    def add(self, name: str, subject: Subject, then: Callable[[Edit], None]) -> bool:
        """Give the edit that adds a shape to the layer its reference names; return False where it is of another kind.

        Raises
        ------
        GeometryError
            Where the shape cannot be as it should.
        """
        origin = self._own.origin(subject.layer_id)
        if origin is None or origin.geometry != subject.geometry_kind:
            return False
        named = {column: subject.title for column in origin.columns if column.casefold() in NAMING}
        self.edit(name, [Change(None, subject, subject)], then, attributes=named)
        return True

    def edit_new(
        self,
        name: str,
        title: str,
        subject: Subject,
        then: Callable[[Edit], None],
        *,
        attributes: Mapping[str, Any],
    ) -> None:
        """Give the edit that makes a new layer with one feature.

        Raises
        ------
        GeometryError
            Where the shape cannot be as it should.
        """
        layer_id = f"own-{uuid.uuid4().hex[:8]}"
        files = f"{layer_id}-{uuid.uuid4().hex[:4]}"
        names, kind, folder = tuple(attributes), subject.geometry_kind, self._own.folder
        blank = OwnLayer(layer_id, "", title, kind, f"{files}.prepared", f"{files}.fgb", names, 1, 0, "", None, (0, 0))
        known = [_of(Change(None, subject, subject), attributes)]

        def give(_: object) -> None:
            look = first_look(
                blank, title=title, prepared_path=str(folder / blank.prepared), stack=self._session.stack.layers
            )
            then(layer_edits.edited(name, blank, look, at=self._own.place_for(kind), before=None))

        self._do(lambda: _rewrite(blank, folder, "", known, files), give)

    def shutdown(self) -> None:
        """Wait for what is being written."""
        self._waiting.clear()
        if self._task is not None:
            self._task.join()

    def _do(self, work: Callable[[], object], give: Give) -> None:
        self._waiting.append((work, give))
        if self._task is None:
            self._go_on()

    def _go_on(self) -> None:
        if not self._waiting:
            return
        work, give = self._waiting.popleft()
        self._task = Task(work, self)
        self._task.done.connect(lambda result: self._finish(lambda: give(result)))
        self._task.failed.connect(lambda error: self._finish(lambda: self._refuse(error)))
        self._task.start()

    def _finish(self, deed: Callable[[], None]) -> None:
        self._task = None
        deed()
        if self._task is None:
            self._go_on()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, GeodataError):
            self._messages.tell_error(error)
        else:
            self._messages.tell(f"The layer could not be changed ({error}).")


def _stem(own: OwnLayer) -> str:
    return Path(own.prepared).stem


def _edited(own: OwnLayer, files: str, *, count: int) -> OwnLayer:
    """Return a layer that is no longer what its file says."""
    report = f"{own.report} Edited here since; it came from {own.path}.".strip() if own.path else own.report
    return replace(
        own, path="", prepared=f"{files}.prepared", frame=f"{files}.fgb", count=count, report=report, stamp=(0, 0)
    )


def _of(change: Change, attributes: Mapping[str, Any]) -> tuple[int | None, Any, Mapping[str, Any]]:
    fid = int(change.before.feature_id) if change.before is not None else None
    return fid, change.after.geometry() if change.after is not None else None, attributes


def _rewrite(
    own: OwnLayer,
    folder: Path,
    stem: str,
    changes: Sequence[tuple[int | None, Any, Mapping[str, Any]]],
    files: str,
) -> int:
    from geodata.feature_edits import FeatureChange, rewrite

    known = [FeatureChange(*change) for change in changes]
    return rewrite(asdict(own), folder, stem, known, new_stem=files)
