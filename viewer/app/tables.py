"""Opens the tables of layers and ties their rows to the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from geodata import layer_files, prepared, swarm
from geodata.errors import GeodataError
from geodata.hit import Hit
from viewer import paths
from viewer.app.main_window import MainWindow
from viewer.app.map_menu import feature_camera
from viewer.app.table_edits import TableEdits
from viewer.engine.messages import FeatureAnswer
from viewer.engine_client import EngineClient
from viewer.messages import Messages
from viewer.model.layer import Layer, LayerStack
from viewer.model.table import Table, table_of
from viewer.panels.attribute_table import AttributeTable
from viewer.session import Session
from viewer.tasks import Task


class Tables(QObject):
    """One table a layer; a row that is chosen selects its feature, and a feature that is selected marks its row.

    Parameters
    ----------
    session, engine, window, messages
        What is selected, who finds features, over which window the tables stand, and through which door problems go.
    layers_folder
        Where the built-in layers lie.
    edits
        Who keeps values that are changed; None for nobody.
    """

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        window: MainWindow,
        messages: Messages,
        *,
        layers_folder: Path,
        edits: TableEdits | None = None,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._engine = engine
        self._window = window
        self._messages = messages
        self._layers_folder = layers_folder
        self._edits = edits
        self._paths: dict[str, str] = {}
        self._tables: dict[str, AttributeTable] = {}
        self._tasks: list[Task] = []
        self._asked = 0
        window.layers_panel.table_requested.connect(self.open_table)
        engine.features_answered.connect(self._take)
        session.selection_changed.connect(self._mark)
        session.stack_changed.connect(self._close_gone)
        session.stack_changed.connect(self._follow)

    def open_table(self, layer_id: str) -> None:
        """Show the table of a layer, reading its rows beside the window."""
        layer = self._session.stack.get(layer_id)
        if layer is None:
            return
        if layer_id in self._tables:
            self._tables[layer_id].raise_()
            self._tables[layer_id].activateWindow()
            return
        if layer.is_own and swarm.is_swarm(Path(_rows_of(layer))):
            self._messages.tell(
                f"{layer.title} stays in its file. Go closer: the table shows the features near the view."
            )
            return
        task = Task(self._reading(layer), self)
        self._tasks.append(task)
        task.done.connect(partial(self._show, layer_id))
        task.failed.connect(self._refuse)
        task.start()

    def shutdown(self) -> None:
        """Close all tables, and wait for what is being read."""
        for table in list(self._tables.values()):
            table.close()
        for task in self._tasks:
            task.join()
        if self._edits is not None:
            self._edits.shutdown()

    def _reading(self, layer: Layer) -> Callable[[], Table]:
        if layer.is_own:
            return lambda: table_of(prepared.read(Path(_rows_of(layer))).attributes)
        folder = self._layers_folder
        return lambda: table_of(layer_files.read(layer.id, folder, cache=paths.cache_folder).attributes)

    def _show(self, layer_id: str, table: object) -> None:
        layer = self._session.stack.get(layer_id)
        if layer is None or layer_id in self._tables or not isinstance(table, Table):
            return
        edits = self._edits if self._edits is not None and self._edits.can_edit(layer_id) else None
        shown = AttributeTable(layer_id, _title(layer), table, self._window, is_editable=edits is not None)
        self._tables[layer_id], self._paths[layer_id] = shown, layer.prepared_path
        if edits is not None:
            shown.values_given.connect(partial(edits.give, layer_id))
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.feature_chosen.connect(self._choose)
        shown.finished.connect(lambda _result: self._tables.pop(layer_id, None))
        shown.show()
        if self._session.selection is not None:
            shown.show_feature(self._session.selection.reference)

    def _follow(self, stack: LayerStack) -> None:
        """Show the rows of layers that are others now."""
        for layer_id in self._tables:
            layer = stack.get(layer_id)
            if layer is not None and layer.prepared_path != self._paths[layer_id]:
                self._paths[layer_id] = layer.prepared_path
                task = Task(self._reading(layer), self)
                self._tasks.append(task)
                task.done.connect(partial(self._take_rows, layer_id))
                task.failed.connect(self._refuse)
                task.start()

    def _take_rows(self, layer_id: str, table: object) -> None:
        shown = self._tables.get(layer_id)
        if shown is not None and isinstance(table, Table):
            shown.take_table(table)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, GeodataError):
            self._messages.tell_error(error)
        else:
            self._messages.tell(f"The table cannot be shown ({error}).")

    def _choose(self, reference: str) -> None:
        self._asked = self._engine.find_features((reference,), self._session.camera.metres_per_pixel)

    def _take(self, answer: FeatureAnswer) -> None:
        if answer.request.serial != self._asked or not answer.hits:
            return
        hit = answer.hits[0]
        self._session.select(hit)
        viewport = self._session.viewport
        if not viewport.extent.contains(hit.extent):
            self._session.fly_to(feature_camera(viewport, hit.extent))

    def _mark(self, hit: Hit | None) -> None:
        for table in self._tables.values():
            table.show_feature(hit.reference if hit else "")

    def _close_gone(self, stack: LayerStack) -> None:
        for layer_id in [layer_id for layer_id in self._tables if stack.get(layer_id) is None]:
            self._tables[layer_id].close()


def _rows_of(layer: Layer) -> str:
    """Return the file with a layer's rows: of one that stays in its file those near the view."""
    return layer.near.path if layer.near is not None else layer.prepared_path


def _title(layer: Layer) -> str:
    return f"{layer.title}, near the view" if layer.near is not None else layer.title
