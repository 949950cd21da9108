from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.errors import UserError
from bot.languages import LANGUAGES
from bot.timeparse import parse_deadline, parse_instant, require_future
from tests.timeparse.asking import BRUSSELS, NOW, sentence

READ = {
    # typed in Brussels on Wednesday 18 November 2026 at 11:00: the instant in UTC
    "2027-03-12 15:00": "2027-03-12 14:00",
    "2027-03-12T15:00": "2027-03-12 14:00",
    "2027-07-12 15:00": "2027-07-12 13:00",
    "20270312T1500": "2027-03-12 14:00",
    "20270312T150000Z": "2027-03-12 15:00",
    "12 March 2027 3pm": "2027-03-12 14:00",
    "March 12th, 2027 at 3 p.m.": "2027-03-12 14:00",
    "12-Mar-2027 3:30 PM": "2027-03-12 14:30",
    "12/Mar/2027 15:00": "2027-03-12 14:00",
    "3pm on Friday 12 March 2027": "2027-03-12 14:00",
    "12 mars 2027 15h": "2027-03-12 14:00",
    "12 mars 2027 15h30": "2027-03-12 14:30",
    "12 mars 2027 15 h 30": "2027-03-12 14:30",
    "15h le 12 mars 2027": "2027-03-12 14:00",
    "le vendredi 12 mars 2027 à 15 heures": "2027-03-12 14:00",
    "1er mai 2027 à midi": "2027-05-01 10:00",
    "12 août 2027 9h05": "2027-08-12 07:05",
    "12 aout 2027 9h05": "2027-08-12 07:05",
    "12 févr. 2027 15h": "2027-02-12 14:00",
    "12 de marzo de 2027 15:00": "2027-03-12 14:00",
    "12 de marzo de 2027 a las 3 pm": "2027-03-12 14:00",
    "12 de marzo de 2027 a las 3 p. m.": "2027-03-12 14:00",
    "viernes 12 de marzo de 2027 a las 3 de la tarde": "2027-03-12 14:00",
    "1 de setiembre de 2027, 15:00 hs": "2027-09-01 13:00",
    "13/04/2027 15:00": "2027-04-13 13:00",
    "04/13/2027 15:00": "2027-04-13 13:00",
    "04/04/2027 15:00": "2027-04-04 13:00",
    "2027/03/12 15.30": "2027-03-12 14:30",
    "tomorrow 14:00": "2026-11-19 13:00",
    "demain 14h": "2026-11-19 13:00",
    "mañana 14:00": "2026-11-19 13:00",
    "manana a las 14": "2026-11-19 13:00",
    "mañana a las 9 de la mañana": "2026-11-19 08:00",
    "pasado mañana 15:00": "2026-11-20 14:00",
    "après-demain à 15h": "2026-11-20 14:00",
    "the day after tomorrow at noon": "2026-11-20 11:00",
    "demain après-midi à 15h": "2026-11-19 14:00",
    "tomorrow evening at 8": "2026-11-19 19:00",
    "ce soir à 20h": "2026-11-18 19:00",
    "8pm tonight": "2026-11-18 19:00",
    "today 18:00": "2026-11-18 17:00",
    "aujourd\u2019hui 18h": "2026-11-18 17:00",
    "hoy 18:00": "2026-11-18 17:00",
    "yesterday 18:00": "2026-11-17 17:00",
    "next Tuesday 15:00": "2026-11-24 14:00",
    "mardi prochain à 15h": "2026-11-24 14:00",
    "el próximo martes a las 15:00": "2026-11-24 14:00",
    "el martes que viene 15:00": "2026-11-24 14:00",
    "Friday 15:00": "2026-11-20 14:00",
    "SAMEDI 15H": "2026-11-21 14:00",
    "sábado 15:00": "2026-11-21 14:00",
    "this Friday 15:00": "2026-11-20 14:00",
    "in 2 days 15:00": "2026-11-20 14:00",
    "dans deux semaines à 15h": "2026-12-02 14:00",
    "en 2 meses a las 15:00": "2027-01-18 14:00",
    "in 1 day at 15:00": "2026-11-19 14:00",
    "dans un jour à 15h": "2026-11-19 14:00",
    "en un día a las 15:00": "2026-11-19 14:00",
    "mañana a las 3 y media de la tarde": "2026-11-19 14:30",
    "mañana a las tres y media de la tarde": "2026-11-19 14:30",
    "mañana, 3 y media de la tarde": "2026-11-19 14:30",
    "mañana a las 4 menos cuarto de la tarde": "2026-11-19 14:45",
    "mañana a la una menos cuarto de la tarde": "2026-11-19 11:45",
    "mañana a la 1 y cuarto de la tarde": "2026-11-19 12:15",
    "mañana a las tres y diez de la tarde": "2026-11-19 14:10",
    "mañana a las 15 y media": "2026-11-19 14:30",
    "mañana a las nueve de la mañana": "2026-11-19 08:00",
    "mañana a las doce del mediodía": "2026-11-19 11:00",
    "mañana a la 1 del mediodía": "2026-11-19 12:00",
    "12 de marzo de 2027 a las 15.30 h": "2027-03-12 14:30",
    "2027-03-12 15.30h": "2027-03-12 14:30",
    "demain à 15 heures et demie": "2026-11-19 14:30",
    "demain à quinze heures": "2026-11-19 14:00",
    "demain à trois heures et demie de l'après-midi": "2026-11-19 14:30",
    "demain à 16 h moins le quart": "2026-11-19 14:45",
    "demain à 15 h et quart": "2026-11-19 14:15",
    "demain à 16h moins dix": "2026-11-19 14:50",
    "demain à midi et demi": "2026-11-19 11:30",
    "demain à midi moins le quart": "2026-11-19 10:45",
    "tomorrow at half past three pm": "2026-11-19 14:30",
    "half past 3 in the afternoon tomorrow": "2026-11-19 14:30",
    "tomorrow at quarter to 4 pm": "2026-11-19 14:45",
    "tomorrow at a quarter past 3 p.m.": "2026-11-19 14:15",
    "tomorrow at twenty-five to four in the afternoon": "2026-11-19 14:35",
    "tomorrow at 10 minutes past 3pm": "2026-11-19 14:10",
    "tomorrow evening at half past eight": "2026-11-19 19:30",
    "tomorrow at half past noon": "2026-11-19 11:30",
    "tomorrow at three pm": "2026-11-19 14:00",
    "tomorrow, 12 noon": "2026-11-19 11:00",
    "2027-03-12 15:00 UTC": "2027-03-12 15:00",
    "2027-03-12T15:00:00Z": "2027-03-12 15:00",
    "2027-03-12 15:00 +02:00": "2027-03-12 13:00",
    "2027-03-12 15:00 \u221205:00": "2027-03-12 20:00",
    "2027-03-12T10:00:00-11:00": "2027-03-12 21:00",
    "2027-03-12 15:00 (UTC+5:30)": "2027-03-12 09:30",
    "12 March 2027, 15:00, New York": "2027-03-12 20:00",
    "12 mars 2027 15h heure de Paris": "2027-03-12 14:00",
    "2027-03-12 15:00 America/Bogota": "2027-03-12 20:00",
    "2027-10-31 02:30 +02:00": "2027-10-31 00:30",
    "2027-10-31 02:30 +01:00": "2027-10-31 01:30",
    "<t:1800000000:F>": "2027-01-15 08:00",
    "<t:1800000000>": "2027-01-15 08:00",
}

