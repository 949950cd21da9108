import discord

from bot.texts import Reader, escaped, t
from bot.ui import colours
from bot.ui.embed_limits import joined
from cogs.polls.cards import DESCRIPTION
from cogs.polls.methods import METHODS
from cogs.polls.methods.ballot_state import BallotState
from cogs.polls.sentences import options_shortened, saying, text_of
from storage.polls.models import Poll


def ballot_card(poll: Poll, state: BallotState, reader: Reader) -> discord.Embed:
    """Show an opened ballot as it is marked so far; private, and stored nowhere."""
    plan, method = poll.plan, METHODS[poll.plan.method]
    card = discord.Embed(title=escaped(plan.question)[:256], colour=colours.VOTE)
    none = [f"*{reader.say(t('Nothing is chosen yet.'))}*"]
    lines = method.marked_lines(state, options_shortened(plan, reader), saying(reader.say)) if state.ballot else none
    card.description = joined([reader.say(text_of(method.how_to_vote(plan.seats))), "", *lines], reader, DESCRIPTION)
    return card
