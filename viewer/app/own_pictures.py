"""The pictures of the person's annotations: kept in the document, shown in the card and in the form."""

from __future__ import annotations

from PySide6.QtCore import QObject

from geodata.edits import Row
from geodata.own_pictures import PICTURES
from viewer.app.annotating import Annotating
from viewer.app.main_window import MainWindow
from viewer.app.record import Record
from viewer.messages import Messages


class OwnPictures(QObject):
    """Lets the form and the card know what pictures the document holds."""

    def __init__(self, window: MainWindow, messages: Messages, record: Record, annotating: Annotating) -> None:
        super().__init__(window)
        self._book = annotating.book
        window.article_panel.card.book = self._book
        annotating.form.pictures.refused.connect(messages.tell)
        record.show_with(PICTURES, self._show)
        self._show(tuple(Row(PICTURES, key, None, text) for key, text in record.journal.state(PICTURES).items()))

    def _show(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            if row.after is not None:
                self._book.add(row.id, row.after)