WAITS = {
    "in 3 hours": 180,
    "dans 3 heures": 180,
    "en 3 horas": 180,
    "dentro de 3 horas": 180,
    "in an hour": 60,
    "dans 1h30": 90,
    "dans une heure et demie": 90,
    "en media hora": 30,
    "in 90 minutes": 90,
    "in 1,5 hours": 90,
    "in 1.5 hours": 90,
    "dans 1,5 heure": 90,
    "en 1,5 horas": 90,
    "in one hour": 60,
    "en una hora": 60,
    "in twenty minutes": 20,
    "dans quinze minutes": 15,
    "en cuarenta minutos": 40,
    "in three quarters of an hour": 45,
    "dans un quart d'heure": 15,
    "en tres cuartos de hora": 45,
    "dans une heure et quart": 75,
    "dans trois heures et demie": 210,
    "en dos horas y media": 150,
    "in twelve hours": 720,
    "3 hours from now": 180,
}

ASKED_BACK = {
    "": "Type a date and a time, such as 2026-11-19 15:00 or “tomorrow 14:00”.",
    "soon": "“soon” was not understood; type a date and a time, such as 2026-11-19 15:00 or “tomorrow 14:00”.",
    "12 March 2027": "“12 March 2027” has no time of day; add it, such as 2027-03-12 15:00.",
    "demain": "“demain” has no time of day; add it, such as 2026-11-19 15:00.",
    "in 2 days": "“in 2 days” has no time of day; add it, such as 2026-11-20 15:00.",
    "15:00": "“15:00” has no date; put it before the time, such as 2026-11-19 15:00.",
    "3pm": "“3pm” has no date; put it before the time, such as 2026-11-19 15:00.",
    "03/04/2027 15:00": "“03/04/2027 15:00” can mean Thursday 4 March 2027 or Saturday 3 April 2027; "
    "type 2027-03-04 or 2027-04-03 for the day.",
    "31 February 2027 15:00": "The day in “31 February 2027 15:00” does not exist: the last of February 2027 is "
    "28 February 2027; type a day of that month.",
    "2027-03-28 02:30": "On 28 March 2027 the clocks in Brussels go from 02:00 to 03:00, so 02:30 does not exist; "
    "type 2027-03-28 01:30 or 2027-03-28 03:30.",
    "2027-10-31 02:30": "On 31 October 2027 the clocks in Brussels go back and show 02:30 twice; "
    "type 2027-10-31 02:30 +02:00 for the first or 2027-10-31 02:30 +01:00 for the second.",
    "Wednesday 15:00": "“Wednesday 15:00” can mean Wednesday 18 November 2026 or Wednesday 25 November 2026; "
    "type 2026-11-18 or 2026-11-25 for the day.",
    "next Thursday 15:00": "“next Thursday 15:00” can mean Thursday 19 November 2026 or Thursday 26 November 2026; "
    "type 2026-11-19 or 2026-11-26 for the day.",
    "ce lundi 15h": "“ce lundi 15h” can mean Monday 16 November 2026 or Monday 23 November 2026; "
    "type 2026-11-16 or 2026-11-23 for the day.",
    "Tuesday 12 March 2027 15:00": "The weekday in “Tuesday 12 March 2027 15:00” is not that of its date, "
    "which is Friday 12 March 2027; correct the one or the other.",
    "12 March 15:00": "“12 March 15:00” has no year; add it in four digits, such as 2027.",
    "12/03/27 15:00": "Type the year of “12/03/27 15:00” in four digits, such as 2026.",
    "March 2027 15:00": "“March 2027 15:00” has no day of the month; add it before the month.",
    "12 March 2047 15:00": "“12 March 2047 15:00” is more than ten years from today; check the year and type it again.",
    "12 March 1999 15:00": "“12 March 1999 15:00” is more than ten years from today; check the year and type it again.",
    "2027-03-12 25:00": "“2027-03-12 25:00” has a time that no clock shows; "
    "type it from 00:00 to 23:59, such as 15:00 or 3pm.",
    "2027-03-12 13pm": "“2027-03-12 13pm” has a time that no clock shows; "
    "type it from 00:00 to 23:59, such as 15:00 or 3pm.",
    "mañana a las 9": "“mañana a las 9” can mean 09:00 or 21:00; type one of them.",
    "demain à minuit": "Midnight in “demain à minuit” can begin the day or end it; "
    "type 00:00 for its beginning or 23:59 for its end.",
    "2027-03-12 14:00 - 15:00": "“2027-03-12 14:00 - 15:00” has more than one time in it; type only one.",
    "2027-03-12 10:00-11:00": "“2027-03-12 10:00-11:00” can be two times or a time with its offset from UTC; "
    "type the first time alone, or put a space before the offset.",
    "2027-03-12 15:00 +19:00": "“2027-03-12 15:00 +19:00” has an offset from UTC that no place uses; "
    "type one from -12:00 to +14:00, or leave it out.",
    "2027-03-12 15:00 CET": "“2027-03-12 15:00 CET” can mean several time zones; "
    "type a city in yours, such as Brussels, Algiers.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", READ)
