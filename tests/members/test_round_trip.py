"""Export then import changes nothing, and into an empty network it makes the same directory again."""

import asyncio
import re
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.csvfiles import spoiled
from bot.search.folding import cleaned, person_key
from cogs.members.exchange.exchange import SHEET, all_values
from cogs.members.exchange.spreadsheet_dates import FIRST_YEAR, LAST_YEAR
from storage.database import Database
from storage.members.directory_import import DirectoryRepository
from storage.members.members import MembersRepository
from storage.members.models import PLACES, ROLES, Delegation, Directory, Holder
from tests.members.spreadsheet import GUILD, directory, holder, person, planned

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
CODES = ("DK", "GH", "EU", "OAS", "ICGLR", "CI")
START = date(2011, 5, 17)

nasty = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''-",
        "-",
        "'-",
        "@everyone",
        "+45 33",
        "**bold** [x](https://x.org)",
        'say "no", thanks; yes',
        "'",
        "\N{MODIFIER LETTER APOSTROPHE}",
        "Ñandú 🇩🇰",
    ]
)


def storable(text: str) -> bool:
    return text == cleaned(text) and text not in {"", "-"} and spoiled(text) is None


def of_no_spreadsheet(phone: str) -> bool:
    """Tell a number from one that a spreadsheet has shortened, such as 3E8: no form or import lets that in."""
    return re.fullmatch(r"\d+([.,]\d+)?[eE]\+?\d+", phone) is None


printable = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30).filter(storable)
cell = st.one_of(st.just(""), nasty, printable)
entries = st.lists(st.one_of(nasty, printable).filter(lambda s: ";" not in s), max_size=3, unique=True).map(tuple)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def directories(draw: Any, *, wild: bool) -> Directory:
    """Directories whose terms the database would take; ``wild`` ones hold what no import would let in."""
    text = anything if wild else cell
    seats = tuple(
        Delegation(n, GUILD, code, "state" if len(code) == 2 and code != "EU" else "organisation")
        for n, code in enumerate(draw(st.lists(st.sampled_from(CODES), unique=True)), 1)
    )
    holders: list[Holder] = []
    for seat in seats:
        names = draw(st.lists(text, max_size=4, unique_by=None if wild else person_key))
        for name in names:
            number = len(holders) + 1
            someone = person(
                number,
                name,
                email=draw(anything if wild else st.sampled_from(["", "a@b.org"])),
                phone=draw(text if wild else text.filter(of_no_spreadsheet)),
                languages=draw(entries if wild else st.sampled_from([(), ("fr",), ("es", "en")])),
                expertise=draw(entries),
                timezone=draw(st.sampled_from([None, "Africa/Abidjan", "UTC"])),
                visibility=draw(st.sampled_from(["members", "secretariat"])),
                account_id=draw(st.sampled_from([None, 10**17 + number])),
            )
            # Year after year, so that focal points never meet.
            starts_on = START + timedelta(days=400 * len(holders))
            ends_on = draw(st.sampled_from([starts_on, starts_on + timedelta(days=300)]))
            role = draw(st.sampled_from(ROLES))
            holders.append(
                holder(
                    number,
                    seat,
                    someone,
                    starts_on,
                    role=role,
                    ends_on=ends_on,
                    title=draw(text),
                    ministry=draw(text),
                    place=draw(st.sampled_from([None, *PLACES])) if role == "mission" else None,
                )
            )
    assert all(FIRST_YEAR < h.appointment.starts_on.year < LAST_YEAR for h in holders)
    return directory(*holders, seats=seats)


def exported(here: Directory) -> bytes:
    return SHEET.file_of(all_values(here))


@given(directories(wild=True))
def test_export_then_import_changes_nothing(here: Directory) -> None:
    if not here.delegations:
        return
    plan = planned(here, exported(here))
    assert plan.problems == ()
    assert plan.changes == ()
    assert plan.unchanged == len(list(all_values(here)))


async def made_from(data: bytes, folder: str) -> Directory:
    """Import a file into an empty network of a real database and read it back."""
    database = await Database.open(Path(folder) / "focalbot.sqlite3")
    try:
        repository = DirectoryRepository(database, MembersRepository(database))
        plan = planned(await repository.read(GUILD), data)
        assert plan.problems == ()
        async with database.transaction(NOW, 1) as tx:
            await repository.apply(tx, GUILD, plan.writes)
        lines = await database.fetch("SELECT count(*) FROM audit")
        writes = plan.writes
        assert lines[0][0] == len([*writes.added_delegations, *writes.added_persons, *writes.added_appointments])
        return await repository.read(GUILD)
    finally:
        await database.close()


@settings(max_examples=30)
@given(directories(wild=False))
def test_an_empty_network_gets_the_same_directory(here: Directory) -> None:
    if not here.delegations:
        return
    with tempfile.TemporaryDirectory() as folder:
        again = asyncio.run(made_from(exported(here), folder))
    assert sorted(all_values(again)) == sorted(all_values(here))
    assert {(d.code, d.kind) for d in again.delegations} == {(d.code, d.kind) for d in here.delegations}
    assert planned(again, exported(here)).changes == ()
