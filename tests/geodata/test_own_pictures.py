"""Pictures are rows of a document: they come with the annotation that shows them and go when nobody does."""

import json
import struct
import zlib

import pytest

from geodata.annotations import Annotation
from geodata.errors import DocumentError
from geodata.own_pictures import MOST_BYTES, PICTURES, OwnPicture, picture_of, rows_for, text_of


def png(colour=40):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"".join(b"\0" + bytes([colour, 90, 160]) * 4 for _ in range(3)))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 3, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


PICTURE = OwnPicture("pier.png", "png", png())


def note(note_id, *pictures):
    return Annotation(note_id, "A pier", "note", "own", "Body.", pictures=pictures)


def test_a_picture_comes_back_from_its_row_as_it_was():
    assert picture_of(text_of(PICTURE)) == PICTURE
    assert picture_of(text_of(PICTURE)).id == PICTURE.id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        json.dumps({"name": "a", "kind": "png", "data": "?"}),
        json.dumps({"name": "a", "kind": "svg", "data": "iVBORw0KGgo="}),
        json.dumps({"name": "a", "kind": "jpeg", "data": "iVBORw0KGgo="}),
        text_of(OwnPicture("a", "png", png()[:8] + bytes(MOST_BYTES))),
    ],
)
def test_a_row_that_is_no_picture_is_an_error_in_plain_words(text):
    with pytest.raises(DocumentError, match="picture of the document"):
        picture_of(text)


def test_a_picture_comes_with_its_first_annotation_and_goes_with_its_last():
    text = text_of(PICTURE)
    one, two = note("a", PICTURE.id), note("b", PICTURE.id)
    (come,) = rows_for(None, one, others=(), kept={}, fresh={PICTURE.id: text})
    assert come == (PICTURES, PICTURE.id, None, text)
    kept = {PICTURE.id: text}
    assert rows_for(None, two, others=(one,), kept=kept, fresh=kept) == ()
    assert rows_for(two, None, others=(one,), kept=kept, fresh=kept) == ()
    (gone,) = rows_for(one, note("a"), others=(), kept=kept, fresh=kept)
    assert gone == (PICTURES, PICTURE.id, text, None)
