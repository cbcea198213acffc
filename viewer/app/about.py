"""What the program is, and whose data the map is made of."""

from __future__ import annotations

import html

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from geodata.catalogue import Catalogue
from viewer import __version__, paths

_SIZE_PX = (560, 480)
_SHARE = 0.9  # of the screen, at most


class About(QDialog):
    """Name, version and all credits; it blocks nothing, and Esc closes it."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About and credits")
        self.setModal(False)
        page = QTextBrowser()
        page.setObjectName("page")
        page.setAccessibleName("About and credits")
        page.setHtml(about_html(catalogue))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(page, 1)
        column.addWidget(buttons)
        room = self.screen().availableSize() * _SHARE
        self.resize(min(_SIZE_PX[0], room.width()), min(_SIZE_PX[1], room.height()))


def about_html(catalogue: Catalogue) -> str:
    """Return the page: what must be credited first, then the source and licence of every layer."""
    credits_ = "".join(f"<li>{html.escape(credit)}</li>" for credit in catalogue.attribution)
    layers = "".join(
        f"<li><b>{html.escape(source.title)}</b>: {html.escape(source.source)} ({html.escape(source.licence)})</li>"
        for source in catalogue.sources
    )
    head = f"<h2>{html.escape(paths.TITLE)}</h2><p>Version {html.escape(__version__)}</p>"
    return f"{head}<h3>Credits</h3><ul>{credits_}</ul><h3>Layers</h3><ul>{layers}</ul>"
