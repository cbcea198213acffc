from viewer.panels.attributes import confidence_text, facts_of


def test_columns_have_labels_and_numbers_have_units():
    facts = dict(facts_of({"length_km": 6165, "country": "USA;RUS", "commodity": "nickel;copper", "width_ft": 200}))
    assert facts == {
        "Country": "United States, Russia",
        "Commodity": "Nickel, copper",
        "Length": "6\u202f165 km",
        "Width": "61 m (200 ft)",
    }


def test_what_is_meant_for_the_program_stays_out():
    assert facts_of({"id": "x", "rank": 3, "left": "a", "short_name": "b"}) == ()


def test_empty_values_stay_out():
    assert facts_of({"status": "", "operator": None, "population": 0}) == ()


def test_a_value_that_is_no_number_is_shown_as_it_is():
    assert facts_of({"length_km": "unknown"}) == (("Length", "unknown"),)


def test_confidence_is_told_in_words():
    assert confidence_text({"confidence": "schematic"}) == "Schematic: drawn by hand, not for navigation"
    assert confidence_text({"confidence": ""}) == ""


def test_what_came_with_a_persons_file_is_shown_as_it_stands_there():
    attributes = {
        "id": "7",
        "name": "x",
        "kind": "no",
        "field:kind": "a_b",
        "field:id": 12345,
        "field:w": 0.1,
        "field:n": None,
    }
    assert facts_of(attributes) == (("kind", "a_b"), ("id", "12345"), ("w", "0.1"))
