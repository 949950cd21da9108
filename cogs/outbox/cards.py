from collections.abc import Mapping
from datetime import datetime

import discord

from bot.commands import Command
from bot.outbox.reasons import STATES, described, in_trouble, why_not_reached
from bot.texts import Reader, Text, escaped, nt, t
from bot.ui import Page, joined, page_label
from cogs.outbox.sentences import LIST_NAMES, LISTS, ListName
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, SentBy

PAGE = 8


def list_card(
    which: ListName,
    page: Page[tuple[OutboxRow, Text]],
    who: Mapping[int, str],
    counts: Mapping[OutboxState, int],
    paused_at: datetime | None,
    now: datetime,
    zone: str,
    reader: Reader,
) -> discord.Embed:
    """Show one page of a list of the outbox, with how many messages are in each list; ``zone`` is the network's.

    ``who`` names the persons, by the ids of their rows, where the list says whom a message is for.
    """
    lines = [_bullet(row, title, _state(row, now, which), who, zone, reader) for row, title in page.items]
    if paused_at is not None:
        held = t(
            "Sending has been paused since {when}: {command} resumes it.",
            when=reader.stamp(paused_at, zone, "f"),
            command=_RESUME,
        )
        lines.insert(0, f"⏸ **{reader.say(held)}**")
    if not page.items:
        lines.append(reader.say(_nothing(sum(counts.get(state, 0) for state in LISTS[which]))))
    totals = [reader.say(counted) for counted in filled_lists(counts).values()]
    card = discord.Embed(title=f"{reader.label(t('Outbox'))} · {reader.label(LIST_NAMES[which])}")
    card.description = joined(lines, reader)
    if totals:
        card.add_field(name=reader.label(t("Messages in all")), value=" · ".join(totals), inline=False)
    card.set_footer(text=page_label(page, reader))
    return card


def filled_lists(counts: Mapping[OutboxState, int]) -> dict[ListName, Text]:
    """Name each list of the outbox that is not empty, with how many messages are in it."""
    held: dict[ListName, int] = {k: sum(counts.get(state, 0) for state in states) for k, states in LISTS.items()}
    return {key: _counted(LIST_NAMES[key], count) for key, count in held.items() if count}


def _bullet(row: OutboxRow, title: Text, state: Text | None, who: Mapping[int, str], zone: str, reader: Reader) -> str:
    line = f"- {_line(row, title, state, zone, reader)}"
    if row.id in who:
        line = f"{line}: **{escaped(who[row.id])}**"
    if not in_trouble(row):
        return f"{line}\n  {reader.say(why_not_reached(row))}" if row.state is OutboxState.NOT_REACHED else line
    problem, fix = described(row)
    return f"{line}\n  {reader.say(problem)} {reader.say(fix)}"


_RESUME = Command("outbox resume")


def _nothing(parts: int) -> Text:
    if not parts:
        return t("There is nothing in this list.")
    # One message to many people is one line, in the list where it went out.
    return nt(
        "{count} message here belongs to one to several people: open that in the list *{list}*.",
        "{count} messages here belong to one to several people: open that in the list *{list}*.",
        parts,
        list=LIST_NAMES["sent"],
    )


def row_card(
    row: OutboxRow,
    title: Text,
    children: Mapping[OutboxState, int],
    senders: Mapping[SentBy, int],
    now: datetime,
    zone: str,
    reader: Reader,
) -> discord.Embed:
    """Show all that is known of one message: where and when, what became of it, why, and what to do.

    Of the messages that it became for each person (``children``), ``senders`` says by what those were sent that are
    there. ``zone`` is the network's.
    """
    card = discord.Embed(title=capitalised(reader.label(title))[:256])
    lines = [_line(row, t("No. {number}", number=str(row.id)), _state(row, now), zone, reader)]
    if in_trouble(row):
        problem, fix = described(row)
        lines += [reader.say(problem), reader.say(fix)]
    if children:
        sent = [_counted(_sent_by(by), count) for by, count in senders.items()]
        states = [_counted(STATES[one], count) for one, count in children.items() if one is not OutboxState.SENT]
        said = [reader.say(text) for text in (*sent, *states)]
        lines.append(" · ".join(said))
    if row.attempts > 1:
        lines.append(reader.say(nt("{count} attempt", "{count} attempts", row.attempts)))
    card.description = "\n".join(lines)
    return card


def _state(row: OutboxRow, now: datetime, within: ListName | None = None) -> Text | None:
    """Say what has become of a row; None where the list ``within`` which it is shown says it for all of them."""
    if row.state is OutboxState.PENDING and row.email_step is not None:
        return t("waits to be sent by e-mail")
    if row.state is OutboxState.PENDING and row.due_at < now:
        # Until then the engine leaves it alone on purpose; what failed before is looked at again sooner or later.
        waits = row.wake_at is not None and row.wake_at > now and not row.failures and row.is_direct
        return t("waits for the person's working hours") if waits else t("late")
    if row.state is OutboxState.SENT and row.sent_by is not None:
        return _sent_by(row.sent_by)
    return None if within is not None and row.state is LISTS[within][0] else STATES[row.state]


def _sent_by(by: SentBy) -> Text:
    """Say who sent it and by what: the books never leave open whether it was the bot or the secretariat."""
    match by:
        case SentBy.SECRETARIAT:
            return t("sent by the secretariat")
        case SentBy.EMAIL:
            return t("sent by the bot, by e-mail")
        case SentBy.REPLY:
            return t("sent by the bot, at the top of a reply")
        case SentBy.DIRECT_MESSAGE:
            return t("sent by the bot, by direct message")


def _line(row: OutboxRow, title: Text, state: Text | None, zone: str, reader: Reader) -> str:
    link = _link(row)
    named = capitalised(reader.say(title))
    what = f"[{named}]({link})" if link else named
    line = f"{reader.stamp(row.due_at, zone, 'f')} · {what} · {_target(row, reader)}"
    return line if state is None else f"{line} · **{reader.say(state)}**"


def _target(row: OutboxRow, reader: Reader) -> str:
    targets = {
        "announcements": t("announcements"),
        "members": t("members"),
        "secretariat": t("secretariat"),
        "people": t("each person"),
    }
    return reader.say(targets.get(row.target, t("one person")))


def capitalised(title: str) -> str:
    """Return the title with a capital letter at its beginning."""
    return f"{title[:1].upper()}{title[1:]}"


def _counted(name: Text, count: int) -> Text:
    return t("{name}: {value}", name=name, value=count)


def _link(row: OutboxRow) -> str | None:
    if row.state is not OutboxState.SENT or not row.message_id or row.is_direct:
        return None
    return f"https://discord.com/channels/{row.guild_id}/{row.channel_id}/{row.message_id}"
