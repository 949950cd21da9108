"""630 e-mails at once: one after the other, with a pause between them, and nothing on Discord waits for them."""

from datetime import timedelta
from pathlib import Path

from bot.outbox import ANNOUNCEMENTS, PEOPLE
from storage.outbox.states import OutboxState
from tests.outbox.posting import desk_at, settled
from tests.smtp.servers import mailbox

MANY = 630
PAUSE = 30.0
"""Seconds, more than SimCord waits in real time; the bot's own is tested with its transport."""


async def test_630_emails_leave_one_by_one_and_a_channel_does_not_wait(tmp_path: Path) -> None:
    async with mailbox() as (server, box), desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk:
        services = desk.world.bot.services
        assert services.mail is not None
        services.mail.pause = PAUSE
        with desk.world.as_bot():
            async with services.transaction() as tx:
                for number in range(MANY):
                    added = await services.members.add_person(
                        tx, desk.guild_id, f"P{number}", email=f"p{number}@example.org"
                    )
                    desk.notes.concerned.append(added)
        await desk.ask("note", PEOPLE)
        await desk.pass_time(timedelta(minutes=10))
        # The first one left 8 minutes after the fan-out.
        assert 3 <= len(box.taken) <= 6
        await desk.ask("news", ANNOUNCEMENTS, subject_id=2)
        await desk.pass_time(timedelta(seconds=2))
        assert "Note news" in desk.shown()
        assert len(box.taken) <= 7
        await desk.pass_time(timedelta(seconds=(MANY + 1) * PAUSE))
        await settled(desk, OutboxState.EXPANDED, *[OutboxState.SENT] * MANY)
        addresses = [one for mail in box.taken for one in mail.recipients]
        assert len(addresses) == len(set(addresses)) == MANY
        assert all(len(mail.recipients) == 1 for mail in box.taken)
