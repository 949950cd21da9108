"""What describes a resource: what each field is called, its values, its line in a form."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.texts import Reader, Text, t
from bot.ui import Field
from storage.resources.models import ResourceVisibility

RESOURCE_LANGUAGES: Final[Mapping[str, Text]] = {
    "en": t("English"),
    "fr": t("French"),
    "es": t("Spanish"),
    "ar": t("Arabic"),
    "zh": t("Chinese"),
    "de": t("German"),
    "pt": t("Portuguese"),
    "ru": t("Russian"),
}
VISIBILITIES: Final[Mapping[ResourceVisibility, Text]] = {
    "public": t("Everybody on the server"),
    "members": t("Members only"),
}


def lines(reader: Reader) -> Sequence[Field]:
    """Return what every form about a resource asks for: address, title, authors, tags and a description."""
    language = reader.language_name(reader.language)
    return (
        Field("url", t("Web address"), placeholder=t("https://…")),
        Field("title", t("Title, as the publication has it"), max_length=300),
        Field("authors", t("Authors, separated by semicolons"), required=False, max_length=600),
        Field("tags", t("Tags, separated by semicolons"), required=False, max_length=600),
        Field(
            f"description_{reader.language}",
            t("Two lines of description ({language})", language=language),
            required=False,
            long=True,
            max_length=600,
        ),
    )


def cells_given(reader: Reader, /, **options: str | int | None) -> dict[str, str]:
    """Return the options of a command that were given, as the cells that :func:`bot.shelf.parsed` reads.

    A description is in the language in which the person who types it, ``reader``, reads the bot.
    """
    names = {"description": f"description_{reader.language}"}
    return {names.get(name, name): str(value) for name, value in options.items() if value is not None}
