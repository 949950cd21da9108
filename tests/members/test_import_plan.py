from datetime import date

import pytest

from bot.errors import UserError
from bot.texts import Reader
from bot.timeparse import parse_zone
from storage.members.models import Directory
from tests.members.spreadsheet import TODAY, directory, focal_point, holder, person, planned, seat, sheet, where

DENMARK = seat(1, "DK")
GHANA = seat(2, "GH")
ANNA = person(11, "Anna Jensen", email="anna@um.dk", languages=("da", "en"), visibility="members")
KOFI = person(12, "Kofi Mensah", account_id=123456789012345678)
HERE = directory(
    holder(21, DENMARK, ANNA, date(2024, 1, 1), title="Head of Section"),
    holder(22, GHANA, KOFI, date(2023, 5, 1)),
    seats=(DENMARK, GHANA),
)
NOWHERE = Directory(0, (), ())
READER = Reader("en", "UTC")


def texts(plan) -> str:
    return "\n".join(READER.label(problem.text) for problem in plan.problems)


def test_a_blank_first_day_means_the_current_term_and_blank_cells_leave_what_is_there() -> None:
    plan = planned(HERE, sheet(focal_point("DK", "Anna Jensen", title="Director")))
    ((after, fields),) = plan.writes.changed_appointments
    assert (after.id, after.title, fields) == (21, "Director", ("title",))
    assert plan.writes.changed_persons == ()
    assert plan.consequences == frozenset()


def test_a_blank_first_day_means_today_where_there_is_no_current_term() -> None:
    plan = planned(HERE, sheet({"delegation": "DK", "name": "Anna Jensen", "role": "adviser"}))
    (added,) = plan.writes.added_appointments
    assert (added.person_id, added.delegation_id, added.starts_on, added.ends_on) == (11, 1, TODAY, None)
    assert plan.writes.added_persons == ()


def test_absent_rows_stay_and_a_handover_ends_the_earlier_term() -> None:
    plan = planned(
        HERE,
        sheet(
            focal_point("DK", "Bo Holm", starts_on="2026-07-01"),
            focal_point("DK", "Anna Jensen", ends_on="2026-06-30"),
        ),
    )
    assert [(c.row, c.what) for c in plan.changes] == [(2, "added"), (3, "ended")]
    assert plan.consequences == {"term 21 2026-06-30"}
    assert plan.writes.changed_appointments[0][0].ends_on == date(2026, 6, 30)


def test_a_dash_erases_and_asks_first() -> None:
    plan = planned(HERE, sheet(focal_point("DK", "Anna Jensen", email="-", title="-")))
    (change,) = plan.changes
    assert set(change.erased) == {"email", "title"}
    assert plan.writes.changed_persons[0][0].email == ""
    assert plan.consequences == {"term 21 title", "person 11 email"}


def test_a_guarded_dash_is_a_dash() -> None:
    plan = planned(HERE, sheet(focal_point("DK", "Anna Jensen", title="'-")))
    assert plan.writes.changed_appointments[0][0].title == "-"


def test_an_account_names_the_name_of_post() -> None:
    unnamed = person(13, account_id=123456789012345670)
    here = directory(holder(23, DENMARK, unnamed, date(2011, 5, 17)), seats=(DENMARK,))
    plan = planned(here, sheet(focal_point("DK", "Anna Jensen", discord_user_id="123456789012345670")))
    ((after, fields),) = plan.writes.changed_persons
    assert (after.id, after.name, fields) == (13, "Anna Jensen", ("name",))
    assert plan.writes.added_appointments == ()


def test_the_first_day_names_the_unnamed_focal_point_and_nobody_else() -> None:
    day = date(2011, 5, 17)
    here = directory(
        holder(23, DENMARK, person(13), day),
        holder(24, DENMARK, person(14), day, role="adviser"),
        seats=(DENMARK,),
    )
    rows = [
        focal_point("DK", "Anna Jensen", starts_on="2011-05-17"),
        {"delegation": "DK", "name": "Bo Holm", "role": "adviser", "starts_on": "2011-05-17"},
    ]
    plan = planned(here, sheet(*rows))
    assert [(after.id, after.name) for after, _ in plan.writes.changed_persons] == [(13, "Anna Jensen")]
    assert [after.name for after in plan.writes.added_persons] == ["Bo Holm"]


