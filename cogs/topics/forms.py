from collections.abc import Sequence

from bot.labels import FORMATS, LEVELS
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values, Word
from cogs.topics.propose import propose
from cogs.topics.rules import LONGEST_DESCRIPTION, LONGEST_TITLE


class ProposeForm(Form):
    """A topic for the workshops, for the secretariat to approve; its argument is the delegation's code."""

    kind = "topic_propose"
    takes = (Word,)
    title = t("Propose a topic")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the four lines of a proposal."""
        return (
            Field("title", t("Topic"), max_length=LONGEST_TITLE),
            Field("level", t("Level"), choices=tuple(LEVELS.items())),
            Field("format", t("Format"), choices=tuple(FORMATS.items())),
            Field(
                "description",
                t("Why (no country situations, please)"),
                required=False,
                long=True,
                max_length=LONGEST_DESCRIPTION,
                placeholder=t("What should be discussed? No country situations, please."),
            ),
        )

    async def on_submit(self, context: Context, values: Values) -> None:
        """Hand the proposal to the secretariat, or ask about it first."""
        await propose(context, self.arguments[0] if self.arguments else None, values, self.correction())
