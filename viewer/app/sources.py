"""Sources of annotations: opened in the system's browser, and only by somebody who has seen the address."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from viewer.app.main_window import MainWindow
from viewer.messages import Messages
from viewer.panels.address import AddressBox, is_address

_NO_BROWSER = "No browser could be started for {}. Copy the address from the source instead."


class Sources(QObject):
    """Shows the address of a source that was clicked, and gives it to the browser after a second click.

    Parameters
    ----------
    window, messages
        Where sources are clicked, and how a failure is told.
    open_address
        Gives an address to the system; returns whether that worked.
    """

    def __init__(
        self,
        window: MainWindow,
        messages: Messages,
        *,
        open_address: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._open_address = open_address
        window.article_panel.source_chosen.connect(self.show_address)

    def show_address(self, address: str) -> None:
        """Show an address with what can be done with it; anything but http and https is left alone."""
        if not is_address(address):
            return
        box = AddressBox(address, self._window)
        box.open_requested.connect(self._open)
        box.open()

    def _open(self, address: str) -> None:
        if not self._open_address(QUrl(address)):
            self._messages.tell(_NO_BROWSER.format(address))
