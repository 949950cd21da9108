import pytest

from bot.names import city_name


@pytest.mark.parametrize(
    ("typed", "country", "names"),
    [
        ("Brussels", "BE", ("Brussels", "Bruxelles", "Bruselas")),
        ("bruxelles", "BE", ("Brussels", "Bruxelles", "Bruselas")),
        ("New York", "US", ("New York", "New York", "Nueva York")),
        ("Geneva", "CH", ("Geneva", "Genève", "Ginebra")),
        ("The Hague", "NL", ("The Hague", "La Haye", "La Haya")),
        ("Kigali", "RW", ("Kigali", "Kigali", "Kigali")),
        # Not the capital of that country, not in the table, or no country: as it was typed.
        ("London", "CA", ("London", "London", "London")),
        ("Ljubljana pod goro", "SI", ("Ljubljana pod goro",) * 3),
        ("Brussels", None, ("Brussels",) * 3),
    ],
)
def test_a_city_is_called_as_the_reader_calls_it_and_else_as_it_was_typed(typed, country, names):
    assert tuple(city_name(typed, country, language) for language in ("en", "fr", "es")) == names
