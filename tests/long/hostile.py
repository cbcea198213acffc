"""Over six hundred hostile files in a real window, one after the other: it lives, answers, and says of each what it is.

`./run --long hostile` goes on where an earlier one was broken off; the record is kept in tests/record/hostile.json.
"""

import json
from contextlib import suppress
from pathlib import Path

from tests.hostile import files
from tests.hostile.window import open_all

RECORD = Path(__file__).parents[1] / "record" / "hostile.json"


def earlier():
    with suppress(OSError, ValueError, KeyError):
        return json.loads(RECORD.read_text(encoding="utf-8"))["fates"]
    return []


def write(fates):
    lived = [fate for fate in fates if "died" not in fate]
    found = {
        "files": len(fates),
        "died": len(fates) - len(lived),
        "late": sum(fate["late"] for fate in lived),
        "without_a_word": sum(not any(fate[word] for word in ("told", "asked", "layers", "is_open")) for fate in lived),
        "most_memory_mb": max((fate["memory_mb"] for fate in lived), default=0),
        "longest_without_an_answer_ms": max((fate["gap_ms"] for fate in lived), default=0),
        "fates": fates,
    }
    RECORD.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return found


def test_no_hostile_file_hurts_the_window(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "files").mkdir()
    made = files.make(tmp_path / "files")
    fates = earlier()
    left = made[len(fates) :]
    for fate in open_all(left, home):
        short = str(fate["file"]).replace(f"{tmp_path}/files/", "")
        fates.append(fate | {"file": short})
        write(fates)
    found = write(fates)
    assert found["files"] == len(made) >= 600
    assert (found["died"], found["late"], found["without_a_word"]) == (0, 0, 0)
    assert found["most_memory_mb"] <= 2_000
