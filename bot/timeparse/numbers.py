"""The numbers that people write in words, in English, French and Spanish."""

import re
from typing import Final

_WORDS: Final = {
    1: "a an one un une una uno",
    2: "two deux dos",
    3: "three trois tres",
    4: "four quatre cuatro",
    5: "five cinq cinco",
    6: "six seis",
    7: "seven sept siete",
    8: "eight huit ocho",
    9: "nine neuf nueve",
    10: "ten dix diez",
    11: "eleven onze once",
    12: "twelve douze doce",
    13: "thirteen treize trece",
    14: "fourteen quatorze catorce",
    15: "fifteen quinze quince",
    16: "sixteen seize dieciseis",
    20: "twenty vingt veinte",
    25: "twenty-five vingt-cinq veinticinco",
    30: "thirty trente treinta",
    40: "forty quarante cuarenta",
    45: "forty-five quarante-cinq",
    50: "fifty cinquante cincuenta",
    60: "sixty soixante sesenta",
    90: "ninety quatre-vingt-dix noventa",
}
NUMBERS: Final = {word: number for number, words in _WORDS.items() for word in words.split()}
"""Each such number by its folded words; the articles that mean one among them."""

NUMBER: Final = "|".join(sorted((re.escape(word) for word in NUMBERS), key=len, reverse=True))
"""Any of them, for a pattern."""
