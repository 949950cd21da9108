"""Every annual meeting since the first, in two lines each."""

from collections.abc import Sequence

from bot.texts import Markdown, Reader, escaped, nt, t
from cogs.meetings import sentences
from cogs.meetings.cards import countries_line, hosts
from cogs.meetings.sentences import Delegations
from storage.meetings.models import Meeting


def history_lines(meetings: Sequence[Meeting], delegations: Delegations, reader: Reader) -> list[str]:
    """Write each meeting in two lines: which, when and where; who hosted, how many came."""
    return [_history_line(meeting, delegations, reader) for meeting in meetings]


def _history_line(meeting: Meeting, delegations: Delegations, reader: Reader) -> str:
    first = [f"**{escaped(sentences.heading(meeting, reader))}**", sentences.days(meeting, reader)]
    first.append(escaped(sentences.place(meeting, delegations, reader)))
    second = [hosts(meeting, delegations, reader)] if meeting.hosts or meeting.partners else []
    countries = countries_line(meeting, reader)
    second += [countries] if countries else []
    second += [reader.say(t("cancelled"))] if meeting.cancelled_at is not None else []
    if meeting.source:
        second.append(f"[{reader.say(t('source'))}](<{meeting.source}>)")
    return " · ".join(first) + ("\n" + " · ".join(second) if second else "")


def no_record(numbers: Sequence[int], reader: Reader) -> str:
    """Say plainly of which meetings no record was found."""
    named = [reader.ordinal(number) for number in numbers]
    return reader.say(
        nt(
            "No record of the {named} annual meeting was found.",
            "No record of these annual meetings was found: {named}.",
            len(numbers),
            named=Markdown(reader.listing(named)),
        )
    )
