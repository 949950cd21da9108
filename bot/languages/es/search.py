"""Words of documents and of questions, in Spanish."""

from typing import Final

from bot.languages.definition import Search

SEARCH: Final = Search(
    stemmer="spanish",
    small=(
        "al algo como con cual cuales cuando de del donde e el ella ellos era es esa ese eso esta este "
        "esto fue ha hay la las le lo los mas mi mis no nos o para pero por que quien se ser si sin sobre "
        "son su sus u un una uno unos y cuantos cuantas numero"
    ),
    recent="ultimo ultima ultimos ultimas reciente recientes",
    ordinals={
        1: "primero primera primer",
        2: "segundo segunda",
        3: "tercero tercera tercer",
        4: "cuarto cuarta",
        5: "quinto quinta",
        6: "sexto sexta",
        7: "septimo septima",
        8: "octavo octava",
        9: "noveno novena",
        10: "decimo decima",
        11: "undecimo undecima decimoprimera decimoprimero",
        12: "duodecimo duodecima decimosegunda decimosegundo",
    },
    ordinal_endings="a o ra ro da do ta to va vo ma mo na no",
    kinds={
        "norm": "norma principio",
        "manual": "guia",
        "practice": "practica",
        "research": "investigacion articulo estudio revista autor",
        "meeting": "reunión resumen informe resultados conclusiones",
        "statement": "declaración discurso",
        "decision": "decisión",
        "network": "red",
        "training": "formación capacitación grabación seminario vídeo",
    },
    articles="el la los las de del y e",
)
