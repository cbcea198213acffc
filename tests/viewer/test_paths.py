import os
import sys
from pathlib import Path

import pytest

from viewer import paths


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    paths._can_be_written.cache_clear()
    yield tmp_path
    paths._can_be_written.cache_clear()


def test_a_checkout_finds_its_own_resources():
    root = Path(__file__).parents[2]
    assert paths.resources() == root / "resources"
    assert paths.checkout() == root


def test_an_installed_package_finds_the_resources_inside_itself(tmp_path, monkeypatch):
    (tmp_path / "viewer" / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "viewer" / "paths.py"))
    assert paths.resources() == tmp_path / "viewer" / "resources"
    assert paths.checkout() is None


def test_a_frozen_program_finds_the_resources_it_was_frozen_with(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    assert paths.checkout() is None


def test_folders_follow_the_xdg_defaults_below_the_home_folder(home):
    assert paths.config_folder() == home / ".config/arctic-map-viewer"
    assert paths.data_folder() == home / ".local/share/arctic-map-viewer"
    assert paths.cache_folder() == home / ".cache/arctic-map-viewer"
    assert paths.state_folder() == home / ".local/state/arctic-map-viewer"
    assert paths.log_folder() == home / ".local/state/arctic-map-viewer/log"
    assert paths.home_problem() is None


def test_folders_are_made_and_left_empty(home):
    made = paths.cache_folder()
    assert made is not None
    assert list(made.iterdir()) == []


def test_an_xdg_variable_moves_a_folder_unless_it_is_relative(home, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "elsewhere"))
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert paths.cache_folder() == home / "elsewhere/arctic-map-viewer"
    assert paths.config_folder() == home / ".config/arctic-map-viewer"


def test_a_home_that_cannot_be_written_to_gives_no_folders_and_one_sentence(home, monkeypatch):
    blocked = home / "not-a-folder"
    blocked.write_text("a file where the home folder should be: not even root can write below it")
    monkeypatch.setenv("HOME", str(blocked))
    assert paths.config_folder() is None
    assert paths.cache_folder() is None
    assert paths.log_folder() is None
    problem = paths.home_problem()
    assert problem is not None
    assert str(blocked) in problem
    assert "settings, maps, the cache and the window" in problem


def test_one_blocked_folder_is_named_and_the_others_still_work(home):
    (home / ".cache").write_text("")
    assert paths.cache_folder() is None
    assert paths.config_folder() is not None
    problem = paths.home_problem()
    assert problem is not None
    assert str(home / ".cache/arctic-map-viewer") in problem
    assert "so the cache will not be kept" in problem


def test_a_person_without_a_home_folder_is_served_without_folders(home, monkeypatch):
    def no_home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(paths.Path, "home", no_home)
    assert paths.data_folder() is None
    assert "the home folder cannot be written to" in (paths.home_problem() or "").lower()


def test_folders_follow_the_customs_of_macos(home, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert paths.folder("config") == home / "Library/Application Support/Arctic Map Viewer"
    assert paths.folder("cache") == home / "Library/Caches/Arctic Map Viewer"
    assert paths.folder("log") == home / "Library/Logs/Arctic Map Viewer"


def test_folders_follow_the_customs_of_windows(home, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(home / "Roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "Local"))
    assert paths.folder("config") == home / "Roaming/Arctic Map Viewer"
    assert paths.folder("cache") == home / "Local/Arctic Map Viewer/Cache"
    assert paths.folder("log") == home / "Local/Arctic Map Viewer/Log"


def test_the_tests_themselves_write_into_no_real_home():
    assert "arctic-tests-" in os.environ["HOME"]
    assert str(paths.folder("data")).startswith(os.environ["HOME"])