def test_one_person_in_two_rows_is_one_person() -> None:
    plan = planned(
        NOWHERE,
        sheet(
            {"delegation": "OAS", "name": "Ana Ruiz", "role": "alternate", "phone": "1"},
            {"delegation": "OAS", "name": "Ana Ruiz", "role": "mission", "email": "ana@oas.org"},
        ),
    )
    (ana,) = plan.writes.added_persons
    assert (ana.phone, ana.email, ana.visibility) == ("1", "ana@oas.org", "secretariat")
    assert {post.person_id for post in plan.writes.added_appointments} == {ana.id}


def test_unnamed_appointees_are_different_persons() -> None:
    plan = planned(NOWHERE, sheet(focal_point("DK"), {"delegation": "DK", "role": "alternate"}, focal_point("SE")))
    assert len(plan.writes.added_persons) == 3
    assert [d.kind for d in plan.writes.added_delegations] == ["state", "state"]


def test_organisations_that_no_list_has_may_join() -> None:
    plan = planned(NOWHERE, sheet({"delegation": "ICGLR"}, {"delegation": "EU"}, {"delegation": "Danemark"}))
    assert [(d.code, d.kind) for d in plan.writes.added_delegations] == [
        ("ICGLR", "organisation"),
        ("EU", "organisation"),
        ("DK", "state"),
    ]


@pytest.mark.parametrize(
    ("column", "typed", "says"),
    [
        ("delegation", "ZZ", "There is no delegation ZZ"),
        ("delegation", "DENMRK", "type DK if Denmark / Danemark / Dinamarca is meant"),
        ("delegation", "", "delegation is missing"),
        ("role", "boss", "There is no role boss"),
        ("role", "", "role is missing"),
        ("email", "anna at um.dk", "not an e-mail address"),
        ("email", "anna@um", "not an e-mail address"),
        ("phone", "3.3E+10", "format the column as text"),
        ("languages", "da en", "separated by semicolons"),
        ("timezone", "Kopenhagn", "type a large city"),
        ("visibility", "public", "type members"),
        ("starts_on", "12/03/2027", "type 2027-03-12 or 2027-12-03"),
        ("starts_on", "13/13/2027", "no day 13/13/2027"),
        ("ends_on", "2027-02-30", "no day 2027-02-30"),
        ("ends_on", "next year", "not a date"),
        ("ends_on", "0001-01-01", "correct the year"),
        ("ends_on", "2020-01-01", "before it starts on 2026-06-15"),
        ("discord_user_id", "1.2E+17", "empty this cell"),
        ("discord_user_id", "1,2E+17", "format the column as text"),
        ("discord_user_id", "123456789012345678.0", "format the column as text"),
        ("discord_user_id", "12345", "17 to 20 digits"),
        ("discord_user_id", "99999999999999999999", "17 to 20 digits"),
        ("title", "x" * 5_000, "5,000 characters"),
        ("name", "x" * 5_000, "100 are kept"),
        ("ministry", "two\nlines", "line break"),
        ("expertise", ";".join(map(str, range(21))), "21 entries"),
        ("place", "geneva", "Only a permanent mission has a place"),
        ("place", "Vienna", "type new_york or geneva"),
    ],
)
def test_a_cell_that_cannot_be_used_says_what_to_type(column: str, typed: str, says: str) -> None:
    good = {"delegation": "SE", "name": "Bo", "role": "focal_point"}
    plan = planned(NOWHERE, sheet(good | {column: typed}))
    assert where(plan) == [(2, column)]
    assert says in texts(plan)
    assert plan.changes == ()


