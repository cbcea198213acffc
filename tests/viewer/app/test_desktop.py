import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from geodata.errors import GeodataError
from viewer import paths
from viewer.app import desktop


@pytest.fixture
def share(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share"


def values_of(entry):
    lines = entry.read_text().splitlines()
    assert lines[0] == "[Desktop Entry]"
    return dict(line.split("=", 1) for line in lines[1:])


def test_a_checkout_gets_an_entry_that_opens_its_own_run(share):
    told = desktop.install_desktop()
    entry = share / "applications/arctic-map-viewer.desktop"
    values = values_of(entry)
    root = Path(__file__).parents[3]
    assert values["Exec"] == values["TryExec"] == str(root / "run")
    assert os.access(values["Exec"], os.X_OK)
    assert str(entry) in told
    assert "@" not in entry.read_text()


def test_the_entry_names_an_icon_that_is_there_and_is_a_drawing(share):
    desktop.install_desktop()
    icon = Path(values_of(share / "applications/arctic-map-viewer.desktop")["Icon"])
    assert icon.is_relative_to(share)
    assert ElementTree.parse(icon).getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_installing_twice_is_no_error(share):
    assert desktop.install_desktop() == desktop.install_desktop()


def test_a_path_without_special_characters_stays_unquoted():
    assert desktop.quoted("/home/mira/arctic/run") == "/home/mira/arctic/run"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/home/mira/my maps/run", '"/home/mira/my maps/run"'),
        ("/home/50%/run", "/home/50%%/run"),
        ('/a"b/run', r'"/a\\"b/run"'),
        ("/a$b/run", r'"/a\\$b/run"'),
    ],
)
def test_a_path_with_special_characters_is_quoted_as_the_specification_says(path, value):
    assert desktop.quoted(path) == value


def test_a_blocked_folder_is_named_in_the_error(share):
    share.write_text("a file where the folder should be")
    with pytest.raises(GeodataError) as caught:
        desktop.install_desktop()
    assert str(share) in str(caught.value)


def test_another_system_gets_advice_instead_of_an_entry(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(GeodataError) as caught:
        desktop.install_desktop()
    assert "shortcut" in str(caught.value)


def test_an_installed_program_is_opened_by_its_own_command(share, tmp_path, monkeypatch):
    command = tmp_path / "arctic-viewer"
    command.touch(mode=0o755)
    monkeypatch.setattr(paths, "checkout", lambda: None)
    monkeypatch.setattr(sys, "argv", [str(command)])
    assert desktop.program() == command


def test_installing_needs_no_qt():
    code = "import sys, viewer.app.desktop; print([name for name in sys.modules if name.startswith('PySide6')])"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
