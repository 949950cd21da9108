import ast
import re
from pathlib import Path

from bot.audit_labels import ACTIONS, FIELDS, SUBJECTS
from bot.languages import LANGUAGES
from cogs.audit.queries import NAMED
from storage.database import UnauditedChangeError
from tests.world import World, said


async def test_the_log_names_rows_and_fields_never_values(world: World) -> None:
    server = world.server
    channel = server.channels["secretariat"]
    await server.secretariat.slash(channel, "member name", delegation="CZ", language="en", name="Bohemia")
    person = await world.bot.services.members.person_of_account(server.id, server.members["GH"].id)
    assert person is not None
    async with world.bot.services.transaction() as tx:
        await world.bot.services.members.change_person(tx, server.id, person.id, email="secret@example.org")
    text = said(await server.secretariat.slash(channel, "audit"))
    assert "delegation Bohemia · named (name in English)" in text
    assert "person Ghana · changed (e-mail)" in text
    assert "secret@" not in text


async def test_the_log_is_narrowed_and_turned(world: World) -> None:
    server = world.server
    channel = server.channels["secretariat"]
    await server.guest.slash(server.channels["general"], "settings language", language="fr")
    only = said(await server.secretariat.slash(channel, "audit", who=server.guest))
    assert only.count("·") >= 2
    assert "own settings changed" in only
    assert "delegation" not in only
    every = await server.secretariat.slash(channel, "audit")
    turned = said(await server.secretariat.click(every.response.message, label="Next ›"))
    assert "page 2 of" in turned


async def test_networks_do_not_read_each_others_log(world: World) -> None:
    other = world.other
    text = said(await other.secretariat.slash(other.channels["secretariat"], "audit"))
    assert "Audit log" in text
    entries, _ = await world.bot.services.audit.page(other.id, limit=1000)
    assert {entry.guild_id for entry in entries} == {other.id}


async def test_every_entry_has_words(world: World) -> None:
    entries, _ = await world.bot.services.audit.page(world.server.id, limit=1000)
    assert {entry.action for entry in entries} <= ACTIONS.keys()
    assert {entry.subject for entry in entries} <= SUBJECTS.keys()
    assert {field for entry in entries for field in entry.fields} <= FIELDS.keys()


def written() -> tuple[set[str], set[str]]:
    """Return the actions and subjects that the code of every room writes down, read from it."""
    actions: set[str] = set()
    subjects: set[str] = set()
    for path in (Path(__file__).parents[2] / "storage").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "audit":
                for argument, words in ((node.args[1], actions), (node.args[2], subjects)):
                    literals = [n.value for n in ast.walk(argument) if isinstance(n, ast.Constant)]
                    words |= {str(literal).split()[0] for literal in literals if str(literal).strip()}
    return actions, subjects


def test_whatever_any_room_writes_down_has_words() -> None:
    actions, subjects = written()
    assert {"appoint", "setup"} <= actions
    assert sorted(actions - ACTIONS.keys()) == [], "add its word to ACTIONS of bot/audit_labels.py"
    assert sorted(subjects - SUBJECTS.keys()) == [], "add its word to SUBJECTS of bot/audit_labels.py"


async def test_a_change_that_is_not_audited_is_rolled_back(world: World) -> None:
    services = world.bot.services
    refused = False
    try:
        async with services.transaction(account_id=1) as tx:
            await tx.execute("INSERT INTO delegation (guild_id, code, kind) VALUES (1, 'ZZ', 'state')")
    except UnauditedChangeError:
        refused = True
    assert refused
    assert await services.members.delegations(1) == []


def test_every_row_that_is_written_down_has_a_name() -> None:
    _, subjects = written()
    unnamed = subjects - NAMED.keys() - {"network", "shelf"}
    assert sorted(unnamed) == [], "let NAMED of cogs/audit/queries.py say what such a row is called"


async def test_rows_are_named_as_people_know_them(world: World) -> None:
    server, services = world.server, world.bot.services
    channel = server.channels["secretariat"]
    appointed = {"delegation": "KE", "name": "Amina Otieno", "role": "alternate", "starts_on": "2026-01-05"}
    await server.secretariat.click(
        (await server.secretariat.slash(channel, "member appoint", **appointed)).response.message, label="Confirm"
    )
    await server.members["DK"].slash(
        server.channels["general"], "topic propose", title="Early warning", level="regional", format="workshop"
    )
    await server.guest.slash(server.channels["general"], "settings language", language="en")
    log = said(await server.secretariat.slash(channel, "audit"))
    assert "appointment Amina Otieno, Kenya" in log
    assert "person Amina Otieno, Kenya" in log
    assert "topic “Early warning”" in log
    # Who changes their own settings is named once.
    assert log.count(f"<@{server.guest.id}>") == 1
    person = (await services.members.holders(server.id))[0].person
    async with services.transaction() as tx:
        await tx.audit(server.id, "register GH", "meeting", 999_999, ("attendance",))
        await tx.audit(server.id, "erase", "person", person.id)
        await tx.execute("UPDATE person SET name = '' WHERE id = ?", (person.id,))
    for language in LANGUAGES:
        async with world.speaking(language):
            log = said(await server.secretariat.slash(channel, "audit"))
        assert "999" not in log
        assert "Ghana" in log
        assert not re.search(r"· [^·]*\w \d+ ·", log), "a row is named by its number"
