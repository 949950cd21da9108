"""How the shelf looks: a card for one resource, a list for many."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.meeting_names import full_name
from bot.shelf import CATEGORY_NAMES, Answers, Found, marked
from bot.texts import Markdown, Reader, Text, clipped, escaped, nt, t
from storage.meetings.models import Meeting
from storage.resources.models import Resource, SearchTerm

_LONGEST_LIST: Final = 4000
_LONGEST_TITLE: Final = 256
_TITLE_IN_LIST: Final = 140
_TITLE_IN_SENTENCE: Final = 100


def resource_card(
    resource: Resource, reader: Reader, terms: Sequence[SearchTerm] = (), meeting: Meeting | None = None
) -> discord.Embed:
    """Show all that the shelf knows of a resource, in the reader's language as far as there is a description.

    ``meeting`` is the one that it belongs to.
    """
    card = discord.Embed(
        title=clipped(escaped(resource.title), _LONGEST_TITLE),
        url=resource.url,
        description=marked(description(resource, reader), terms) or None,
        colour=discord.Colour.blurple(),
    )
    facts: list[tuple[Text, str, bool]] = [
        (t("Authors"), marked(reader.listing(resource.authors), terms), True),
        (t("Year"), str(resource.year or ""), True),
        (t("Kind of document"), reader.say(CATEGORY_NAMES[resource.category]), True),
        (t("Language"), reader.language_name(resource.language or ""), True),
        (t("Published in"), marked(resource.published, terms), True),
        (t("Tags"), marked(", ".join(resource.tags), terms), True),
        (t("Meeting"), escaped(full_name(meeting, reader)) if meeting is not None else "", True),
        (t("Address"), resource.url, False),
    ]
    for name, value, inline in facts:
        if value:
            card.add_field(name=reader.label(name), value=value[:1024], inline=inline)
    card.set_footer(text=f"#{resource.id}{_for_members(resource, reader)}")
    return card


def list_card(found: Found, reader: Reader, question: str, footer: str | None = None) -> discord.Embed:
    """Show a page of the shelf, or of what was found on it, with the words that answer in bold."""
    lead = [reader.say(text) for text in _lead(found, question)]
    budget = _LONGEST_LIST - sum(len(line) + 2 for line in lead)
    lines = [_Line(number, r, found, reader) for number, r in enumerate(found.resources, found.offset + 1)]
    card = discord.Embed(description="\n\n".join([*lead, *_fitting(lines, budget)]), colour=discord.Colour.blurple())
    if footer:
        card.set_footer(text=footer)
    return card


def _lead(found: Found, question: str) -> list[Text]:
    if not question:
        return [nt("**{count} resource**, newest first", "**{count} resources**, newest first", found.total)]
    count = nt(
        "**{count} resource** for “{question}”",
        "**{count} resources** for “{question}”",
        found.total,
        question=clipped(question, _TITLE_IN_SENTENCE),
    )
    match found.answers:
        case Answers.FULLY:
            return [count]
        case Answers.NEARLY:
            return [count, t("Nothing contains exactly these words; these are the closest.")]
        case Answers.PARTLY:
            return [count, t("Nothing contains all of these words; these contain some of them.")]


class _Line:
    """One entry of a list, which gives up its link where the list would grow too long for Discord."""

    def __init__(self, number: int, resource: Resource, found: Found, reader: Reader) -> None:
        title = marked(clipped(resource.title, _TITLE_IN_LIST), found.terms)
        facts = marked(facts_line(resource, reader), found.terms)
        self.linked = f"{number}\\. [{title}]({resource.url})\n{facts}"
        self.plain = f"{number}\\. {title}\n{facts}"


def _fitting(lines: Sequence[_Line], budget: int) -> list[str]:
    written = [line.linked for line in lines]
    by_saving = sorted(range(len(lines)), key=lambda i: len(lines[i].plain) - len(lines[i].linked))
    for i in by_saving:
        if sum(len(text) + 2 for text in written) <= budget:
            break
        written[i] = lines[i].plain
    return written


def facts_line(resource: Resource, reader: Reader) -> str:
    """Return kind, year, authors and language in one line without markdown, for lists."""
    authors = resource.authors[0] if resource.authors else ""
    if len(resource.authors) > 1:
        authors = reader.label(t("{author} and others", author=authors))
    facts = [
        reader.label(CATEGORY_NAMES[resource.category]),
        str(resource.year or ""),
        authors,
        reader.language_name(resource.language or ""),
    ]
    return " · ".join(fact for fact in facts if fact) + _for_members(resource, reader)


def description(resource: Resource, reader: Reader) -> str:
    """Return the description in the reader's language, else in English, else in whatever language there is."""
    texts = resource.descriptions
    return texts.get(reader.language) or texts.get("en") or next(iter(texts.values()), "")


def bold_title(resource: Resource) -> Markdown:
    """Return the title as it stands in a sentence."""
    return Markdown(f"**{escaped(clipped(resource.title, _TITLE_IN_SENTENCE))}**")


def _for_members(resource: Resource, reader: Reader) -> str:
    return "" if resource.visibility == "public" else f" · {reader.label(t('for members'))}"
