from typing import Final

from discord import app_commands
from discord.app_commands import locale_str

CATEGORIES: Final = [
    app_commands.Choice(name=locale_str("Norm"), value="norm"),
    app_commands.Choice(name=locale_str("Manual"), value="manual"),
    app_commands.Choice(name=locale_str("Practice"), value="practice"),
    app_commands.Choice(name=locale_str("Research"), value="research"),
    app_commands.Choice(name=locale_str("Meeting"), value="meeting"),
    app_commands.Choice(name=locale_str("Statement"), value="statement"),
    app_commands.Choice(name=locale_str("Network"), value="network"),
    app_commands.Choice(name=locale_str("Training"), value="training"),
]
LANGUAGES: Final = [
    app_commands.Choice(name=locale_str("English"), value="en"),
    app_commands.Choice(name=locale_str("French"), value="fr"),
    app_commands.Choice(name=locale_str("Spanish"), value="es"),
    app_commands.Choice(name=locale_str("Arabic"), value="ar"),
    app_commands.Choice(name=locale_str("Chinese"), value="zh"),
    app_commands.Choice(name=locale_str("German"), value="de"),
    app_commands.Choice(name=locale_str("Portuguese"), value="pt"),
    app_commands.Choice(name=locale_str("Russian"), value="ru"),
]
VISIBILITIES: Final = [
    app_commands.Choice(name=locale_str("Everybody on the server"), value="public"),
    app_commands.Choice(name=locale_str("Members only"), value="members"),
]
