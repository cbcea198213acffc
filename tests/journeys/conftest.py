"""What journeys share: a screen, and the program with a person in front of it."""

import os
from pathlib import Path

import pytest
from person import missing, person_at, screen


@pytest.fixture(scope="session")
def display():
    lacking = missing()
    if lacking and os.environ.get("CI"):
        pytest.fail(f"a real window must be driven here, but {', '.join(lacking)} is not installed")
    if lacking:
        pytest.skip(f"a real window cannot be driven here: {', '.join(lacking)} is not installed")
    with screen() as name:
        yield name


@pytest.fixture
def person(display: str, tmp_path: Path):
    """Somebody who starts the program for the first time: no panel stands where another journey left it."""
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    with person_at(display, tmp_path, "--theme", "light", environment=environment) as somebody:
        yield somebody
