import pytest

from geodata.errors import ReadingError
from geodata.reading.profile import profiles_of, read, write

COLUMNS = {
    "kind": ["port", "mine", "mine", None, ""],
    "people": [5, 7, None, 7, 100],
    "flag": [True, False, None, True, True],
    "share": [1.0, 2.5, 1.0, None, None],
    "mixed": [1, "one", None, None, None],
    "nothing": [None] * 5,
}


def test_a_profile_counts_what_there_is_and_what_is_missing():
    kind, people, flag, share, mixed, nothing = profiles_of(COLUMNS)
    assert (kind.common, kind.distinct, kind.missing) == ((("mine", 2), ("port", 1)), 2, 2)
    assert (people.quantiles[0], people.quantiles[-1], len(people.quantiles)) == (5.0, 100.0, 257)
    assert share.common == (("1", 2), ("2.5", 1))
    assert [profile.is_numeric for profile in (kind, people, flag, share, mixed, nothing)] == [
        False,
        True,
        False,
        True,
        False,
        False,
    ]


def test_profiles_come_back_from_their_file(tmp_path):
    profiles = profiles_of(COLUMNS)
    write(profiles, tmp_path / "a.columns")
    assert read(tmp_path / "a.columns") == profiles


@pytest.mark.parametrize("text", ["", "[7]", '[{"name": 1}]'])
def test_a_damaged_file_is_an_error_in_plain_words(tmp_path, text):
    path = tmp_path / "a.columns"
    path.write_text(text)
    with pytest.raises(ReadingError, match="is lost"):
        read(path)