def test_typed_times_are_read_in_every_language(typed, language):
    instant = parse_instant(typed, BRUSSELS, now=NOW, language=language)
    assert instant == datetime.fromisoformat(READ[typed]).replace(tzinfo=UTC)
    assert instant.tzinfo is UTC


@pytest.mark.parametrize("typed", WAITS)
def test_waits_are_counted_from_now(typed):
    instant = parse_instant(typed, BRUSSELS, now=NOW, language="en")
    assert instant == NOW + timedelta(minutes=WAITS[typed])


@pytest.mark.parametrize("typed", ASKED_BACK)
def test_doubt_is_asked_back_in_a_sentence(typed):
    assert sentence(lambda: parse_instant(typed, BRUSSELS, now=NOW, language="en")) == ASKED_BACK[typed]


@pytest.mark.parametrize(
    "typed",
    [
        "tomorrow 9",
        "tomorrow at half past three",
        "tomorrow at ten to twelve",
        "tomorrow from ten to twelve",
        "mañana a las 3 y media",
        "demain à une heure moins le quart",
        "demain à minuit et demi",
        "tomorrow at quarter past midnight",
        "mañana a las 12 y media de la noche",
        "tomorrow at half to three",
        "tomorrow at three",
        "tomorrow morning",
        "dans quinze jours à 15h",
        "in 2 days and 3 hours",
        "hello 15:00",
        "2027-13-12 15:00",
        "12 March 2027 15:00 Brusels",
        "12 March 2027 15:60",
        "12 March 2027 12",
        "15:00 " * 50,
        "<t:99999999999999:F>",
        "12:00 de la noche mañana",
        "3 am tomorrow evening and Tuesday",
    ],
)
def test_what_has_no_one_reading_is_never_guessed(typed):
    assert typed.strip()[:20] in sentence(lambda: parse_instant(typed, BRUSSELS, now=NOW, language="en"))


