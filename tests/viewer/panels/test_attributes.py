from viewer.panels.attributes import confidence_text, facts_of, origin_of


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


def test_a_zero_that_was_measured_is_shown_and_one_that_stands_for_unknown_is_not():
    facts = dict(facts_of({"elevation_m": 0, "depth_m": 0.0, "population": 0, "length_km": float("nan")}))
    assert facts == {"Elevation": "0 m", "Depth": "0 m"}


def test_the_data_s_confidence_is_said_to_be_that_of_the_place():
    rows = origin_of({"confidence": "medium", "source": "own line"}, "point")
    assert rows == (("Position", "Moderate confidence: plausible, not fully checked"), ("Data", "Own line"))
    assert origin_of({"confidence": "high"}, "line") == (("Course", "High confidence: checked against a source"),)
    assert origin_of({}, "polygon") == ()
