"""The pictures attached to an annotation: small, in a row, to be added and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from geodata.errors import DocumentError
from geodata.own_pictures import MOST_BYTES, OwnPicture, PictureKind, picture_of, text_of

_THUMB_PX = QSize(96, 72)
_LARGEST_PX = 2_000
_QUALITIES = (90, 80, 65, 45)
_KINDS: tuple[PictureKind, ...] = ("png", "jpeg")


class PictureBook:
    """The pictures of a document by their ids, decoded when they are first looked at."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._images: dict[str, QImage] = {}

    def add(self, picture_id: str, text: str) -> None:
        """Know a picture by the text of its row."""
        self.texts[picture_id] = text
        self._images.pop(picture_id, None)

    def image(self, picture_id: str) -> QImage | None:
        """Return a picture to look at; None where it is not known or cannot be shown."""
        if picture_id not in self._images and picture_id in self.texts:
            self._images[picture_id] = _decoded(self.texts[picture_id])
        found = self._images.get(picture_id)
        return None if found is None or found.isNull() else found

    def name(self, picture_id: str) -> str:
        """Return the name of a picture's file; empty where it is not known."""
        try:
            return picture_of(self.texts[picture_id]).name if picture_id in self.texts else ""
        except DocumentError:
            return ""


class PictureList(QWidget):
    """Small pictures, and buttons to add one and to take the chosen one away.

    Signals
    -------
    changed()
        There are other pictures.
    refused(str)
        A file that was chosen cannot be attached, and why.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, book: PictureBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._list = QListWidget()
        self._list.setViewMode(QListWidget.ViewMode.IconMode)
        self._list.setIconSize(_THUMB_PX)
        self._list.setMovement(QListWidget.Movement.Static)
        self._list.setFixedHeight(_THUMB_PX.height() + 40)
        self._list.setAccessibleName("Attached pictures")
        self._list.itemSelectionChanged.connect(self._show_usable)
        self.add, self.remove = QPushButton("Add a picture …"), QPushButton("Remove it")
        self.add.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        column.addLayout(buttons)
        self.show_pictures(())

    @property
    def pictures(self) -> tuple[str, ...]:
        """The ids of what is attached."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in items)

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of all pictures that are known, by their ids."""
        return self._book.texts

    def show_pictures(self, pictures: Sequence[str]) -> None:
        """Show these, in place of all others."""
        self._list.clear()
        for picture in pictures:
            self._append(picture)
        self._show_usable()
        self.changed.emit()

    def attach(self, path: Path) -> None:
        """Attach a picture from a file; a large one is made smaller."""
        try:
            picture = made_from(path)
        except DocumentError as error:
            self.refused.emit(str(error))
            return
        self._book.add(picture.id, text_of(picture))
        if picture.id not in self.pictures:
            self._append(picture.id)
            self._show_usable()
            self.changed.emit()

    def _append(self, picture: str) -> None:
        image = self._book.image(picture)
        item = QListWidgetItem(self._book.name(picture) or "A picture that is lost")
        if image is not None:
            item.setIcon(QIcon(QPixmap.fromImage(image.scaled(_THUMB_PX, Qt.AspectRatioMode.KeepAspectRatio))))
        item.setData(Qt.ItemDataRole.UserRole, picture)
        self._list.addItem(item)

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), "Attach a picture", "", "Pictures (*.png *.jpg *.jpeg)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.attach(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _remove(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
        self._show_usable()
        self.changed.emit()

    def _show_usable(self) -> None:
        self._list.setVisible(self._list.count() > 0)
        self.remove.setVisible(self._list.count() > 0)
        self.remove.setEnabled(bool(self._list.selectedItems()))


def made_from(path: Path) -> OwnPicture:
    """Return the picture of a PNG or JPEG file: as it is where it is small enough, else scaled down and as JPEG.

    Raises
    ------
    DocumentError
        Where the file is no picture of these kinds.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"The picture cannot be read ({error}).", where=path.name) from error
    kind = _kind_of(data)
    if kind is None:
        raise DocumentError("The file is no PNG and no JPEG picture.", where=path.name)
    image = _read(data, kind)
    if max(image.width(), image.height()) <= _LARGEST_PX and len(data) <= MOST_BYTES:
        return OwnPicture(path.name, kind, data)
    size = QSize(_LARGEST_PX, _LARGEST_PX)
    small = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    smaller = (_written(small, quality) for quality in _QUALITIES)
    return OwnPicture(path.name, "jpeg", next(data for data in smaller if len(data) <= MOST_BYTES))


def _written(image: QImage, quality: int) -> bytes:
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(written.data())


def _decoded(text: str) -> QImage:
    try:
        picture = picture_of(text)
    except DocumentError:
        return QImage()
    return _read(picture.data, picture.kind)


def _kind_of(data: bytes) -> PictureKind | None:
    for kind in _KINDS:
        if not _read(data, kind).isNull():
            return kind
    return None


def _read(data: bytes, kind: PictureKind) -> QImage:
    """Return a picture that is of this kind and no other; none where it is not."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    return reader.read()
