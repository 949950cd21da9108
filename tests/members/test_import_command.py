import csv
import io
import sys
from datetime import date
from types import CodeType, FrameType

from simcord.results import InteractionResult

from bot.csvfiles import Sheet, problems_card
from cogs.members.exchange.cards import changes_card
from cogs.members.exchange.import_export import import_directory
from cogs.members.exchange.rules import planning
from storage.members.models import Holder
from tests.members.spreadsheet import focal_point, sheet
from tests.untidy import VACANT
from tests.world import Server, World, said


async def sent(world: World, data: bytes, *, name: str = "directory.csv", **options: bool) -> InteractionResult:
    server = world.server
    return await server.secretariat.slash(server.channels["secretariat"], "member import", file=(name, data), **options)


async def export(world: World, server: Server | None = None) -> tuple[str, bytes]:
    server = server or world.server
    answer = await server.secretariat.slash(server.channels["secretariat"], "member export")
    assert "keep it within the secretariat" in said(answer)
    (file,) = [file for message in (answer.response, *answer.followups) if message for file in message.attachments]
    return file.filename, await file.read()


async def attached(answer: InteractionResult) -> tuple[str, str]:
    (file,) = [file for message in (answer.response, *answer.followups) if message for file in message.attachments]
    return file.filename, (await file.read()).decode("utf-8-sig")


async def holders(world: World, code: str) -> list[Holder]:
    delegation = await world.bot.services.members.delegation(world.server.id, code)
    assert delegation is not None
    return await world.bot.services.members.holders(world.server.id, delegation.id)


async def test_what_is_exported_changes_nothing(world: World) -> None:
    before = await export(world)
    assert before[0] == "directory-2025-12-31.csv"
    assert len(before[1].decode().splitlines()) == 1 + world.server.terms + len({VACANT})
    answer = await sent(world, before[1])
    assert "all of this already" in said(answer)
    assert (await export(world))[1] == before[1]


async def test_an_import_adds_at_once_and_is_audited_without_values(world: World) -> None:
    cells = {"email": "bo@ud.no", "title": "@everyone", "ministry": "=HYPERLINK(1)", "languages": "Swedish"}
    answer = await sent(world, sheet(focal_point("NO", "**Bo** Ek", **cells), {"delegation": "CL"}))
    assert "1 vacant seat added and 1 term added" in said(answer)
    (bo,) = await holders(world, "NO")
    assert (bo.person.name, bo.person.email, bo.person.languages) == ("**Bo** Ek", "bo@ud.no", ("sv",))
    assert (bo.appointment.title, bo.appointment.ministry) == ("@everyone", "=HYPERLINK(1)")
    assert await holders(world, "CL") == []
    entries, _ = await world.bot.services.audit.page(world.server.id, account_id=world.server.secretariat.id)
    assert {(e.action, e.subject) for e in entries} == {
        ("add", "delegation"),
        ("add", "person"),
        ("appoint", "appointment"),
    }
    assert "bo@ud.no" not in str(entries)
    _, data = await export(world)
    assert b"'@everyone,'=HYPERLINK(1)" in data
    assert "all of this already" in said(await sent(world, data))


async def test_a_dry_run_shows_and_writes_nothing(world: World) -> None:
    rows = [
        focal_point("DK", starts_on="2011-05-17", ends_on="2025-12-31"),
        focal_point("DK", "Anna Jensen", starts_on="2026-01-01"),
        focal_point("GH", title="Director"),
        {"delegation": "CL"},
    ]
    before = await export(world)
    answer = said(await sent(world, sheet(*rows), dry_run=True))
    assert "Nothing was written" in answer
    assert "1 vacant seat added, 1 term added, 1 row changed" in answer
    assert "Row 2: Denmark, Focal point: ends on 31 December 2025" in answer
    assert "Row 3: Denmark, Anna Jensen, Focal point: new term" in answer
    assert "Row 4: Ghana, Focal point: changed: title" in answer
    assert await export(world) == before


