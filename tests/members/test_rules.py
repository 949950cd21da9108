"""Who is found in the directory, and what the secretariat should look after."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.audience import region_of
from cogs.members.directory.rules import Filter, filtered, languages_named, skills, spoken_languages
from cogs.members.overview.rules import Concern, concerns, years_before
from cogs.members.own_entry.rules import main_post
from storage.members.models import Appointment, Delegation, Holder, Person, Seat

TODAY = date(2026, 6, 15)


def holder(number: int, role: Any = "focal_point", since: date = date(2025, 1, 1), **fields: Any) -> Holder:
    person = Person(number, 1, f"Person {number}", **{"account_id": number, **fields})
    return Holder(person, Appointment(number, 1, 1, number, role, "", "", since))


def seat(code: str, *holders: Holder, number: int = 1, joined: date | None = None, steering: bool = False) -> Seat:
    kind: Any = "organisation" if code in ("EU", "OAS") else "state"
    return Seat(Delegation(number, 1, code, kind, joined_on=joined), holders, in_steering_group=steering)


GHANA = seat("GH", holder(1, languages=("en",), expertise=("Mediation",)), holder(2, "adviser", languages=("fr", "en")))
DENMARK = seat("DK", holder(3, languages=("da", "en"), expertise=("Early warning", "atrocity law")), steering=True)
STATES = seat("US", holder(4, "mission", languages=("en",)))
UNION = seat("EU", holder(5, "mission", languages=("fr",)))
FRANCE = seat("FR")
SEATS = [GHANA, DENMARK, STATES, UNION, FRANCE]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), {"GH": [1, 2], "DK": [3], "US": [4], "EU": [5], "FR": []}),
        (Filter(region="african"), {"GH": [1, 2]}),
        (Filter(region="western_european_and_others"), {"DK": [3], "US": [4], "FR": []}),
        (Filter(role="adviser"), {"GH": [2]}),
        (Filter(role="mission"), {"US": [4], "EU": [5]}),
        (Filter(language="fr"), {"GH": [2], "EU": [5]}),
        (Filter(expertise="WARN"), {"DK": [3]}),
        (Filter(expertise="mediation", role="focal_point"), {"GH": [1]}),
        (Filter(expertise="mediation", role="adviser"), {}),
        (Filter(region="african", language="en"), {"GH": [1, 2]}),
    ],
)
def test_the_list_is_narrowed_to_seats_and_people(wanted: Filter, found: dict[str, list[int]]) -> None:
    shown = filtered(SEATS, wanted)
    assert {s.delegation.code: [h.person.id for h in s.holders] for s in shown} == found
    assert [s.in_steering_group for s in shown] == [s.delegation.code == "DK" for s in shown]


def test_the_united_states_are_shown_where_they_observe_and_organisations_nowhere() -> None:
    assert region_of("US") == region_of("DK") == "western_european_and_others"
    assert region_of("GH") == "african"
    assert region_of("EU") is None


def test_languages_are_named_in_any_language_by_their_beginning() -> None:
    spoken = ["en", "fr", "da"]
    for typed in ("fr", "French", "français", "FRANC", "francés"):
        assert languages_named(typed, spoken) == ["fr"], typed
    assert languages_named("dan", spoken) == ["da"]
    assert languages_named("nch", spoken) == []


def test_the_most_spoken_language_comes_first_and_equals_by_code() -> None:
    assert spoken_languages(SEATS) == ["en", "fr", "da"]
    assert spoken_languages([seat("GH", holder(1, languages=("fr", "es")))]) == ["es", "fr"]


def test_skills_are_listed_once_in_alphabetical_order() -> None:
    assert skills([*SEATS, DENMARK]) == ["atrocity law", "Early warning", "Mediation"]


def test_years_are_counted_back_to_the_same_day() -> None:
    assert years_before(TODAY, 3) == date(2023, 6, 15)
    assert years_before(date(2028, 2, 29), 1) == date(2027, 3, 1)
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)


def found(seats: list[Seat], active: dict[int, date] | None = None) -> list[Concern]:
    return concerns(seats, active or {}, TODAY)


def test_a_seat_without_anybody_is_vacant_and_one_without_a_focal_point_is_said_to_be() -> None:
    empty = seat("FR", joined=TODAY)
    assert found([empty]) == [Concern("vacant", empty.delegation)]
    without = seat("FR", holder(1, "adviser"), joined=TODAY)
    assert found([without]) == [Concern("no_focal_point", without.delegation)]
    assert found([seat("FR", holder(1, "adviser"), holder(2), joined=TODAY)]) == []


def test_a_term_is_long_after_three_years_and_a_person_without_an_account_is_named() -> None:
    three = holder(1, since=date(2023, 6, 15))
    longer = holder(2, since=date(2023, 6, 14))
    unlinked = holder(3, since=date(2026, 1, 1), account_id=None)
    full = seat("GH", three, longer, unlinked, joined=TODAY)
    assert found([full]) == [
        Concern("long_term", full.delegation, longer, date(2023, 6, 14)),
        Concern("no_account", full.delegation, unlinked, date(2026, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("active", "joined", "since", "quiet"),
    [
        (date(2025, 6, 15), None, date(2020, 1, 1), False),
        (date(2025, 6, 14), None, date(2020, 1, 1), True),
        (date(2025, 6, 14), TODAY, TODAY, True),
        (None, date(2025, 6, 15), date(2020, 1, 1), False),
        (None, date(2025, 6, 14), TODAY, True),
        (None, None, date(2025, 6, 15), False),
        (None, None, date(2025, 6, 14), True),
    ],
)
def test_a_seat_is_quiet_after_a_year(active: date | None, joined: date | None, since: date, quiet: bool) -> None:
    one = seat("GH", holder(1, since=max(since, date(2024, 1, 1))), holder(2, since=since), number=7, joined=joined)
    concern = [c for c in found([one], {7: active} if active else {}) if c.finding == "quiet"]
    assert concern == ([Concern("quiet", one.delegation, since=active)] if quiet else [])


def test_a_vacant_seat_of_which_nothing_is_known_is_quiet() -> None:
    assert [c.finding for c in found([seat("FR")])] == ["vacant", "quiet"]


def test_concerns_come_kind_by_kind_in_the_order_of_the_seats() -> None:
    quiet = date(2020, 1, 1)
    seats = [seat("GH", holder(1, since=quiet, account_id=None), number=1), seat("DK", number=2, joined=quiet)]
    seats += [seat("FR", number=3, joined=quiet), seat("BE", holder(2, "adviser"), number=4, joined=TODAY)]
    listed = [(c.finding, c.delegation.code) for c in found(seats)]
    assert listed == [
        ("vacant", "DK"),
        ("vacant", "FR"),
        ("no_focal_point", "BE"),
        ("long_term", "GH"),
        ("no_account", "GH"),
        ("quiet", "GH"),
        ("quiet", "DK"),
        ("quiet", "FR"),
    ]


@pytest.mark.parametrize(
    ("posts", "main"),
    [
        ([("adviser", 2020), ("mission", 2019), ("alternate", 2021), ("focal_point", 2024)], 3),
        ([("adviser", 2019), ("mission", 2020)], 1),
        ([("focal_point", 2024), ("focal_point", 2021), ("alternate", 2020)], 1),
        ([("focal_point", 2021), ("focal_point", 2024), ("alternate", 2020)], 0),
        ([("adviser", 2020)], 0),
    ],
)
def test_the_form_of_ones_own_entry_is_about_the_first_post_by_role_then_by_age(
    posts: list[tuple[str, int]], main: int
) -> None:
    held = [holder(number, role, date(since, 1, 1)).appointment for number, (role, since) in enumerate(posts)]
    assert main_post(held) is held[main]


def test_whose_emails_come_back_is_found_after_those_without_an_account() -> None:
    returned = holder(1, email_returned_at=datetime(2026, 6, 1, 9, tzinfo=UTC), account_id=None)
    where = seat("GH", returned, joined=TODAY)
    assert found([where]) == [
        Concern("no_account", where.delegation, returned, date(2025, 1, 1)),
        Concern("returned", where.delegation, returned, date(2026, 6, 1)),
    ]


@pytest.mark.parametrize(
    ("last", "ends_soon"),
    [(None, False), (date(2026, 8, 14), True), (date(2026, 8, 15), False), (TODAY, True), (date(2026, 6, 14), True)],
)
def test_a_term_that_ends_within_sixty_days_is_named_with_its_last_day(last: date | None, ends_soon: bool) -> None:
    ending = holder(1)
    ending = replace(ending, appointment=replace(ending.appointment, ends_on=last))
    where = seat("GH", ending, joined=TODAY)
    assert found([where]) == ([Concern("ending", where.delegation, ending, last)] if ends_soon else [])
