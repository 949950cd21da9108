"""What the proposer of a topic is sent by e-mail. Pure."""

from bot.outbox.email_text import EmailText
from bot.texts import t
from cogs.topics.sentences import to_proposer
from storage.topics.models import Topic


def text_of(kind: str, topic: Topic) -> EmailText:
    """Say what became of the topic."""
    return EmailText(t("what became of your topic"), [to_proposer(kind, topic)])