def test_next_tuesday_on_a_tuesday_is_asked_back():
    tuesday = NOW - timedelta(days=1)
    for typed in ("next Tuesday 15:00", "mardi prochain 15h", "próximo martes 15:00", "Tuesday 15:00"):
        asked = sentence(lambda typed=typed: parse_instant(typed, BRUSSELS, now=tuesday, language="en"))
        assert "Tuesday 17 November 2026 or Tuesday 24 November 2026" in asked


def test_the_readers_language_breaks_the_tie_between_tuesday_and_march():
    for language in ("fr", "es"):
        assert parse_instant("mar 15:00", BRUSSELS, now=NOW, language=language).day == 24
    assert "not understood" in sentence(lambda: parse_instant("mar 15:00", BRUSSELS, now=NOW, language="en"))
    assert parse_instant("mar 12 2027 15:00", BRUSSELS, now=NOW, language="fr").month == 3


def test_tomorrow_in_another_zone_is_asked_back_where_the_days_differ():
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)
    asked = sentence(lambda: parse_instant("tomorrow 14:00 UTC", BRUSSELS, now=late, language="en"))
    assert "Thursday 19 November 2026 or Friday 20 November 2026" in asked


def test_a_day_that_a_zone_skipped_is_explained():
    now = datetime(2011, 12, 1, tzinfo=UTC)
    asked = sentence(lambda: parse_instant("2011-12-30 12:00", "Pacific/Apia", now=now, language="en"))
    assert asked == (
        "On 30 December 2011 the clocks in Apia go from 2011-12-30 00:00 to 2011-12-31 00:00, so 12:00 does not "
        "exist; type 2011-12-29 12:00 or 2011-12-31 12:00."
    )


