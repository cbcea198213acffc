"""Measuring: the action, the menu of a place, and the tool on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from geodata.hit import Hit
from viewer.app.main_window import MainWindow
from viewer.messages import Grade, Messages
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas
    from viewer.map.tools.measure import Measure

_HOW = "Click from place to place. Enter ends, Backspace takes back, C copies, Esc leaves."


class Measuring(QObject):
    """Gives the canvas its measuring tool while the action is on."""

    def __init__(self, session: Session, window: MainWindow, messages: Messages) -> None:
        super().__init__(window)
        self._session = session
        self._messages = messages
        self._action = window.window_actions["measure"]
        self._action.toggled.connect(self._switch)
        self._canvas: Canvas | None = None
        self._tool: Measure | None = None
        window.place_menu.add_entries(self._add_entries)

    @property
    def tool(self) -> Measure | None:
        """The tool while it measures."""
        return self._tool

    def take_canvas(self, canvas: Canvas) -> None:
        """Measure on this canvas from now on."""
        self._canvas = canvas
        if self._action.isChecked():
            self._switch(True)

    def _switch(self, on: bool) -> None:
        if self._canvas is None:
            return
        self._tool = self._new_tool(self._canvas) if on else None
        self._canvas.set_drawing(self._tool)
        if on:
            self._messages.tell(_HOW, grade=Grade.HINT)

    def _new_tool(self, canvas: Canvas) -> Measure:
        from viewer.map.tools.measure import Measure

        return Measure(
            self._session,
            on_changed=canvas.viewport().update,
            on_left=lambda: self._action.setChecked(False),
            on_copy=self._copy,
        )

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._messages.tell(f"Copied: {text.partition(chr(10))[0]}", grade=Grade.HINT)

    def _add_entries(self, menu: QMenu, at: tuple[float, float], _hit: Hit | None) -> None:
        menu.addAction("Measure from here", lambda: self._begin(at))
        if self._tool is not None:
            menu.addAction("Copy the measurement", self._tool.copy)
            menu.addAction("Stop measuring", lambda: self._action.setChecked(False))

    def _begin(self, at: tuple[float, float]) -> None:
        self._action.setChecked(True)
        if self._tool is not None:
            self._tool.begin_at(*at)
