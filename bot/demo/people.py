"""The persons of the demo's directory: every one is invented, and each name says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.demo.world import Account
from bot.services import Services
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Invented:
    """A person of the demo. ``title`` is in a language of the delegation; ``languages`` are ISO 639 codes."""

    name: str
    title: str
    ministry: str
    languages: tuple[str, ...]
    expertise: tuple[str, ...]


_FOREIGN: Final = "Ministry of Foreign Affairs"
_ETRANGERES: Final = "Ministère des affaires étrangères"
_EXTERIORES: Final = "Ministerio de Relaciones Exteriores"
_MISSION: Final = "Permanent Mission to the United Nations"
_MISION: Final = "Misión Permanente ante las Naciones Unidas"

PEOPLE: Final[Mapping[str, Invented]] = {
    "AR": Invented("Lucía Ferreyra (inventada)", "Ministra", _MISION, ("es", "en"), ("human rights", "archives")),
    "AU": Invented("Claire Holloway (invented)", "Assistant Secretary", _FOREIGN, ("en",), ("early warning",)),
    "BA": Invented("Emir Hadžović (invented)", "Counsellor", _MISSION, ("en", "fr"), ("reconciliation", "hate speech")),
    "BD": Invented("Nadia Rahman (invented)", "Minister Counsellor", _MISSION, ("en",), ("refugees",)),
    "BE": Invented("Luc Verhaegen (inventé)", "Directeur", _ETRANGERES, ("fr", "en"), ("sanctions", "mediation")),
    "BJ": Invented("Félicité Adjovi (inventée)", "Directrice", _ETRANGERES, ("fr",), ("regional organisations",)),
    "BW": Invented("Thabo Seretse (invented)", "Director", _FOREIGN, ("en",), ("international law",)),
    "CH": Invented("Anne Roulet (inventée)", "Cheffe de section", _ETRANGERES, ("fr", "en"), ("mediation",)),
    "CI": Invented("Kouadio N'Dri (inventé)", "Conseiller", _MISSION, ("fr", "en"), ("peacekeeping",)),
    "CR": Invented("Sofía Quesada (inventada)", "Consejera", _MISION, ("es", "en"), ("regional courts",)),
    "CZ": Invented("Jana Dvořáčková (invented)", "Head of Unit", _FOREIGN, ("en",), ("Human Rights Council",)),
    "DK": Invented("Mette Lindholm (invented)", "Head of Department", _FOREIGN, ("en", "fr"), ("national mechanisms",)),
    "ES": Invented("Carmen Ibarra (inventada)", "Subdirectora General", _EXTERIORES, ("es", "en"), ("gender",)),
    "FI": Invented("Eero Laaksonen (invented)", "Ambassador-at-large", _FOREIGN, ("en",), ("mediation",)),
    "GB": Invented("Harriet Colby (invented)", "First Secretary", _MISSION, ("en", "fr"), ("satellite imagery",)),
    "GH": Invented("Ama Mensah (invented)", "Director", _FOREIGN, ("en", "fr"), ("early warning", "mediation")),
    "GT": Invented("Mateo Ajú (inventado)", "Director", _EXTERIORES, ("es",), ("indigenous peoples", "archives")),
    "ID": Invented("Dewi Santika (invented)", "Counsellor", _MISSION, ("en",), ("police training",)),
    "KR": Invented("Seo-yeon Baek (invented)", "Counsellor", _MISSION, ("en",), ("training",)),
    "MX": Invented("Rodrigo Saldívar (inventado)", "Director General", _EXTERIORES, ("es", "en"), ("human rights",)),
    "MZ": Invented("Celeste Macuácua (invented)", "Deputy Director", _FOREIGN, ("en",), ("regional organisations",)),
    "NL": Invented("Pieter van Rooden (invented)", "Special Envoy", _FOREIGN, ("en", "fr"), ("international law",)),
    "NZ": Invented("Aroha Wetere (invented)", "First Secretary", _MISSION, ("en",), ("Human Rights Council",)),
    "PH": Invented("Isabel Magsino (invented)", "Minister", _MISSION, ("en", "es"), ("police training",)),
    "RW": Invented(
        "Claudine Uwase (inventée)", "Première conseillère", _MISSION, ("fr", "en"), ("memory", "hate speech")
    ),
    "SE": Invented("Linnea Åkerblom (invented)", "Deputy Director", _FOREIGN, ("en",), ("gender", "early warning")),
    "SL": Invented("Mohamed Kabia (invented)", "Director", _FOREIGN, ("en",), ("reconciliation",)),
    "SN": Invented("Aminata Diagne (inventée)", "Directrice", _ETRANGERES, ("fr", "en"), ("early warning",)),
    "US": Invented("Grace Whitfield (invented)", "Senior Adviser", "Department of State", ("en",), ("early warning",)),
    "UY": Invented("Martín Etcheverry (inventado)", "Director", _EXTERIORES, ("es", "en"), ("peacekeeping",)),
    "ZA": Invented("Nomvula Khumalo (invented)", "Counsellor", _MISSION, ("en",), ("regional organisations",)),
}
"""By the code of the delegation."""
HAVE_ACCEPTED: Final = frozenset({"AU", "CH", "CR", "DK", "ES", "FI", "GH", "GT", "MX", "NL", "SE", "SN", "UY", "ZA"})
"""Who has said yes to direct messages; the others have not been asked yet."""
HAVE_DECLINED: Final = frozenset({"BW", "PH"})


async def furnish_person(
    services: Services, tx: Transaction, guild_id: int, seat_id: int, account: Account, since: date
) -> None:
    """Give the seat ``seat_id`` its invented person, since that day, with an account and its choice of reminders."""
    code = str(account.code)
    person = PEOPLE[code]
    person_id = await services.members.add_person(
        tx,
        guild_id,
        person.name,
        account_id=account.user_id,
        timezone=account.zone,
        email=f"{code.lower()}@delegations.example",
        languages=person.languages,
        expertise=person.expertise,
        visibility="members",
    )
    role = "mission" if account.mission else "focal_point"
    await services.members.appoint(
        tx, guild_id, seat_id, person_id, role, since, title=person.title, ministry=person.ministry
    )
    choice = "direct_message" if code in HAVE_ACCEPTED else "none" if code in HAVE_DECLINED else None
    if choice is not None:
        await services.settings.change_account(tx, guild_id, account.user_id, channel=choice)
