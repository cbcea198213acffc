"""Names on the map are made of attributes."""

import pytest

from viewer.model.label_text import texts_of

ATTRIBUTES = {
    "name": ["Nome", "Eagle"],
    "field:people": [3_699, None],
    "field:share": [0.5, None],
    "field:name": ["N", ""],
}


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("name", ["Nome", "Eagle"]),
        ("{people}", ["3699", ""]),
        ("{name}: {people} people", ["N: 3699 people", ""]),
        ("{share} of {gone}", ["0.5 of", ""]),
        ("{gone}", None),
        ("gone", None),
    ],
)
def test_an_expression_names_each_feature(expression, texts):
    assert texts_of(expression, ATTRIBUTES) == texts
