from pathlib import Path

import pytest

from geodata import catalogue
from geodata.errors import CatalogueError

ENTRY = """
[[layer]]
id = "{id}"
title = "Land"
group = "Base map"
source = "Natural Earth"
licence = "Public domain"
vintage = "2018"
attribution = "Made with Natural Earth"
style = {{ kind = "fill" }}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_layers_come_in_the_order_they_are_written(tmp_path):
    read = catalogue.read(written(tmp_path, ENTRY.format(id="b") + ENTRY.format(id="a")))
    assert [source.id for source in read.sources] == ["b", "a"]


def test_a_credit_shared_by_layers_is_given_once(tmp_path):
    read = catalogue.read(written(tmp_path, ENTRY.format(id="b") + ENTRY.format(id="a")))
    assert read.attribution == ("Made with Natural Earth",)


def test_an_entry_without_a_licence_is_left_out_and_named_while_the_others_stand(tmp_path):
    broken = ENTRY.format(id="broken").replace('licence = "Public domain"\n', "")
    read = catalogue.read(written(tmp_path, ENTRY.format(id="whole") + broken))
    assert [source.id for source in read.sources] == ["whole"]
    assert "layer 2 (broken)" in str(read.problems[0])
    assert "licence" in str(read.problems[0])


def test_an_id_used_twice_is_told(tmp_path):
    read = catalogue.read(written(tmp_path, ENTRY.format(id="a") * 2))
    assert len(read.sources) == 1
    assert "twice" in str(read.problems[0])


def test_an_unknown_key_is_told_by_name(tmp_path):
    read = catalogue.read(written(tmp_path, ENTRY.format(id="a") + 'colour = "red"\n'))
    assert "'colour'" in str(read.problems[0])


def test_broken_toml_names_file_and_line(tmp_path):
    path = written(tmp_path, ENTRY.format(id="a") + "id = \n")
    with pytest.raises(CatalogueError, match="line 11") as caught:
        catalogue.read(path)
    assert str(path) in str(caught.value)


def test_a_missing_catalogue_says_which_file(tmp_path):
    with pytest.raises(CatalogueError, match="absent"):
        catalogue.read(tmp_path / "absent.toml")


@pytest.mark.parametrize("id_", ['["a"]', "3", "{ a = 1 }", '"../a"', '""'])
def test_an_id_that_is_none_leaves_one_layer_out_and_names_its_line(tmp_path, id_):
    broken = ENTRY.format(id="broken").replace('id = "broken"', f"id = {id_}")
    read = catalogue.read(written(tmp_path, ENTRY.format(id="whole") + broken))
    assert [source.id for source in read.sources] == ["whole"]
    assert "line 12, layer 2" in str(read.problems[0])


@pytest.mark.parametrize("line", ["title = 3", "licence = []", 'style = "fill"', "note = { a = 1 }"])
def test_a_value_of_the_wrong_kind_leaves_one_layer_out(tmp_path, line):
    key = line.split(" ")[0]
    lines = [known for known in ENTRY.format(id="broken").splitlines() if not known.startswith(f"{key} ")]
    read = catalogue.read(written(tmp_path, ENTRY.format(id="whole") + "\n".join([*lines, line])))
    assert [source.id for source in read.sources] == ["whole"]
    assert f"{key} must be" in str(read.problems[0])


@pytest.mark.parametrize("text", ["", "# nothing\n", "layer = []", "layer = 3", "layers = []"])
def test_a_catalogue_without_layers_is_told(tmp_path, text):
    with pytest.raises(CatalogueError, match=r"layer"):
        catalogue.read(written(tmp_path, text))


def test_a_catalogue_that_is_no_text_says_where(tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_bytes(b"[[layer]]\n\xff\xfe\x00")
    with pytest.raises(CatalogueError, match="byte 11") as caught:
        catalogue.read(path)
    assert caught.value.advice


@pytest.mark.parametrize("broken", ['title = "', "[layer.style", "id = ", "\0", "]]"])
def test_an_entry_that_is_no_toml_costs_only_itself_and_names_its_line(tmp_path, broken):
    path = written(tmp_path, ENTRY.format(id="a") + ENTRY.format(id="b") + broken + "\n" + ENTRY.format(id="c"))
    read = catalogue.read(path)
    assert [source.id for source in read.sources] == ["a", "c"]
    (problem,) = read.problems
    assert str(path) in str(problem)
    assert "line 2" in problem.what or "line 12" in problem.where


def test_bytes_that_are_no_text_cost_only_their_entry(tmp_path):
    path = written(tmp_path, ENTRY.format(id="a") + ENTRY.format(id="b"))
    path.write_bytes(path.read_bytes().replace(b'"b"', b'"\xff"'))
    read = catalogue.read(path)
    assert [source.id for source in read.sources] == ["a"]
    assert len(read.problems) == 1
