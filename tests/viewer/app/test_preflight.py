"""Looking a talk over by command."""

from pathlib import Path

import pytest

from viewer.app.arguments import parse
from viewer.app.preflight import look_over

RESOURCES = Path(__file__).parents[3] / "resources"
SHIPPED = RESOURCES / "stories" / "alaska-talks.toml"

ILL = """title = "Ill"
[[step]]
id = "a"
title = "A"
shown = ["roads"]
features = ["lanes/gone", "rails/a"]
annotation = "gone"
passage = "gone"
caption = "CAPTION"
"""


def test_the_talk_that_comes_with_the_map_is_ready_to_be_given(qapp, capsys):
    assert look_over(SHIPPED, resources=RESOURCES, slot_min=20) == 0
    assert "12 steps" in capsys.readouterr().out


def test_each_of_nine_planted_faults_is_named_on_a_line_of_its_own(qapp, tmp_path, capsys):
    file = tmp_path / "ill.toml"
    file.write_text(ILL.replace("CAPTION", "long " * 50), encoding="utf-8")
    assert look_over(file, resources=RESOURCES, slot_min=0.5) == 1
    said = capsys.readouterr().out
    wanted = ("slot", "layer roads", "lanes/gone", "layer rails", "annotation gone", "passage gone", "notes", "no time")
    for what in (*wanted, "caption has"):
        assert what in said
    assert len([line for line in said.splitlines() if not line.startswith("Good to know.")]) == 10
    assert "9 things to mend" in said


def test_a_story_that_is_no_toml_is_told_with_its_line(qapp, tmp_path, capsys):
    file = tmp_path / "broken.toml"
    file.write_text('title = "A"\n[[step]\n', encoding="utf-8")
    assert look_over(file, resources=RESOURCES) == 1
    assert "line 2" in capsys.readouterr().err


def test_the_slot_is_said_in_minutes_and_must_be_a_time(capsys):
    assert parse(["--preflight", "a.toml", "--slot", "7.5"]).slot_min == 7.5
    for wrong in ("soon", "0", "nan", "-3"):
        with pytest.raises(SystemExit):
            parse(["--preflight", "a.toml", f"--slot={wrong}"])
    assert "is no time" in capsys.readouterr().err
