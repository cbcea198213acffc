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
    with person_at(display, tmp_path, "--theme", "light") as somebody:
        yield somebody
