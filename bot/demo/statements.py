"""A joint statement, invented from its title to its text: open for joining, and joined by a few."""

from collections.abc import Mapping
from typing import Final

from bot.demo.dates import CLOSING, in_new_york, working_day
from bot.demo.world import NEW_YORK, World
from bot.outbox import MEMBERS
from bot.services import Services
from cogs.statements.rules import SUBJECT, VERSION, Kind, owed
from storage.statements.models import Statement, StatementValue

OPEN_FOR: Final = 12
"""Days from today."""
TITLE: Final = "An invented example: a statement on early warning"
_WORDS: Final = "An invented example. This is not a statement of any network or state."
_PENHOLDERS: Final = ("DK", "GH")
_JOINED: Final = ("DK", "GH", "CR", "SN", "NZ", "SE")


async def furnish_statement(services: Services, world: World) -> None:
    """Open the statement for all delegations; its penholders and some others have joined."""
    guild_id, today = world.guild_id, services.clock.today(NEW_YORK)
    seats = await services.members.seats(guild_id, today)
    by_code = {seat.delegation.code: seat for seat in seats}
    values: Mapping[str, StatementValue] = {
        "title": TITLE,
        "closes_at": in_new_york(working_day(today, OPEN_FOR), CLOSING),
        "timezone": NEW_YORK,
        "audience": "all",
        "show_count": True,
        "authoritative": "en",
        "penholders": tuple(by_code[code].delegation.id for code in _PENHOLDERS),
    }
    text = text_file()
    async with services.transaction() as tx:
        statement_id = await services.statements.add(tx, guild_id, values)
        expected = await services.documents.expect(tx, guild_id, "en", "invented-example.pdf", len(text))
        await services.documents.receive(tx, guild_id, expected, text)
        await services.documents.attach(tx, guild_id, SUBJECT, statement_id, [expected], "en")
        await services.statements.step(tx, guild_id, statement_id, "draft", "final")
        await services.statements.step(tx, guild_id, statement_id, "final", "open")
    statement = await services.statements.get(guild_id, statement_id)
    assert isinstance(statement, Statement), "it was just written"  # noqa: S101 - narrows the type
    for code in _JOINED:
        async with services.transaction(by_code[code].holders[0].person.account_id) as tx:
            await services.statements.join(tx, guild_id, statement, by_code[code].delegation.id)
    async with services.transaction() as tx:
        await services.outbox.plan_now(tx, guild_id, SUBJECT, statement_id, Kind.OPENED, MEMBERS, payload={VERSION: 1})
        await services.outbox.plan(tx, guild_id, SUBJECT, statement_id, owed(statement))


def text_file() -> bytes:
    """Return a PDF of one page that says that it is invented."""
    drawn = f"BT /F1 14 Tf 72 720 Td ({_WORDS}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, offsets = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(written)
    count = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return written + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
