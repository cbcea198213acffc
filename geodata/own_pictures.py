"""Pictures attached to a person's annotations, as rows of a document; each is known by what it shows."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from geodata.annotations import Annotation
from geodata.edits import Row
from geodata.errors import DocumentError

PICTURES = "pictures"
"""The table of rows that hold pictures."""

MOST_BYTES = 3_000_000
"""How large a picture in a document gets."""

PictureKind = Literal["png", "jpeg"]
_STARTS: dict[PictureKind, bytes] = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture.

    Attributes
    ----------
    name : str
        Of the file that it came from.
    kind : {"png", "jpeg"}
        How its bytes are to be read.
    data : bytes
        At most `MOST_BYTES`.
    """

    name: str
    kind: PictureKind
    data: bytes

    @property
    def id(self) -> str:
        """The same for the same bytes, in every document."""
        return hashlib.sha256(self.data).hexdigest()[:24]


def text_of(picture: OwnPicture) -> str:
    """Return a picture as the text of its row."""
    members = {"name": picture.name, "kind": picture.kind, "data": base64.b64encode(picture.data).decode()}
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))


def picture_of(text: str) -> OwnPicture:
    """Return the picture of a row; whether its bytes can be shown is not looked at.

    Raises
    ------
    DocumentError
        Where the row is none, is too large, or is not of the kind it says.
    """
    try:
        members: dict[str, Any] = json.loads(text)
        data = base64.b64decode(members["data"], validate=True)
        kind: PictureKind = "png" if members["kind"] == "png" else "jpeg"
        picture = OwnPicture(str(members["name"]), kind, data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(f"A picture of the document cannot be read ({error}).") from error
    if members["kind"] != kind or not data.startswith(_STARTS[kind]) or len(data) > MOST_BYTES:
        raise DocumentError("A picture of the document is no PNG or JPEG, or too large.", where=picture.name)
    return picture


def rows_for(
    before: Annotation | None,
    after: Annotation | None,
    *,
    others: Iterable[Annotation],
    kept: Mapping[str, str],
    fresh: Mapping[str, str],
) -> tuple[Row, ...]:
    """Return the rows that bring the pictures of a changed annotation, and take away those nobody shows any more.

    Parameters
    ----------
    before, after
        The annotation as it was and will be; None is not there.
    others
        All other annotations of the person's.
    kept, fresh
        The texts of pictures by their ids: those in the document, and those that may come.
    """
    shown = set(after.pictures) if after is not None else set[str]()
    elsewhere = {picture for note in others for picture in note.pictures}
    gone = (set(before.pictures) if before is not None else set[str]()) - shown - elsewhere
    come = [Row(PICTURES, key, None, fresh[key]) for key in sorted(shown) if key not in kept and key in fresh]
    return (*come, *(Row(PICTURES, key, kept[key], None) for key in sorted(gone) if key in kept))
