from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.names.delegation_names import called
from bot.outbox import EmailText, LoadedRow, Message, RecordGoneError, Standing, Subject
from bot.services import Services
from bot.texts import Reader, Text, t
from cogs.topics import emails
from cogs.topics.buttons import DecideButton, SupportButton
from cogs.topics.cards import topic_card
from cogs.topics.sentences import to_proposer
from storage.outbox.models import OutboxRow
from storage.topics.models import Topic, TopicState

SUBJECT = "topic"


class TopicMessages(Subject[Topic]):
    """What is said of topics: to the secretariat, which decides, to the members, and to the person who proposed."""

    name = SUBJECT
    to_people = ("approved", "declined", "merged")

    def __init__(self, services: Services) -> None:
        self._services = services

    async def load(self, row: OutboxRow) -> Topic:
        """Return the row's topic. Raises RecordGoneError."""
        topic = await self._services.topics.topic(row.guild_id, row.subject_id)
        if topic is None:
            raise RecordGoneError(f"{self.name} {row.subject_id}")
        return topic

    async def standing(self, row: LoadedRow[Topic]) -> Standing | None:
        """A proposal is shown while it waits, a listing while it is listed; what was decided is told in any case."""
        topic = row.record
        match row.kind:
            case "proposed":
                return Standing() if topic.state == "proposed" else None
            case "listed":
                return Standing() if topic.state == "listed" else None
            case _:
                return Standing()

    async def message(self, row: LoadedRow[Topic], reader: Reader) -> Message:
        """Render what the row says of its topic, as it is now."""
        topic = row.record
        match row.kind:
            case "proposed":
                return await self._proposed(topic, reader)
            case "listed":
                return await self._listed(topic, reader)
            case _:
                return Message(reader.say(to_proposer(row.kind, topic)), topic_card(topic, reader))

    async def email_text(self, row: LoadedRow[Topic], reader: Reader) -> EmailText:  # noqa: ARG002 - it names no time
        """Say what became of it, to the person who proposed it."""
        return emails.text_of(row.kind, row.record)

    async def title(self, row: LoadedRow[Topic]) -> Text:
        """Name the row for the secretariat."""
        title = row.record.title
        match row.kind:
            case "proposed":
                return t("the topic “{title}”, to approve or decline", title=title)
            case "listed":
                return t("the new topic “{title}”", title=title)
            case _:
                return t("what became of the topic “{title}”", title=title)

    async def _proposed(self, topic: Topic, reader: Reader) -> Message:
        delegations = await self._services.members.delegations(topic.guild_id)
        proposer = next(d for d in delegations if d.id == topic.delegation_id)
        about = {"delegation": called(proposer, reader.language), "title": topic.title}
        sentence = replace(_PROPOSED[topic.state], values=about)
        buttons = DecideButton.both(topic.id, reader) if topic.state == "proposed" else []
        return Message(reader.say(sentence), topic_card(topic, reader, proposer), buttons)

    async def _listed(self, topic: Topic, reader: Reader) -> Message:
        if topic.state == "merged":
            into = await self._services.topics.topic(topic.guild_id, topic.merged_into or 0)
            sentence = t("{title} is now part of {into}.", title=topic.title, into=into.title if into else "")
        elif topic.state == "listed":
            sentence = t("A topic is proposed for the workshops: {title}.", title=topic.title)
        else:
            sentence = t("The topic {title} was withdrawn.", title=topic.title)
        buttons = [SupportButton.under(topic, reader)] if topic.state == "listed" else []
        return Message(reader.say(sentence), topic_card(topic, reader), buttons)


_PROPOSED: Final[Mapping[TopicState, Text]] = {
    "proposed": t("{delegation} proposes a topic: {title}."),
    "listed": t("Approved: {delegation} proposed the topic {title}, and it is on the list."),
    "declined": t("Declined: {delegation} proposed the topic {title}."),
    "withdrawn": t("Withdrawn: {delegation} proposed the topic {title}."),
    "merged": t("Merged: {delegation} proposed the topic {title}, and it is now part of another."),
}