async def test_nothing_ends_before_it_is_confirmed_even_after_a_restart(world: World) -> None:
    rows = [
        focal_point("DK", "Anna Jensen", starts_on="2026-01-01"),
        focal_point("DK", starts_on="2011-05-17", ends_on="2025-12-31"),
    ]
    answer = await sent(world, sheet(*rows))
    assert "ends terms" in said(answer)
    assert (await holders(world, "DK"))[0].appointment.ends_on is None
    await world.restart()
    assert answer.response is not None
    done = await world.server.secretariat.click(answer.response, label="Confirm")
    after = await holders(world, "DK")
    assert [(h.person.name, h.appointment.ends_on) for h in after] == [
        ("Anna Jensen", None),
        ("", date(2025, 12, 31)),
    ]
    assert (
        "1 term added and 1 term ended"
        in world.server.channels["secretariat"].history(viewer=world.server.secretariat)[-1].content
    ), done
    entries, _ = await world.bot.services.audit.page(world.server.id, words="ends_on")
    assert ("change", ("ends_on",)) in {(e.action, e.fields) for e in entries}


async def test_confirm_looks_again_at_the_directory_as_it_is(world: World) -> None:
    answer = await sent(world, sheet(focal_point("DK", starts_on="2011-05-17", ends_on="2025-12-31", title="-")))
    services = world.bot.services
    (now,) = await holders(world, "DK")
    async with services.transaction() as tx:
        await services.members.change_appointment(tx, world.server.id, now.appointment.id, title="Director")
    assert answer.response is not None
    await world.server.secretariat.click(answer.response, label="Confirm")
    shown = world.server.channels["secretariat"].history(viewer=world.server.secretariat)
    assert any("check again" in message.content for message in shown)
    (unchanged,) = await holders(world, "DK")
    assert (unchanged.appointment.title, unchanged.appointment.ends_on) == ("Director", None)
    await world.server.secretariat.click(shown[-1], label="Confirm")
    (ended,) = await holders(world, "DK")
    assert (ended.appointment.title, ended.appointment.ends_on) == ("", date(2025, 12, 31))


async def test_every_problem_is_told_and_nothing_is_written(world: World) -> None:
    before = await export(world)
    answer = await sent(
        world, sheet(focal_point("NO", "Bo", email="@everyone"), focal_point("ZZ"), {"delegation": "CL"})
    )
    text = said(answer)
    assert "2 problems were found and nothing was written" in text
    assert "Row 2, email: @\u200beveryone is not an e-mail address" in text
    assert "Row 3, delegation: There is no delegation ZZ" in text
    assert await export(world) == before


async def test_many_problems_come_as_a_file_in_the_readers_language(world: World) -> None:
    async with world.speaking("fr"):
        answer = await sent(world, sheet(*[focal_point("NO", "Bo", timezone="Mars") for _ in range(30)]))
    name, text = await attached(answer)
    rows = list(csv.reader(io.StringIO(text)))
    assert name == "problems.csv"
    assert rows[0] == ["row", "column", "problem"]
    assert len([row for row in rows[1:] if row[1] == "timezone"]) == 30
    assert "fuseau horaire" in text


async def test_files_that_are_no_directory_are_refused(world: World) -> None:
    for data, says in [
        (b"PK\x03\x04", "Excel workbook"),
        ("Côte d'Ivoire".encode("latin-1"), "Latin-1"),
        (b"x" * 8_000_001, "larger than 8 megabytes"),
        (b"name,e-mail\nAnna,a@b.org\n", "does not name the columns"),
        (sheet().replace(b",discord_user_id", b""), "The column discord\\_user\\_id is missing"),
    ]:
        assert says in said(await sent(world, data))


async def test_only_the_secretariat_takes_the_directory_out_or_in(world: World) -> None:
    server = world.server
    for actor in (server.guest, server.members["DK"]):
        channel = server.channels["general"]
        assert "secretariat" in said(await actor.slash(channel, "member export"))
        assert "secretariat" in said(await actor.slash(channel, "member import", file=("d.csv", sheet())))


