"""Export gives back everything held on a person; erase removes the person and keeps the seat, also after a restore."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from simcord.results import InteractionResult

from storage import checkpoints
from storage.backups.copies import back_up, restore
from tests.members.test_seats_posts import confirm, holders, office
from tests.patience import NEAR
from tests.people import Person
from tests.world import World, said

NAME = "Wilhelmina Oyelaran-Quist"


async def named(world: World) -> Person:
    """Let somebody with a name that nothing else contains hold a post, with all details."""
    user = world.add_member(world.server, "wilhelmina")
    await office(
        world, "appoint", delegation="Ghana", name=NAME, role="alternate", user=user, title="Xylographer General"
    )
    services = world.bot.services
    (holder,) = [h for h in await holders(world, "GH") if h.person.name == NAME]
    with world.env.time_context():
        async with services.transaction(user.id) as tx:
            await services.members.change_person(
                tx, world.server.id, holder.person.id, email="quist@mfa.gov.gh", phone="+233 123", expertise=("law",)
            )
    return user


async def privacy(world: World, actor: Person, command: str) -> InteractionResult:
    return await actor.slash(world.server.channels["general"], f"privacy {command}")


async def files(answer: InteractionResult) -> dict[str, str]:
    messages = [message for message in (answer.response, *answer.followups) if message]
    return {f.filename: (await f.read()).decode() for message in messages for f in message.attachments}


def on_disk(path: Path) -> bytes:
    wal = path.with_name(f"{path.name}-wal")
    return path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")


async def test_export_gives_back_everything_for_programs_and_to_read(world: World) -> None:
    user = await named(world)
    given = await files(await privacy(world, user, "export"))
    held = json.loads(given["my-data.json"])["held"]
    assert held["person"][0]["email"] == "quist@mfa.gov.gh"
    assert held["appointment"][0]["delegation"] == "GH"
    assert {"person", "appointment", "audit", "account_setting", "outbox"} <= held.keys()
    for text in (NAME, "Xylographer General", "quist@mfa.gov.gh", "You in the directory"):
        assert text in given["my-data.txt"]


async def test_export_says_nothing_of_others(world: World) -> None:
    await named(world)
    given = await files(await privacy(world, world.server.members["DK"], "export"))
    assert NAME not in given["my-data.json"]
    guest = await files(await privacy(world, world.server.guest, "export"))
    assert "person" not in json.loads(guest["my-data.json"])["held"]


@pytest.mark.parametrize(("language", "heading"), [("en", "Your posts"), ("fr", "Vos fonctions"), ("es", "Sus cargos")])
async def test_export_reads_in_the_persons_language(world: World, language: str, heading: str) -> None:
    user = await named(world)
    async with world.speaking(language):
        given = await files(await privacy(world, user, "export"))
    assert heading in given["my-data.txt"]


async def test_what_is_exported_to_read_has_no_value_as_it_is_stored(world: World) -> None:
    user, channel = await named(world), world.server.channels["general"]
    async with world.speaking("es"):
        await user.slash(
            channel, "topic propose", title="Alerta", level="sub_regional", format="case_study", description="Antes"
        )
        await user.slash(channel, "settings reminders", channel="direct_message")
        read = (await files(await privacy(world, user, "export")))["my-data.txt"]
    for words in (
        "función: Suplente; ",
        "tema: Alerta; nivel: Subregional; formato: Estudio de caso",
        "estado: pendiente de la secretaría",
        "cómo llegan los mensajes: por mensaje directo",
        "acción: propuesta; asunto: tema; campos: descripción, formato, nivel y título o cargo",
        "fecha y hora: 1 de enero de 2026, 00:00",
    ):
        assert words in read
    for stored in ("alternate", "sub_regional", "case_study", "proposed", "2026-01-01", "[", "+00:00"):
        assert stored not in read


async def test_erase_removes_the_person_and_keeps_the_seat(world: World) -> None:
    user = await named(world)
    asked = await privacy(world, user, "erase")
    assert "What belongs to your delegation stays" in said(asked)
    assert "Your term for 🇬🇭 Ghana (GH) ends with it" in said(asked)
    await world.restart()
    assert "gone here and in the backups" in await confirm(world, asked, user)
    kept = [h for h in await holders(world, "GH") if h.appointment.role == "alternate"]
    assert kept == [], "a term that began today leaves nothing"
    services = world.bot.services
    assert await services.members.person_of_account(world.server.id, user.id) is None
    entries, _ = await services.audit.page(world.server.id, account_id=user.id)
    assert entries == []
    secretariat = [m.content for m in world.server.channels["secretariat"].history()]
    assert any("Somebody who spoke for Ghana had their data erased" in line for line in secretariat)
    roles = world.env.backend.get_member(world.server.id, user.id).role_ids
    assert world.server.member_role.id not in roles
    await world.bot.close()
    for trace in (NAME, "Xylographer General", "quist@mfa.gov.gh"):
        assert trace.encode() not in on_disk(world.settings.database_path), trace


async def test_a_long_term_stays_in_the_history_as_a_former_focal_point(world: World) -> None:
    ghana = world.server.members["GH"]
    await confirm(world, await privacy(world, ghana, "erase"), ghana)
    (old,) = await holders(world, "GH")
    assert old.appointment.ends_on == date(2025, 12, 30)
    server = world.server
    shown = await server.secretariat.slash(server.channels["secretariat"], "member history", delegation="GH")
    assert "Former focal point" in said(shown)


async def test_a_restored_backup_forgets_again(world: World, tmp_path: Path) -> None:
    user = await named(world)
    copy = tmp_path / "copy.sqlite3"
    await asyncio.to_thread(back_up, world.settings.database_path, copy)
    await confirm(world, await privacy(world, user, "erase"), user)
    await world.bot.close()
    assert NAME.encode() in on_disk(copy)
    await asyncio.to_thread(restore, copy, world.settings.database_path, datetime(2026, 11, 22, tzinfo=UTC))
    assert NAME.encode() not in on_disk(world.settings.database_path)
    await world.restart()
    assert await world.bot.services.members.person_of_account(world.server.id, user.id) is None


async def test_a_copy_put_back_by_hand_forgets_at_the_start(world: World, tmp_path: Path) -> None:
    user = await named(world)
    copy = tmp_path / "copy.sqlite3"
    await asyncio.to_thread(back_up, world.settings.database_path, copy)
    await confirm(world, await privacy(world, user, "erase"), user)
    await world.bot.close()
    for suffix in ("-wal", "-shm"):
        world.settings.database_path.with_name(f"{world.settings.database_path.name}{suffix}").unlink(missing_ok=True)
    world.settings.database_path.write_bytes(copy.read_bytes())
    await world.restart()
    assert await world.bot.services.members.person_of_account(world.server.id, user.id) is None


async def test_erasing_twice_and_coming_back_is_possible(world: World) -> None:
    user = await named(world)
    await confirm(world, await privacy(world, user, "erase"), user)
    await confirm(world, await privacy(world, user, "erase"), user)
    answer = await office(world, "appoint", delegation="Ghana", name=NAME, role="adviser", user=user)
    assert f"{NAME} is Adviser of" in said(answer)
    await world.restart()
    person = await world.bot.services.members.person_of_account(world.server.id, user.id)
    assert person is not None
    assert person.name == NAME


async def test_the_secretariat_erases_itself_and_stays_the_secretariat(world: World) -> None:
    secretariat = world.server.secretariat
    asked = await privacy(world, secretariat, "erase")
    assert "You remain in the secretariat" in said(asked)
    assert "give the role to your successor" in said(asked)
    await confirm(world, asked, secretariat)
    assert "Overview" in said(await office(world, "overview"))


async def test_who_left_long_ago_is_forgotten_by_night(world: World) -> None:
    terms = {"starts_on": "2018-01-01", "ends_on": "2019-12-31"}
    await office(world, "appoint", delegation="Ghana", name=NAME, role="adviser", **terms)
    recent = {"starts_on": "2018-01-01", "ends_on": "2024-12-31"}
    await office(world, "appoint", delegation="Ghana", name="Efua Owusu", role="adviser", **recent)
    await world.travel(86400)
    names = {h.person.name for h in await holders(world, "GH")}
    assert NAME not in names
    assert "Efua Owusu" in names


async def test_the_privacy_contact_is_shown(world: World) -> None:
    for command in ("export", "erase"):
        assert "privacy@example.org" in said(await privacy(world, world.server.guest, command))


async def test_what_a_predecessor_chose_before_no_longer_names_the_account(world: World) -> None:
    wilhelmina = await named(world)
    (before,) = [h for h in await holders(world, "GH") if h.person.name == NAME]
    await confirm(world, await office(world, "link", delegation="GH", person=str(before.person.id)))
    await office(world, "appoint", delegation="Ghana", name="Ama Mensah", role="adviser", user=wilhelmina)
    await confirm(world, await privacy(world, wilhelmina, "erase"), wilhelmina)
    kept = await world.bot.services.database.fetch("SELECT account_id FROM choices_before")
    assert wilhelmina.id not in [row["account_id"] for row in kept]


async def test_another_network_is_untouched(world: World) -> None:
    niger = world.other.members["NE"]
    ghana = world.server.members["GH"]
    await confirm(world, await privacy(world, ghana, "erase"), ghana)
    person = await world.bot.services.members.person_of_account(world.other.id, niger.id)
    assert person is not None


async def test_a_day_later_no_file_holds_what_was_erased(world: World) -> None:
    user = await named(world)
    server, channel = world.server, world.server.channels["secretariat"]
    header = (
        "delegation,name,role,title,ministry,email,phone,languages,expertise,timezone,visibility,starts_on,ends_on,"
        "discord_user_id"
    )
    row = f"FI,{NAME},adviser,Adviser,,quist@mfa.gov.gh,+233 123,,,,members,,,"
    ending = "DK,,focal_point,,,,,,,,,2011-05-17,2025-12-31,"
    waiting = await server.secretariat.slash(
        channel, "member import", file=("m.csv", f"{header}\n{row}\n{ending}\n".encode())
    )
    proposed = await server.secretariat.slash(channel, "member handover", delegation="Finland", name=NAME)
    untouched = await server.secretariat.slash(channel, "member handover", delegation="Denmark", name="Someone Else")
    await confirm(world, await privacy(world, user, "erase"), user)
    for draft in (waiting, proposed):
        refused = await server.secretariat.click(draft.response, label="Confirm")
        assert "erased since" in said(refused)
    done = await server.secretariat.click(untouched.response, label="Confirm")
    assert "erased since" not in said(done)
    await world.travel(timedelta(days=1))
    folder = world.settings.database_path.parent
    for trace in (NAME, "Xylographer General", "quist@mfa.gov.gh", "+233 123"):
        for file in filter(Path.is_file, folder.rglob("*")):
            assert trace.encode() not in file.read_bytes(), (trace, file.name)
    assert [h for h in await holders(world, "FI") if h.person.name == NAME] == []


async def test_the_answer_says_when_another_program_keeps_the_erased_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "FIRST_DELAY", NEAR + 1)
    user = await named(world)
    with closing(sqlite3.connect(world.settings.database_path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM person").fetchall()
        answer = await confirm(world, await privacy(world, user, "erase"), user)
    assert "another program is reading" in answer.lower()
    await world.travel(timedelta(minutes=2))
    assert not checkpoints.is_overdue(world.settings.database_path)


@pytest.mark.parametrize("replicated", [False, True])
async def test_the_answer_says_whether_a_replica_keeps_a_history(world: World, *, replicated: bool) -> None:
    database = world.settings.database_path
    if replicated:
        # What Litestream keeps beside the database that it replicates.
        database.with_name(f".{database.name}-litestream").mkdir()
    user = await named(world)
    answer = await confirm(world, await privacy(world, user, "erase"), user)
    assert ("copied continuously to another place" in answer) is replicated
