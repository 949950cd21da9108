from discord.app_commands import Choice, locale_str

from cogs.meetings import words

ATTENDANCES = [Choice(name=locale_str(name.singular), value=key) for key, name in words.ATTENDANCE.items()]
REPRESENTATIVES = [Choice(name=locale_str(name.singular), value=key) for key, name in words.REPRESENTATIVE.items()]
FORMATS = [Choice(name=locale_str(name.singular), value=key) for key, name in words.FORMAT.items()]
LEVELS = [Choice(name=locale_str(name.singular), value=key) for key, name in words.LEVEL.items()]
