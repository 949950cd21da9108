"""A command as a value: named in a text, it is clickable wherever Discord makes it so."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the bot by its qualified name ("member find"), and the ``option`` meant, if one is.

    Put into a text as a value, it is rendered as Discord's clickable mention where the reader sees one, else as code.
    """

    name: str
    option: str = ""

    def __str__(self) -> str:
        """Return it as it is typed: "/member find"."""
        return f"/{self.name} {self.option}".rstrip()


@dataclass(slots=True)
class CommandIds:
    """The ids under which Discord knows the bot's top-level commands, read when the bot starts."""

    ids: Mapping[str, int] = field(default_factory=dict[str, int])

    def markdown(self, command: Command) -> str:
        """Return the command as Discord's mention, or as code while its id is not known."""
        command_id = self.ids.get(command.name.partition(" ")[0])
        if command_id is None:
            return f"`{command}`"
        mention = f"</{command.name}:{command_id}>"
        return f"{mention} `{command.option}`" if command.option else mention
