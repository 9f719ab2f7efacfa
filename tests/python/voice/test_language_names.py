from python_udfs.voice.language_names import LANGUAGE_NAMES, language_names


def test_languages_have_their_english_names_once_and_in_order():
    assert language_names(["zh", "pt", "en", "pt"]).to_pylist() == [
        {"language": "en", "language_name": "English"},
        {"language": "pt", "language_name": "Portuguese"},
        {"language": "zh", "language_name": "Chinese"},
    ]


def test_an_unknown_code_is_its_own_name_and_none_are_no_rows():
    assert language_names(["xq"]).to_pylist() == [{"language": "xq", "language_name": "xq"}]
    assert language_names([]).schema == LANGUAGE_NAMES
