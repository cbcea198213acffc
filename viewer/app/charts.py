"""Charts in the card: the figures behind the annotation that is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from geodata import series
from geodata.annotations import Annotation
from geodata.errors import GeodataError
from viewer.app.main_window import MainWindow
from viewer.messages import Grade, Messages
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.panels.chart import Chart


class ChartDesk(QObject):
    """Puts a chart into the card of an annotation that figures are known for, and saves it where the person says."""

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, facts: Path) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._facts = facts
        self._year: int | None = None
        self._chart: Chart | None = None
        session.annotation_changed.connect(self._show)
        session.theme_changed.connect(lambda _: self._show(session.annotation))

    @property
    def chart(self) -> Chart | None:
        """The chart that is shown."""
        return self._chart

    def set_year(self, year: int) -> None:
        """Put the cursors of charts of years at a year."""
        self._year = year
        if self._chart is not None:
            self._chart.set_year(year)

    def shutdown(self) -> None:
        """Close the chart; no other comes."""
        self._session.annotation_changed.disconnect(self._show)
        self._drop()

    def _show(self, annotation: Annotation | None) -> None:
        self._drop()
        wanted = series.OF_ANNOTATION.get(annotation.id) if annotation else None
        if wanted is None:
            return
        from viewer.panels.chart import Chart

        try:
            found = series.read(wanted, self._facts)
        except GeodataError as problem:
            self._messages.tell_error(problem)
            return
        self._chart = chart = Chart(found, self._session.palette)
        chart.set_year(self._year)
        chart.picture_wanted.connect(self._save_picture)
        chart.table_wanted.connect(self._save_table)
        self._window.article_panel.show_chart(chart)

    def _drop(self) -> None:
        chart, self._chart = self._chart, None
        if chart is not None:
            self._window.article_panel.show_chart(None)
            chart.shutdown()
            chart.deleteLater()

    def _save_picture(self) -> None:
        path = self._asked("Save the chart as a picture", ".png", "Picture (*.png)")
        if path is not None and self._chart is not None:
            self._tell(path, is_saved=self._chart.save_picture(path))

    def _save_table(self) -> None:
        path = self._asked("Save the figures", ".csv", "Comma-separated text (*.csv)")
        if path is None or self._chart is None:
            return
        try:
            path.write_text(self._chart.series.csv(), encoding="utf-8")
        except OSError:
            self._tell(path, is_saved=False)
        else:
            self._tell(path, is_saved=True)

    def _asked(self, title: str, ending: str, kind: str) -> Path | None:
        name = f"{self._chart.series.id}{ending}" if self._chart else ""
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, kind)
        path = Path(chosen)
        return (path if path.suffix else path.with_suffix(ending)) if chosen else None

    def _tell(self, path: Path, *, is_saved: bool) -> None:
        if is_saved:
            self._messages.tell(f"Saved: {path.name}", grade=Grade.HINT)
        else:
            self._messages.tell(f"{path.name} cannot be written there. Choose another folder.")
