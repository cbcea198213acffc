"""Everything that makes shapes and changes them, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.app.drawing import DrawingDesk
from viewer.app.file_shapes import FileShapes
from viewer.app.main_window import MainWindow
from viewer.app.note_layers import NoteLayers
from viewer.app.note_shapes import NoteShapes
from viewer.app.own_layers import OwnLayers
from viewer.app.reshaping import ReshapingDesk
from viewer.app.transfers import Transfers
from viewer.engine_client import EngineClient
from viewer.messages import Messages
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas


class ShapeBench:
    """Drawing, reshaping, and moving shapes between layers.

    Parameters
    ----------
    session, window, messages, engine
        What is shown, where the actions are, where things are told, and who knows what lies at a place.
    own, notes
        The person's layers, and their annotations on the map.

    Attributes
    ----------
    drawing : DrawingDesk
        Shapes that the person draws.
    reshaping : ReshapingDesk
        What becomes of them later.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        messages: Messages,
        engine: EngineClient,
        *,
        own: OwnLayers,
        notes: NoteLayers,
    ) -> None:
        of_notes, self._of_files = NoteShapes(session), FileShapes(session, messages, own)
        self.drawing = DrawingDesk(session, window, messages, notes=notes, files=self._of_files)
        keepers = (of_notes, self._of_files)
        self.reshaping = ReshapingDesk(session, window, messages, engine, drawing=self.drawing, keepers=keepers)
        Transfers(session, window, messages, own, desk=self.reshaping, notes=of_notes, files=self._of_files)

    def take_canvas(self, canvas: Canvas) -> None:
        """Draw and reshape on this canvas from now on."""
        self.drawing.take_canvas(canvas)
        self.reshaping.take_canvas(canvas)

    def shutdown(self) -> None:
        """Wait for what is being written."""
        self._of_files.shutdown()