async def test_networks_do_not_mix(world: World) -> None:
    _, ours = await export(world)
    other = world.other
    answer = await other.secretariat.slash(other.channels["secretariat"], "member import", file=("d.csv", ours))
    # The accounts are one network's each, so the same account may serve in both.
    assert f"{world.server.terms} terms added" in said(answer)
    assert f"{len(world.server.accounts)} rows" in said(answer)
    assert answer.response is not None
    await other.secretariat.click(answer.response, label="Confirm")
    assert "all of this already" in said(await sent(world, ours))
    assert len((await export(world, other))[1].decode().splitlines()) == 1 + world.server.terms + len({VACANT, "NE"})


async def test_a_linked_persons_zone_is_the_accounts(world: World) -> None:
    server = world.server
    services = world.bot.services
    async with services.transaction(server.members["DK"].id) as tx:
        await services.settings.change_account(tx, server.id, server.members["DK"].id, timezone="Europe/Paris")
    _, data = await export(world)
    assert b"Europe/Paris" in data
    await sent(world, data.replace(b"Europe/Paris", b"Europe/Copenhagen"))
    account = await services.settings.account(server.id, server.members["DK"].id)
    assert account.timezone == "Europe/Copenhagen"


async def test_a_new_persons_zone_is_the_files_also_once_the_account_is_gone(world: World) -> None:
    server, services = world.server, world.bot.services
    anna = world.add_member(server, "anna")
    async with services.transaction(anna.id) as tx:
        await services.settings.change_account(tx, server.id, anna.id, timezone="Europe/Madrid")
    asked = await sent(
        world, sheet(focal_point("NO", "Anna Berg", timezone="Africa/Accra", discord_user_id=str(anna.id)))
    )
    await server.secretariat.click(asked.response, label="Confirm")
    (found,) = await holders(world, "NO")
    assert found.person.timezone == "Africa/Accra"
    async with services.transaction() as tx:
        await services.members.link_account(tx, server.id, found.person.id, None)
    (found,) = await holders(world, "NO")
    assert found.person.timezone == "Africa/Accra"


async def test_one_person_however_the_name_is_written(world: World) -> None:
    spellings = ("Ama Testah", "AMA TESTAH", "Ama\u00a0Testah", "Ama  Testah", "Ama\u200bTestah")
    for spelling, role in zip(spellings, ("focal_point", "alternate", "mission", "adviser", "adviser"), strict=True):
        starts_on = "2026-01-01" if spelling != spellings[-1] else "2027-01-01"
        row = {"delegation": "NO", "name": spelling, "role": role, "starts_on": starts_on, "email": "ama\u200b@ud.no"}
        assert "1 term added" in said(await sent(world, sheet(row)))
    there = await holders(world, "NO")
    assert len(there) == 5
    assert {(h.person.id, h.person.name, h.person.email) for h in there} == {
        (there[0].person.id, "Ama Testah", "ama@ud.no")
    }
    assert len(await holders(world, "GH")) == 1


async def test_five_spellings_in_one_file_are_one_person(world: World) -> None:
    rows = [
        {"delegation": "NO", "name": "Ama Testah", "role": "adviser", "starts_on": "2026-01-01"},
        {"delegation": "NO", "name": "AMA\u00a0TESTAH", "role": "alternate", "starts_on": "2026-01-01"},
    ]
    assert "2 terms added" in said(await sent(world, sheet(*rows)))
    assert len({h.person.id for h in await holders(world, "NO")}) == 1


async def test_a_near_name_is_asked_about_and_makes_somebody_new_only_after_confirm(world: World) -> None:
    await sent(world, sheet(focal_point("NO", "Ama Testah", starts_on="2026-01-01")))
    row = {"delegation": "NO", "name": "Ama Testa", "role": "adviser", "starts_on": "2026-01-01"}
    dry = said(await sent(world, sheet(row), dry_run=True))
    assert "Row 2, name" in dry
    asked = await sent(world, sheet(row))
    assert "Ama Testah" in said(asked)
    assert len(await holders(world, "NO")) == 1
    await world.restart()
    assert asked.response is not None
    await world.server.secretariat.click(asked.response, label="Confirm")
    assert {h.person.name for h in await holders(world, "NO")} == {"Ama Testah", "Ama Testa"}