def test_a_mission_has_a_place_and_files_without_the_column_leave_it() -> None:
    mission = {"delegation": "SE", "name": "Bo", "role": "mission", "starts_on": "2026-01-01"}
    (post,) = planned(NOWHERE, sheet(mission | {"place": "New York"})).writes.added_appointments
    assert post.place == "new_york"
    sweden = seat(1, "SE")
    here = directory(
        holder(1, sweden, person(1, "Bo"), date(2026, 1, 1), role="mission", place="geneva"), seats=(sweden,)
    )
    without = sheet(mission | {"title": "Counsellor"}).replace(b",place", b"")
    (changed,) = planned(
        here, b"\n".join(line.removesuffix(b",") for line in without.split(b"\r\n"))
    ).writes.changed_appointments
    assert (changed[0].place, changed[1]) == ("geneva", ("title",))
    (erased,) = planned(here, sheet(mission | {"place": "-"})).writes.changed_appointments
    assert (erased[0].place, erased[1]) == (None, ("place",))


def test_cells_may_be_written_in_many_ways() -> None:
    plan = planned(
        NOWHERE,
        sheet(
            focal_point(
                "Côte d’Ivoire",
                " Aya ",
                languages="français; Spanish ;EN;alemán",
                timezone="africa/abidjan",
                visibility="Members",
            )
            | {"role": "Focal Point"}
        ),
    )
    (aya,) = plan.writes.added_persons
    assert (aya.name, aya.languages, aya.timezone, aya.visibility) == (
        "Aya",
        ("fr", "es", "en", "de"),
        "Africa/Abidjan",
        "members",
    )


def test_every_problem_of_every_row_is_told() -> None:
    plan = planned(
        NOWHERE,
        sheet(
            focal_point("SE", "Bo", email="x", timezone="Mars", starts_on="yesterday"),
            focal_point("DK", "Anna"),
            {"delegation": "FI", "role": "boss", "discord_user_id": "1E+17"},
        ),
    )
    assert sorted(where(plan)) == [
        (2, "email"),
        (2, "starts_on"),
        (2, "timezone"),
        (4, "discord_user_id"),
        (4, "role"),
    ]


def test_rows_that_say_the_same_twice() -> None:
    plan = planned(
        HERE,
        sheet(
            focal_point("DK", "Anna Jensen"),
            focal_point("DK", "Anna Jensen", starts_on="2024-01-01"),
            {"delegation": "SE"},
            {"delegation": "Sweden"},
            {"delegation": "FI", "role": "adviser"},
            {"delegation": "FI", "role": "adviser"},
        ),
    )
    assert where(plan) == [(3, ""), (5, ""), (7, "")]


@pytest.mark.parametrize(
    "rows",
    [
        [focal_point("SE", "Bo"), focal_point("SE", "Eva")],
        [
            focal_point("SE", "Bo", starts_on="2020-01-01", ends_on="2022-01-01"),
            focal_point("SE", "Eva", starts_on="2022-01-01"),
        ],
        [{"delegation": "GH", "role": "mission"}, focal_point("GH", "Ama")],
        [focal_point("DK", "Anna Jensen", ends_on="2026-07-01"), focal_point("DK", "Bo", starts_on="2026-07-01")],
    ],
    ids=["both new", "on one day", "against the directory", "not ended in time"],
)
def test_two_focal_points_at_once(rows: list[dict[str, str]]) -> None:
    plan = planned(HERE, sheet(*rows))
    assert where(plan) == [(3, "starts_on")]
    assert "Two focal points at once" in texts(plan)


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (
            [
                focal_point("SE", "Bo", discord_user_id="111111111111111111"),
                focal_point("FI", "Eva", discord_user_id="111111111111111111"),
            ],
            [(3, "discord_user_id")],
        ),
        ([focal_point("SE", "Bo", discord_user_id="123456789012345678")], [(2, "discord_user_id")]),
        ([focal_point("GH", "Kofi Mensah", discord_user_id="111111111111111111")], [(2, "discord_user_id")]),
        (
            [
                focal_point("SE", "Bo", email="a@b.se"),
                {"delegation": "SE", "name": "Bo", "role": "adviser", "email": "c@d.se"},
            ],
            [(3, "email")],
        ),
    ],
    ids=["in the file", "another's", "another one", "two addresses"],
)
def test_persons_and_accounts_that_contradict_each_other(
    rows: list[dict[str, str]], places: list[tuple[int, str]]
) -> None:
    assert where(planned(HERE, sheet(*rows))) == places


