"""Words of documents and of questions, in French."""

from typing import Final

from bot.languages.definition import Search

SEARCH: Final = Search(
    stemmer="french",
    small=(
        "au aux avec c ce ces cette comment d dans de des dont du elle en est et il ils j je l la le les "
        "leur lui m ma mais me mes mon n ne nos notre nous on ou par pas pour qu quand que quel quelle "
        "quelles quels qui quoi s sa se ses son sont sur t ta te tes ton toute toutes tous tout un une "
        "vos votre vous y a ete combien nombre"
    ),
    recent="dernier derniere derniers dernieres recent recente recents recentes",
    ordinals={
        1: "premier premiere",
        2: "deuxieme seconde",
        3: "troisieme",
        4: "quatrieme",
        5: "cinquieme",
        6: "sixieme",
        7: "septieme",
        8: "huitieme",
        9: "neuvieme",
        10: "dixieme",
        11: "onzieme",
        12: "douzieme",
    },
    ordinal_endings="er re e eme ieme",
    kinds={
        "norm": "norme principe",
        "manual": "manuel",
        "practice": "pratique",
        "research": "recherche article étude revue auteur",
        "meeting": "réunion compte rendu résumé résultats bilan conclusions",
        "statement": "déclaration discours",
        "decision": "décision",
        "network": "réseau",
        "training": "formation enregistrement webinaire vidéo",
    },
    articles="le la les l du de des d et",
)