async def test_two_near_names_with_an_account_each_are_two_people(world: World) -> None:
    first, second = (world.add_member(world.server, name) for name in ("ama", "amma"))
    rows = [
        {"delegation": "NO", "name": "Ama Testah", "role": "adviser", "discord_user_id": str(first.id)},
        {"delegation": "NO", "name": "Amma Testah", "role": "alternate", "discord_user_id": str(second.id)},
    ]
    asked = await sent(world, sheet(*rows))
    assert "2 people get an account" in said(asked)
    assert "One person?" not in said(asked)
    assert asked.response is not None
    assert "up to date: 2 terms added" in said(await world.server.secretariat.click(asked.response, label="Confirm"))


async def welcomes(world: World) -> list[tuple[str, str]]:
    rows = await world.bot.services.database.fetch(
        "SELECT kind, target FROM outbox WHERE subject IN ('appointment', 'arrival') ORDER BY target, kind"
    )
    return [(row["kind"], row["target"]) for row in rows]


async def test_who_gets_an_account_by_a_file_gets_the_welcome_that_others_get(world: World) -> None:
    server = world.server
    coming, there = world.add_member(server, "anna"), world.add_member(server, "bo")
    await sent(world, sheet(focal_point("CL", "Bo Holm")))
    rows = [
        {"delegation": "NO", "name": "Anna Berg", "role": "adviser", "starts_on": "2026-03-01"},
        {"delegation": "NO", "name": "Anna Berg", "role": "alternate", "starts_on": "2025-03-01"},
        focal_point("CL", "Bo Holm"),
        focal_point("IS", "Kai Tamm"),
        {"delegation": "FI", "name": "Former", "role": "adviser", "starts_on": "2020-01-01", "ends_on": "2021-01-01"},
    ]
    former = world.add_member(server, "former")
    for row, actor in ((0, coming), (1, coming), (2, there), (4, former)):
        rows[row]["discord_user_id"] = str(actor.id)
    tried = await sent(world, sheet(*rows), dry_run=True)
    assert "2 people get an account" in said(tried)
    asked = await sent(world, sheet(*rows))
    assert "2 people get an account" in said(asked)
    assert await welcomes(world) == []
    assert asked.response is not None
    done = said(await server.secretariat.click(asked.response, label="Confirm"))
    assert "up to date" in done
    (anna, *_), (bo,) = await holders(world, "NO"), await holders(world, "CL")
    assert sorted(await welcomes(world)) == sorted(
        (kind, f"person:{one.person.id}") for one in (anna, bo) for kind in ("appointed", "undone")
    )
    posts = await world.bot.services.database.fetch("SELECT subject_id FROM outbox WHERE kind = 'appointed'")
    alternate = next(h for h in await holders(world, "NO") if h.appointment.role == "alternate")
    assert alternate.appointment.id in {row["subject_id"] for row in posts}
    again = await sent(world, sheet(*rows))
    assert "all of this already" in said(again)


async def test_an_account_that_is_not_on_the_server_is_noticed_before_confirm(world: World) -> None:
    there = world.add_member(world.server, "anna")
    rows = [
        focal_point("NO", "Anna Berg", discord_user_id=str(there.id)),
        focal_point("CL", "Bo Holm", discord_user_id="123456789012345678"),
    ]
    asked = await sent(world, sheet(*rows))
    assert "Row 3, discord\\_user\\_id" in said(asked)
    assert "Row 2, discord" not in said(asked)
    assert await world.bot.services.members.delegation(world.server.id, "NO") is None
    assert asked.response is not None
    await world.server.secretariat.click(asked.response, label="Confirm")
    (anna,), (bo,) = await holders(world, "NO"), await holders(world, "CL")
    assert (anna.person.account_id, bo.person.account_id) == (there.id, None)
    rows = await world.bot.services.database.fetch("SELECT kind FROM outbox WHERE subject = 'member_role'")
    assert [row["kind"] for row in rows] == [], "nobody has left the server"


async def test_an_account_that_a_spreadsheet_has_rounded_is_a_problem(world: World) -> None:
    for rounded in ("123456789012345000", "1234567890123450000"):
        refused = said(await sent(world, sheet(focal_point("CL", "Bo Holm", discord_user_id=rounded))))
        assert "1 problem was found" in refused
        assert f"Row 2, discord\\_user\\_id: The spreadsheet has turned this number into {rounded}" in refused
    # Of a shorter one the zeros may be its own.
    assert "before you confirm" in said(
        await sent(world, sheet(focal_point("CL", "Bo Holm", discord_user_id="12345678901234500")))
    )


