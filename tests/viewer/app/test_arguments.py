from pathlib import Path

from viewer.app.arguments import parse


def test_names_without_an_option_are_files_to_open():
    found = parse(["--view", "-150,61,200", "a.gpkg", "my folder/b.csv"])
    assert found.files == (Path("a.gpkg"), Path("my folder/b.csv"))
    assert parse([]).files == ()