def test_homonyms_are_asked_about() -> None:
    twins = directory(
        holder(21, DENMARK, ANNA, date(2024, 1, 1)),
        holder(22, DENMARK, person(15, "Anna Jensen"), date(2025, 1, 1), role="adviser"),
        seats=(DENMARK,),
    )
    assert where(planned(twins, sheet({"delegation": "DK", "name": "Anna Jensen", "role": "mission"}))) == [(2, "name")]
    clear = planned(twins, sheet({"delegation": "DK", "name": "Anna Jensen", "role": "adviser", "title": "Dr"}))
    assert clear.writes.changed_appointments[0][0].id == 22


def test_an_account_links_the_person_of_that_name() -> None:
    plan = planned(HERE, sheet(focal_point("DK", "Anna Jensen", discord_user_id="111111111111111111")))
    ((after, fields),) = plan.writes.changed_persons
    assert (after.id, after.account_id, fields) == (11, 111111111111111111, ("account_id",))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-12", date(2027, 3, 12)),
        ("2027/03/12", date(2027, 3, 12)),
        ("2027.3.1", date(2027, 3, 1)),
        ("2027-03-12 00:00:00", date(2027, 3, 12)),
        ("2027-03-12T00:00:00", date(2027, 3, 12)),
        ("12 March 2027", date(2027, 3, 12)),
        ("March 12, 2027", date(2027, 3, 12)),
        ("12-Mar-2027", date(2027, 3, 12)),
        ("12 mars 2027", date(2027, 3, 12)),
        ("1er août 2027", date(2027, 8, 1)),
        ("12 de marzo de 2027", date(2027, 3, 12)),
        ("vendredi 12 mars 2027", date(2027, 3, 12)),
        ("17 May 2011", date(2011, 5, 17)),
        ("31/12/2027", date(2027, 12, 31)),
        ("12/31/2027", date(2027, 12, 31)),
        ("31.12.2027 00:00", date(2027, 12, 31)),
        ("05/05/2027", date(2027, 5, 5)),
    ],
)
def test_days_are_read_where_one_alone_can_be_meant(typed: str, day: date) -> None:
    plan = planned(NOWHERE, sheet(focal_point("SE", "Bo", starts_on=typed)))
    assert [post.starts_on for post in plan.writes.added_appointments] == [day]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("12/03/27", "two digits only"),
        ("12-Mar-27", "two digits only"),
        ("12-mars-27", "two digits only"),
        ("12.03.27", "two digits only"),
        ("03/12/2027", "type 2027-12-03 or 2027-03-12"),
        ("12.03.2027", "type 2027-03-12 or 2027-12-03"),
        ("30/02/2027", "no day 30/02/2027"),
        ("31/12/1850", "correct the year"),
        ("46458", "2027-03-12 is probably meant"),
        ("46458,0", "2027-03-12 is probably meant"),
        ("2027-02-30", "no day 2027-02-30"),
        ("in 2027 days", "not a date"),
        ("tomorrow", "not a date"),
        ("March 2027", "not a date"),
        ("monday 12 March 2027", "not a date"),
        ("1850-01-01", "correct the year"),
    ],
)
def test_other_days_are_refused_by_their_cause(typed: str, says: str) -> None:
    plan = planned(NOWHERE, sheet(focal_point("SE", "Bo", starts_on=typed)))
    assert where(plan) == [(2, "starts_on")]
    assert says in texts(plan)


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("Focal Point", "focal_point"),
        ("Point focal", "focal_point"),
        ("PUNTO FOCAL", "focal_point"),
        ("Point focal suppléant", "alternate"),
        ("suplente", "alternate"),
        ("Permanent mission", "mission"),
        ("Mission permanente", "mission"),
        ("conseillère", "adviser"),
    ],
)
def test_a_role_is_read_in_each_language(typed: str, role: str) -> None:
    plan = planned(NOWHERE, sheet({"delegation": "SE", "name": "Bo", "role": typed}))
    assert [post.role for post in plan.writes.added_appointments] == [role]