async def test_files_are_read_worked_out_and_written_off_the_loop(world: World) -> None:
    """The loop serves everybody else: nothing that grows with the file runs in its thread."""
    heavy = {
        *(f.__code__ for f in (Sheet.text_of, Sheet.rows_of, Sheet.file_of, planning, problems_card, changes_card)),
    }
    light = import_directory.__code__
    on_the_loop: set[CodeType] = set()

    def note(frame: FrameType, _event: str, _argument: object) -> None:
        on_the_loop.add(frame.f_code)

    rows = [{"delegation": "NO", "name": f"Person {n}", "role": "adviser"} for n in range(50)]
    sys.setprofile(note)
    try:
        await sent(world, sheet(*rows), dry_run=True)
        await sent(world, sheet(*rows))
        await sent(world, sheet({"delegation": "ZZ"}))
        await export(world)
    finally:
        sys.setprofile(None)
    assert light in on_the_loop
    assert not heavy & on_the_loop
    assert len(await holders(world, "NO")) == 50


async def test_a_file_that_is_too_much_is_refused_and_the_bot_answers_on(world: World) -> None:
    header = sheet()
    for data, says in [
        (header + (b"," * 13 + b"\n") * 500_000, "delete the empty rows"),
        (b"\n" * 200_000 + header, "delete the empty rows"),
        (b"\n" * 7_900_000 + b"x", "does not name the columns"),
        (header.strip() + b"," + b"x" * 131_073, "does not name the columns"),
    ]:
        assert says in said(await sent(world, data))
    assert (await export(world))[0]


async def test_ten_thousand_rows(world: World) -> None:
    rows = [
        {
            "delegation": "DK",
            "name": f"Person {n}",
            "role": "adviser",
            "email": f"p{n}@um.dk",
            "starts_on": "2026-01-01",
        }
        for n in range(10_000)
    ]
    answer = await sent(world, sheet(*rows))
    text = said(answer)
    assert "10,000 terms added" in text
    assert any("Reading row 2,000 of 10,000" in str(request.json) for request in world.env.http_requests)
    assert "10,000 rows read." in text
    assert len(await holders(world, "DK")) == 10_001
    _, data = await export(world)
    assert "all of this already" in said(await sent(world, data))


async def test_a_ministry_with_a_comma_is_told_apart_from_an_e_mail_address(world: World) -> None:
    row = b"GH,Ama Owusu,focal_point,Director,Ministry of Foreign Affairs, Regional Integration,a@gh.org,,,,,,,,,"
    refused = said(await sent(world, sheet() + row))
    assert "more cells than the header, such as Regional Integration" in refused
    assert "quotation marks" in refused
    assert "not an e-mail address" not in refused


async def test_a_header_of_other_names_is_told_in_one_line(world: World) -> None:
    refused = said(await sent(world, b"Country,Full name,Role,E-mail\nGhana,Ama Owusu,Focal point,a@gh.org\n"))
    assert "does not name the columns: it should read delegation,name,role" in refused
    assert len(refused.splitlines()) == 1


async def test_languages_in_the_file_take_the_place_of_what_somebody_chose_with_an_account_of_before(
    world: World,
) -> None:
    services, members = world.bot.services, world.server.members
    await members["DK"].slash(world.server.channels["general"], "settings language", language="es")
    (before,) = await holders(world, "DK")
    async with services.transaction() as tx:
        await services.members.link_account(tx, world.server.id, before.person.id, None)
    _, file = await export(world)
    (left,) = await holders(world, "DK")
    assert left.person.language is not None
    table = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    written = io.StringIO()
    for row in table:
        if row[table[0].index("delegation")] == "DK":
            row[table[0].index("languages")] = "fr"
        csv.writer(written).writerow(row)
    await sent(world, written.getvalue().encode())
    (after,) = await holders(world, "DK")
    assert (after.person.languages, after.person.language) == (("fr",), None)
