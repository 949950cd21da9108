import csv
from io import StringIO

from tests.world import World, said


async def with_records(world: World) -> None:
    server = world.server
    shown = await server.secretariat.slash(server.channels["general"], "meeting history")
    await server.secretariat.click(shown.response, label="Add the recorded meetings of 2011–2025")


async def test_the_record_is_offered_to_the_secretariat_and_says_what_is_missing(world: World) -> None:
    server = world.server
    general = server.channels["general"]
    assert "No meeting is on record" in said(await server.guest.slash(general, "meeting history"))
    await with_records(world)
    first = await server.guest.slash(general, "meeting history")
    told = said(first)
    told += said(await server.guest.click(first.response, label="Next ›"))
    for place in ("New York", "Accra", "Gaborone", "Madrid", "Seoul", "Doha", "Helsinki", "Brussels"):
        assert place in told
    assert "No record of the 10th annual meeting was found." in told
    assert "🇨🇷 Costa Rica, 🇩🇰 Denmark and 🇬🇭 Ghana" in told, "hosts keep the order given"
    assert "more than 50 countries" in told
    assert "Add the recorded" not in str(first.response.components)


async def test_cities_are_called_as_the_reader_calls_them(world: World) -> None:
    await with_records(world)
    server = world.server
    for language, cities in (("fr", ("Bruxelles, Belgique", "Séoul")), ("es", ("Bruselas, Bélgica", "Nueva York"))):
        async with world.speaking(language):
            first = await server.guest.slash(server.channels["general"], "meeting history")
            told = said(first) + said(
                await server.guest.click(first.response, label="Suivant ›" if language == "fr" else "Siguiente ›")
            )
        for city in cities:
            assert city in told, language
        assert "Brussels" not in told


async def test_the_report_of_the_first_meeting_is_exactly_its_summary(world: World) -> None:
    server = world.server
    await with_records(world)
    result = await server.secretariat.slash(server.channels["general"], "meeting report", meeting="2011")
    told = said(result)
    for line in (
        "**31** countries",
        "**19** from capitals",
        "**12** from missions",
        "**12** panelists",
        "**4** observers",
    ):
        assert line in told.splitlines()
    assert "United States of America: **1**" in told, "it stands apart from the groups"
    table, picture = result.response.attachments
    rows = list(csv.DictReader(StringIO((await table.read()).decode("utf-8-sig"))))
    counts = {row["measure"]: int(row["count"]) for row in rows}
    assert {key: counts[key] for key in ("countries", "from_capital", "from_mission", "panelists", "observers")} == {
        "countries": 31,
        "from_capital": 19,
        "from_mission": 12,
        "panelists": 12,
        "observers": 4,
    }
    assert sum(n for key, n in counts.items() if key.endswith(":capital")) == 19
    assert sum(n for key, n in counts.items() if key.endswith(":mission")) == 12
    assert (await picture.read()).startswith(b"\x89PNG")


async def test_a_recorded_number_without_names_is_told_as_the_record_tells_it(world: World) -> None:
    await with_records(world)
    server = world.server
    told = said(await server.secretariat.slash(server.channels["general"], "meeting report", meeting="Helsinki"))
    assert "**39** countries" in told
    told = said(await server.secretariat.slash(server.channels["general"], "meeting report", meeting="Madrid"))
    assert "more than **50** countries" in told


async def test_the_other_network_has_no_part_in_it(world: World) -> None:
    await with_records(world)
    other = world.other
    assert "No meeting" in said(await other.secretariat.slash(other.channels["general"], "meeting history"))
