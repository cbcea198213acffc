"""The engines that paint the pictures."""

from pathlib import Path

import pytest

from tests.pictures import small_map
from viewer.engine.engine import Engine


@pytest.fixture(scope="package")
def small_engine(qapp, tmp_path_factory) -> Engine:
    """An engine over the small map."""
    resources = tmp_path_factory.mktemp("small")
    small_map.write(resources)
    engine = Engine(resources)
    assert engine.problems == []
    return engine


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether the pictures of this run are approved as they are."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="package")
def pictures_folder() -> Path:
    """The folder that holds a folder for each scene."""
    return Path(__file__).parent
