"""Every form of the bot fits Discord's limits, in every language, without a word being cut."""

from importlib import import_module
from pkgutil import walk_packages
from typing import Any, cast

import discord
import pytest

import cogs
from bot.languages import LANGUAGES, Language
from bot.texts import Reader
from bot.ui import Form
from cogs.meetings.planning.fields import FIELDS as MEETING_FIELDS

LONGEST_TITLE = 45
LONGEST_LABEL = 45
LONGEST_PLACEHOLDER = 100
LONGEST_OPTION = 100
LONGEST_INTRODUCTION = 4000
LONGEST_ZONE = "America/Argentina/ComodRivadavia"

for module in walk_packages(cogs.__path__, "cogs."):
    import_module(module.name)

FORMS = {kind: form for kind, form in Form.classes.items() if form.fields is not Form.fields}


def filled(kind: str) -> list[Form]:
    """Return the form with each of its fields shown once."""
    if kind == "webinar":
        return [FORMS[kind]("1", LONGEST_ZONE)]
    if kind in ("decision_object", "decision_object_for"):
        return [FORMS[kind]("1", "1", "63")]
    if kind in ("meeting_details", "meeting_more", "meeting_whom"):
        return [FORMS[kind]("m0", field.option) for field in MEETING_FIELDS]
    return [FORMS[kind]("1", "1")]


def test_the_forms_of_all_rooms_are_walked() -> None:
    assert {"webinar", "poll_create", "meeting_details", "meeting_more", "claim", "message"} <= FORMS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMS)
def test_every_text_of_a_form_is_short_enough_for_discord(kind: str, language: Language) -> None:
    # The name of the reader's city stands in some placeholders.
    reader = Reader(language, LONGEST_ZONE)
    for form in filled(kind):
        modal = form.modal(reader, {})
        assert len(modal.title) <= LONGEST_TITLE, modal.title
        assert modal.title == reader.label(form.title)
        assert 1 <= len(modal.children) <= 5
        introductions = [part for part in modal.children if isinstance(part, discord.ui.TextDisplay)]
        assert sum(len(part.content) for part in introductions) <= LONGEST_INTRODUCTION
        for label in modal.children:
            if label in introductions:
                continue
            assert isinstance(label, discord.ui.Label)
            assert len(label.text) <= LONGEST_LABEL, label.text
            component = cast(Any, label.component)
            assert len(component.placeholder or "") <= LONGEST_PLACEHOLDER, component.placeholder
            for option in getattr(component, "options", ()):
                assert len(option.label) <= LONGEST_OPTION, option.label
