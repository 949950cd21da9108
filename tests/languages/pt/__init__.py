"""A language for the tests: Portuguese as far as they need it. ``docs/languages.md`` names it as the example."""

from typing import Final

from bot.languages.definition import AFTER, Definition, Places, Search, SpokenTime, Times


def _ordinal(number: int) -> str:
    return f"{number}.º"


_SEARCH: Final = Search(
    stemmer="portuguese",
    small="a o as os de do da e em que para com um uma",
    recent="ultimo ultima recente recentes",
    ordinals={1: "primeiro primeira", 2: "segundo segunda", 9: "nono nona"},
    ordinal_endings="o a",
    kinds={
        "norm": "norma princípio",
        "manual": "manual guia",
        "practice": "prática",
        "research": "pesquisa artigo",
        "meeting": "reunião",
        "statement": "declaração",
        "decision": "decisão",
        "network": "rede",
        "training": "formação",
    },
    articles="a o as os de do da e",
)

_TIMES: Final = Times(
    numbers={1: "um uma", 2: "dois duas", 3: "tres", 7: "sete", 10: "dez", 30: "trinta"},
    articles="um uma",
    not_hours="um",
    day="dias?",
    week="semanas?",
    month="mes(?:es)?",
    hour=("h", "horas?"),
    minute=("min", "minutos?"),
    day_letters=("d",),
    week_letters=("sem",),
    one_hour="hora",
    and_a_half="e meia",
    half_hour=("meia hora",),
    three_quarters="tres quartos de hora",
    quarter_of_an_hour=("quarto de hora",),
    and_a_quarter="e um quarto",
    conjunctions=("e",),
    in_time=("daqui a",),
    nothing="nenhum nenhuma",
    hour_of_day=("h", "horas?"),
    half=("meia",),
    quarter=("quarto",),
    spoken=SpokenTime(
        r"\b(?:(?P<at>as?) )?(?P<hour>\d{1,2}|%(hour)s)(?: horas?)? (?P<way>e|menos) "
        r"(?:(?P<part>meia|quarto)|(?P<minutes>\d{1,2})|(?P<word>%(minute)s))\b",
        before=("menos",),
        figures_need_at=True,
    ),
    at=("as?",),
    before_hour_word=("as",),
    noon=("meio-dia", "meio dia"),
    midnight=("meia-noite", "meia noite"),
    morning=("manha",),
    afternoon=("tarde",),
    evening=(),
    night=("noite",),
    tonight=("hoje a noite",),
    in_the=("da",),
    bare_hour_before="da ?(?:manha|tarde|noite)",
    part_first="(?:a|de) ",
    relative_days={"hoje": 0, "amanha": 1, "depois amanha": 2, "ontem": -1},
    next=("proxim[oa]",),
    this=("este", "esta"),
    fillers="o de",
    of=("de",),
    day_word="dia",
    first="primeiro",
    day_ordinals=("o",),
)

LANGUAGE: Final = Definition(
    own_name="Português",
    list_locale="pt",
    discord_locale="pt-BR",
    day_format="d 'de' MMMM 'de' y",
    first_of_month="1.º",
    ordinal=_ordinal,
    # Portuguese sorts it as c; a letter of its own is what is to be tried.
    sorts_as={"ç": f"c{AFTER}"},
    search=_SEARCH,
    times=_TIMES,
    places=Places(time_in=("^hora de ",), cities={"Mumbai": "Bombaim"}, countries={"holanda": ("NL",)}),
)