def test_places_and_days_stand_in_the_readers_language():
    with pytest.raises(UserError, match="clocks") as caught:
        parse_instant("2027-03-28 02:30", BRUSSELS, now=NOW, language="fr")
    assert caught.value.text.values["place"] == "Bruxelles"


def test_past_instants_are_read_and_refused_where_a_future_one_is_needed():
    instant = parse_instant("2026-11-01 15:00", BRUSSELS, now=NOW, language="en")
    assert instant < NOW
    asked = sentence(lambda: require_future(instant, NOW, zone=BRUSSELS, language="en"))
    assert asked == "1 November 2026, 15:00, Brussels is past; type a time that is still to come."
    assert sentence(lambda: require_future(NOW, NOW, zone=BRUSSELS, language="en"))
    require_future(NOW + timedelta(seconds=1), NOW, zone=BRUSSELS, language="en")


@pytest.mark.parametrize(
    ("typed", "instant", "date_only"),
    [
        ("2027-03-12", "2027-03-12 22:59:59", True),
        ("12 mars 2027", "2027-03-12 22:59:59", True),
        ("demain", "2026-11-19 22:59:59", True),
        ("12 mars 2027 15h", "2027-03-12 14:00:00", False),
        ("in 3 hours", "2026-11-18 13:00:30", False),
    ],
)
def test_a_deadline_given_as_a_date_is_the_end_of_that_day(typed, instant, date_only):
    deadline = parse_deadline(typed, BRUSSELS, now=NOW, language="en")
    assert deadline.instant == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert deadline.date_only is date_only


def test_a_day_that_ends_twice_ends_the_second_time():
    # Chile puts its clocks back from 24:00 to 23:00.
    deadline = parse_deadline("2027-04-03", "America/Santiago", now=NOW, language="en")
    assert deadline.instant == datetime(2027, 4, 4, 3, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["03/04/2027", "31/02/2027", "15:00", "later", "", "x" * 300])
def test_doubtful_deadlines_are_asked_back(typed):
    assert sentence(lambda: parse_deadline(typed, BRUSSELS, now=NOW, language="en"))


@pytest.mark.parametrize(
    ("typed", "among", "read"),
    [
        ("03/04/2027 15:00", (date(2027, 4, 2), date(2027, 4, 3)), "2027-04-03"),
        ("03/04/2027 15:00", (date(2027, 3, 4), date(2027, 3, 5)), "2027-03-04"),
        ("3.4.2027 15h", (date(2027, 4, 3), date(2027, 4, 3)), "2027-04-03"),
        ("03/04/2027 15:00", (date(2027, 3, 4), date(2027, 4, 3)), None),
        ("03/04/2027 15:00", (date(2027, 4, 4), date(2027, 4, 5)), None),
        ("2027-06-01 15:00", (date(2027, 4, 2), date(2027, 4, 3)), "2027-06-01"),
    ],
)
def test_the_days_that_can_be_meant_decide_between_two_readings(
    typed: str, among: tuple[date, date], read: str | None
) -> None:
    def reading() -> datetime:
        return parse_instant(typed, "UTC", now=NOW, language="en", among=among)

    if read is not None:
        assert reading() == datetime.combine(date.fromisoformat(read), time(15), UTC)
        return
    assert "can mean" in sentence(reading)
