"""Who has a document open is told by a file beside it."""

import json
import subprocess

import pytest

from geodata.document_lock import DocumentLock


@pytest.fixture
def file(tmp_path):
    return tmp_path / "north.arcticmap"


def test_a_lock_tells_who_has_a_document_open_and_one_of_a_dead_process_does_not(file):
    first, second = DocumentLock(file, who="ana"), DocumentLock(file, who="ben")
    assert first.take() is None
    assert second.take().who == "ana"
    second.release()
    assert second.take() is not None
    first.release()
    assert second.take() is None
    second.release()
    lock = file.with_name(f".{file.name}.lock")
    program = subprocess.Popen(["true"])
    program.wait()
    assert first.take() is None
    lock.write_text(lock.read_text().replace(f'"pid": {json.loads(lock.read_text())["pid"]}', f'"pid": {program.pid}'))
    assert second.take() is None
    second.release()
    assert not lock.exists()
