"""Makes the pictures of the pages from the demo: ``make screenshots``.

The demo's clock does not move on by itself meanwhile, so that a picture changes only where the bot or its page has.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest.mock import patch

from playwright.async_api import FrameLocator, Page, async_playwright, expect

from bot.demo.example_network import example_network
from bot.demo.world import World
from tests.demo.conftest import opened
from tests.demo.test_browser import CHROMIUM, FLAGS, become
from tests.demo.test_tour_in_browser import lead_to

DOCS: Final = Path(__file__).parents[2] / "docs"
NOW: Final = datetime(2027, 3, 2, 14, 30, tzinfo=UTC)
"""When the pictures are made, on the demo's clock: a Tuesday."""
LOCALES: Final = {"en": "en-GB", "fr": "fr-FR", "es": "es-MX"}
DESK: Final = (1280, 900)
PHONE: Final = (390, 844)
_LOADED: Final = (
    "Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode().catch(() => null))])"
)
"""Waits, in the browser, for fonts and pictures."""
_COLLEAGUES: Final = {
    "en": "Who is the focal point of Ghana?",
    "fr": "Qui est le point focal du Ghana ?",
    "es": "¿Quién es el punto focal de Ghana?",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a page: the size of the browser in pixels, its language, and what is done before it is taken."""

    size: tuple[int, int]
    language: str
    prepare: Callable[[Page, FrameLocator], Awaitable[None]]


async def _the_tour(page: Page, place: FrameLocator) -> None:
    await lead_to(page, "find")
    await expect(place.locator("#channel-composer-input")).not_to_have_value("")
    await page.keyboard.press("Enter")
    await expect(place.get_by_text("Ama Mensah (invented)")).to_be_in_viewport()
    await expect(page.locator("#tour li.done")).to_have_count(1)


def _conversation(who: str, *questions: str) -> Callable[[Page, FrameLocator], Awaitable[None]]:
    async def prepare(page: Page, place: FrameLocator) -> None:
        await become(page, who)
        await page.locator("#places [data-place=direct]").click()
        for count, question in enumerate(questions, 1):
            await place.locator("#channel-composer-input").click()
            await page.keyboard.type(question)
            await page.keyboard.press("Enter")
            await expect(place.locator("article.channel-message .embed-card")).to_have_count(count)

    return prepare


async def _a_preview(page: Page, place: FrameLocator) -> None:
    await become(page, "secretariat")
    await lead_to(page, "schedule")
    await expect(place.locator("#channel-composer.tour-here")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(place.locator("article.channel-message .message-components").last).to_be_in_viewport()


def _in_each_language(
    name: str, size: tuple[int, int], prepare: Callable[[str], Callable[[Page, FrameLocator], Awaitable[None]]]
) -> dict[str, Picture]:
    return {
        f"{name}.png" if language == "en" else f"{name}.{language}.png": Picture(size, language, prepare(language))
        for language in LOCALES
    }


PICTURES: Final[Mapping[str, Picture]] = {
    "demo.png": Picture(DESK, "en", _the_tour),
    "chat.png": Picture(PHONE, "fr", _conversation("Sénégal", _COLLEAGUES["fr"], "et le Bénin ?")),
    **_in_each_language("preview", DESK, lambda _: _a_preview),
    **_in_each_language("colleague", PHONE, lambda language: _conversation("Denmark", _COLLEAGUES[language])),
}
"""By the name of the file in ``docs/``."""


@asynccontextmanager
async def still_demo() -> AsyncGenerator[str]:
    """Run the demo at the hour ``NOW`` and return its address."""
    with (
        TemporaryDirectory() as folder,
        patch("bot.demo.serving.machine_now", lambda: NOW),
        patch("bot.demo.running.machine_now", lambda: NOW),
    ):
        demo = example_network(Path(folder))
        furnish = demo.furnish

        async def furnish_then(world: World) -> None:
            with patch("discord.utils.utcnow", lambda: NOW):
                await furnish(world)

        async with opened(replace(demo, furnish=furnish_then)) as running:
            yield running.address


async def make(names: set[str]) -> None:
    """Make the pictures of these names, each in a demo of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM or "chromium", args=FLAGS)
        for name, picture in PICTURES.items():
            if name not in names:
                continue
            width, height = picture.size
            async with still_demo() as address:
                context = await browser.new_context(
                    locale=LOCALES[picture.language],
                    viewport={"width": width, "height": height},
                    reduced_motion="reduce",
                    color_scheme="dark",
                )
                page = await context.new_page()
                await page.goto(address)
                place = page.frame_locator("iframe.shown")
                await expect(place.locator("article.channel-message").first).to_be_visible()
                await picture.prepare(page, place)
                for frame in page.frames:
                    await frame.evaluate(_LOADED)
                # Pictures that the page has fetched itself take a moment more to be drawn.
                await asyncio.sleep(1)
                await page.screenshot(path=DOCS / name, animations="disabled", caret="hide")
                await context.close()
        await browser.close()


if __name__ == "__main__":
    asyncio.run(make(set(sys.argv[1:]) or set(PICTURES)))
