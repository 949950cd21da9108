from bot import values
from bot.choosing import choices
from cogs.meetings import words

ATTENDANCES = choices(words.ATTENDANCE)
REPRESENTATIVES = choices(words.REPRESENTATIVE)
FORMATS = choices(values.FORMATS)
LEVELS = choices(values.LEVELS)