def test_what_a_person_writes_in_a_spreadsheet_of_their_own_is_read() -> None:
    row = {"delegation": "Suède", "name": "Bo", "role": "mission permanente", "place": "Genève"}
    cells = {"languages": "anglais, français / sv", "timezone": "Stockholm", "email": "mailto:bo@ud.se"}
    plan = planned(
        NOWHERE, sheet(row | cells | {"visibility": "le secrétariat seulement", "expertise": "law, mediation"})
    )
    assert texts(plan) == ""
    (person,), (post,) = plan.writes.added_persons, plan.writes.added_appointments
    assert (person.languages, person.timezone, person.email) == (("en", "fr", "sv"), "Europe/Stockholm", "bo@ud.se")
    assert (person.visibility, person.expertise, post.place) == ("secretariat", ("law, mediation",), "geneva")


@pytest.mark.parametrize("zone", ["EST", "est5edt", "Etc/GMT+5", "GMT+0", "CET", "MST7MDT", "Factory", "GB"])
def test_zones_that_are_no_place_are_refused_as_settings_does(zone: str) -> None:
    with pytest.raises(UserError):
        parse_zone(zone, "en")
    plan = planned(NOWHERE, sheet(focal_point("SE", "Bo", timezone=zone)))
    assert where(plan) == [(2, "timezone")]


@pytest.mark.parametrize(
    "zone", ["Europe/Kiev", "Asia/Calcutta", "US/Eastern", "UTC", "Etc/UTC", "America/Argentina/Jujuy"]
)
def test_zones_that_are_a_place_are_kept_as_they_are_written(zone: str) -> None:
    plan = planned(NOWHERE, sheet(focal_point("SE", "Bo", timezone=zone)))
    assert [person.timezone for person in plan.writes.added_persons] == [zone]


@pytest.mark.parametrize(
    "address",
    ["ama\u200b@mfa.gh", "\ufeffama@mfa.gh", "\u202aama@mfa.gh\u202c", "ama@mfa.gh\u00a0", "a\u200dma@mfa.gh"],
)
def test_an_address_has_no_marks_that_nobody_sees(address: str) -> None:
    plan = planned(NOWHERE, sheet(focal_point("SE", "Bo", email=address)))
    assert [person.email for person in plan.writes.added_persons] == ["ama@mfa.gh"]


def test_what_a_spreadsheet_has_spoiled_is_a_problem_of_its_cell() -> None:
    plan = planned(NOWHERE, sheet(focal_point("SE", "Aya KonÃ©", title="#NOM?"), focal_point("DK", "Bo")))
    assert where(plan) == [(2, "name"), (2, "title")]
    assert "Aya Koné" in texts(plan)


def test_names_that_are_one_but_for_accents_keep_to_the_one_that_is_spelt_so() -> None:
    twins = directory(
        holder(21, DENMARK, person(11, "Ana Pena"), date(2024, 1, 1)),
        holder(22, DENMARK, person(15, "Ana Peña"), date(2025, 1, 1), role="adviser"),
        seats=(DENMARK,),
    )
    plan = planned(twins, sheet({"delegation": "DK", "name": "Ana Peña", "role": "mission"}))
    assert [post.person_id for post in plan.writes.added_appointments] == [15]
    assert where(planned(twins, sheet({"delegation": "DK", "name": "ANA PENA", "role": "mission"}))) == [(2, "name")]


def test_an_import_renames_nobody_who_is_written_in_capitals() -> None:
    plan = planned(HERE, sheet(focal_point("DK", "ANNA JENSEN", starts_on="2024-01-01", title="Director")))
    assert plan.writes.added_persons == plan.writes.changed_persons == ()
    assert [post.id for post, _ in plan.writes.changed_appointments] == [21]
