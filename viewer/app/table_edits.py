"""Values that a person gives features of layers of their own, in a table: one cell or many rows at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import QObject

from geodata.edits import Edit
from geodata.errors import GeodataError
from viewer.app.own_layers import OwnLayers
from viewer.messages import Messages
from viewer.model import layer_edits
from viewer.model.layer_edits import TABLE
from viewer.model.own_layers import from_row
from viewer.tasks import Task


class TableEdits(QObject):
    """Writes layers with other values beside the window, each change as one step that can be taken back."""

    def __init__(self, messages: Messages, own: OwnLayers) -> None:
        super().__init__(own)
        self._messages = messages
        self._own = own
        self._tasks: list[Task] = []

    def can_edit(self, layer_id: str) -> bool:
        """Return whether a layer's values can be changed: it is the person's own, and all of it is at hand."""
        own = self._own.origin(layer_id)
        return own is not None and bool(own.frame)

    def give(self, layer_id: str, column: str, ids: Sequence[str], text: str) -> None:
        """Give features a value; an empty text is a missing one, and numbers are such where the column has numbers."""
        before = self._own.record.journal.state(TABLE).get(layer_id)
        if before is None or not ids:
            return
        folder = self._own.folder
        own, look, at = from_row(before, folder=str(folder))
        files = f"{layer_id}-{uuid.uuid4().hex[:4]}"
        fids = [int(feature) for feature in ids]

        def work() -> int:
            from geodata.feature_edits import revalue

            return revalue(
                asdict(own), folder, Path(own.prepared).stem, column, dict.fromkeys(fids, text), new_stem=files
            )

        def keep(count: int) -> None:
            if self._own.record.journal.state(TABLE).get(layer_id) != before:
                self.give(layer_id, column, ids, text)  # somebody changed it meanwhile
                return
            report = f"{own.report} Edited here since; it came from {own.path}.".strip() if own.path else own.report
            after = replace(own, path="", prepared=f"{files}.prepared", frame=f"{files}.fgb", count=count)
            after = replace(after, report=report, stamp=(0, 0))
            shown = replace(look, prepared_path=str(folder / after.prepared))
            rows = "" if len(fids) == 1 else f" of {len(fids):,} rows"
            name = f"set {column}{rows} in {look.title}"
            edit: Edit = layer_edits.edited(name, after, shown, at=at, before=before)
            self._own.record.push(edit)

        task = Task(work, self)
        self._tasks.append(task)
        task.done.connect(keep)
        task.failed.connect(self._refuse)
        task.start()

    def shutdown(self) -> None:
        """Wait for what is being written."""
        for task in self._tasks:
            task.join()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, GeodataError):
            self._messages.tell_error(error)
        else:
            self._messages.tell(f"The value could not be kept ({error}).")
