from datetime import date

import pytest

from bot.languages import LANGUAGES
from bot.timeparse import parse_day
from tests.timeparse.asking import BRUSSELS, NOW, sentence

READ = {
    "2027-03-12": (2027, 3, 12),
    "2027-3-1": (2027, 3, 1),
    "20270312": (2027, 3, 12),
    "12 March 2027": (2027, 3, 12),
    "March 12, 2027": (2027, 3, 12),
    "12 mars 2027": (2027, 3, 12),
    "1er mai 2027": (2027, 5, 1),
    "12 de marzo de 2027": (2027, 3, 12),
    "1.º de mayo de 2027": (2027, 5, 1),
    "first of May 2027": (2027, 5, 1),
    "Friday 12 March 2027": (2027, 3, 12),
    "el viernes 12 de marzo de 2027": (2027, 3, 12),
    "29 février 2028": (2028, 2, 29),
    "31/12/2027": (2027, 12, 31),
    "today": (2026, 11, 18),
    "demain": (2026, 11, 19),
    "mañana": (2026, 11, 19),
    "hier": (2026, 11, 17),
    "vendredi": (2026, 11, 20),
    "in two weeks": (2026, 12, 2),
    "dans un mois": (2026, 12, 18),
    "in 1 day": (2026, 11, 19),
    "in one day": (2026, 11, 19),
    "in a day": (2026, 11, 19),
    "dans un jour": (2026, 11, 19),
    "dans 1 jour": (2026, 11, 19),
    "en un día": (2026, 11, 19),
    "dentro de un día": (2026, 11, 19),
    "d'ici un jour": (2026, 11, 19),
    "1 day from now": (2026, 11, 19),
    "in twelve days": (2026, 11, 30),
    "dans onze jours": (2026, 11, 29),
    "dans 8 jours": (2026, 11, 26),
    "dans 15 jours": (2026, 12, 3),
    "in a week": (2026, 11, 25),
    "dans une semaine": (2026, 11, 25),
    "en una semana": (2026, 11, 25),
    "in one month": (2026, 12, 18),
    "el día 12 de marzo de 2027": (2027, 3, 12),
}

ASKED_BACK = {
    "": "Type a date, such as 2026-11-19.",
    "some day": "“some day” was not understood; type a date, such as 2026-11-19.",
    "12/03/2027": "“12/03/2027” can mean Friday 12 March 2027 or Friday 3 December 2027; "
    "type 2027-03-12 or 2027-12-03 for the day.",
    "12.03.2027": "“12.03.2027” can mean Friday 12 March 2027 or Friday 3 December 2027; "
    "type 2027-03-12 or 2027-12-03 for the day.",
    "29 February 2027": "The day in “29 February 2027” does not exist: the last of February 2027 is "
    "28 February 2027; type a day of that month.",
    "12 March 2027 15:00": "Only a date is needed here, without a time: "
    "type 2027-03-12 instead of “12 March 2027 15:00”.",
    "mercredi": "“mercredi” can mean Wednesday 18 November 2026 or Wednesday 25 November 2026; "
    "type 2026-11-18 or 2026-11-25 for the day.",
    "dans quinze jours": "“dans quinze jours” can mean Wednesday 2 December 2026 or Thursday 3 December 2026; "
    "type 2026-12-02 or 2026-12-03 for the day.",
    "en ocho días": "“en ocho días” can mean Wednesday 25 November 2026 or Thursday 26 November 2026; "
    "type 2026-11-25 or 2026-11-26 for the day.",
    "12/03": "“12/03” has no year; add it in four digits, such as 2027.",
    "31 December": "“31 December” has no year; add it in four digits, such as 2026.",
    "12 March 27": "Type the year of “12 March 27” in four digits, such as 2026.",
    "marzo 2027": "“marzo 2027” has no day of the month; add it before the month.",
    "2040-01-01": "“2040-01-01” is more than ten years from today; check the year and type it again.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", READ)
def test_typed_days_are_read_in_every_language(typed, language):
    assert parse_day(typed, now=NOW, zone=BRUSSELS, language=language) == date(*READ[typed])


@pytest.mark.parametrize("typed", ASKED_BACK)
def test_doubt_is_asked_back_in_a_sentence(typed):
    assert sentence(lambda: parse_day(typed, now=NOW, zone=BRUSSELS, language="en")) == ASKED_BACK[typed]


def test_today_is_the_day_in_the_zone():
    assert parse_day("today", now=NOW, zone="Pacific/Kiritimati", language="en") == date(2026, 11, 19)
    assert parse_day("today", now=NOW, zone="Pacific/Pago_Pago", language="en") == date(2026, 11, 17)
