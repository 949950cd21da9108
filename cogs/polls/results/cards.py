import discord

from bot.commands import Command
from bot.texts import Markdown, Reader, Text, escaped, t
from bot.ui import Page, colours, page_label
from bot.ui.embed_limits import joined
from cogs.polls.cards import DESCRIPTION, turnout_line
from cogs.polls.counting import Count, Step
from cogs.polls.methods import METHODS
from cogs.polls.sentences import shortened, text_of
from storage.polls.models import Poll, PollOption


def result_card(poll: Poll, count: Count, reader: Reader, digest: str) -> discord.Embed:
    """Show what was counted, place by place, the turnout, and how to check the count."""
    plan = poll.plan
    card = discord.Embed(title=escaped(plan.question)[:256], colour=colours.CLOSED)
    card.description = joined(_places(poll, count, reader), reader, DESCRIPTION) or reader.say(_nothing(count))
    if plan.abstain and count.places:
        abstentions = reader.number(count.abstentions)
        card.add_field(name=reader.label(t("Abstentions")), value=abstentions, inline=False)
    card.add_field(name=reader.label(t("Turnout")), value=turnout_line(poll, reader), inline=False)
    check = t(
        "The file below holds what was published. {command} tells whether a ballot was counted; the file can be"
        " recounted without the bot.",
        command=Command("poll verify"),
    )
    name = reader.label(t("Check the count"))
    lines = [reader.say(check), f"SHA-256: `{digest}`"]
    wanted = plan.secret and plan.publish == "ballots" and METHODS[plan.method].instead_of_ballots is None
    if wanted and poll.published == "totals" and count.places:
        few = t("So few voted that only the receipts and the totals are published, and no single ballot.")
        lines.insert(0, reader.say(few))
    card.add_field(name=name, value="\n".join(lines), inline=False)
    return card


def _nothing(count: Count) -> Text:
    if not count.ballots:
        return t("Nobody voted.")
    if not count.expressed:
        return t("Everybody who voted abstained.")
    return t("Only the turnout is published: a result from so few ballots would show how they were cast.")


def _places(poll: Poll, count: Count, reader: Reader) -> list[str]:
    options = {option.number: option for option in poll.plan.options}
    if count.steps:
        chosen = [
            line for n, step in enumerate(count.steps, 1) for line in _step(n, step, count, options, poll, reader)
        ]
        seated = {step.option for step in count.steps}
        others = [_option(number, count, options, poll, reader) for number in count.ordered if number not in seated]
        if not others:
            return chosen
        return [*chosen, "", f"__{reader.say(t('Not chosen'))}__", *(f"· {line}" for line in others)]
    lines: list[str] = []
    place = 1
    for tied in count.places:
        shared = f" ({reader.say(t('tied'))})" if len(tied) > 1 else ""
        lines += [
            f"{ranked(place)} {_option(number, count, options, poll, reader, bold=place == 1, after=shared)}"
            for number in tied
        ]
        place += len(tied)
    return lines


def ranked(place: int) -> str:
    """Write a place at the head of a line: Discord would number "1." anew, and two that share a place be 1 and 2."""
    return f"{place}\\."


def _option(
    number: int,
    count: Count,
    options: dict[int, PollOption],
    poll: Poll,
    reader: Reader,
    *,
    bold: bool = False,
    after: str = "",
) -> str:
    name = shortened(options[number], poll.plan, reader)
    total = METHODS[poll.plan.method].total(count, number)
    said = f" · {reader.say(text_of(total))}" if total is not None else ""
    return (f"**{name}**" if bold else name) + after + said


def _step(
    place: int, step: Step, count: Count, options: dict[int, PollOption], poll: Poll, reader: Reader
) -> list[str]:
    lines = [f"{ranked(place)} {_option(step.option, count, options, poll, reader, bold=True)}"]
    if step.tied:
        others = reader.listing([shortened(options[o], poll.plan, reader) for o in step.tied if o != step.option])
        why = {
            "approvals": t("tied with {others}; chosen because more ballots approve it", others=Markdown(others)),
            "order": t("tied with {others}; chosen because it comes first in the list", others=Markdown(others)),
        }[step.decided_by or "order"]
        lines.append(f"*{reader.say(why)}*")
    return lines


def list_card(page: Page[Poll], reader: Reader, *, to_secretariat: bool) -> discord.Embed:
    """Show a page of polls, open ones first; where there is none, tell the secretariat how to ask."""
    card = discord.Embed(title=reader.label(t("Polls")), colour=colours.VOTE)
    if not page.total:
        none = t("There is no poll yet: {command} opens one.", command=Command("poll create"))
        card.description = reader.say(none if to_secretariat else t("There is no poll yet."))
    for poll in page.items:
        card.add_field(name=escaped(poll.plan.question)[:256], value=_status(poll, reader), inline=False)
    card.set_footer(text=page_label(page, reader))
    return card


def _status(poll: Poll, reader: Reader) -> str:
    if poll.state == "cancelled":
        return reader.say(t("Poll cancelled"))
    ends = poll.ended_at or poll.plan.closes_at
    stamp = reader.stamp(ends, poll.plan.timezone)
    text = t("Closed {when}", when=stamp) if poll.state == "closed" else t("Open until {when}", when=stamp)
    return f"{reader.say(text)}\n{turnout_line(poll, reader)}"
