"""axe-core reads the demo's page as it is used, and finds nothing that keeps somebody from using it."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Frame, FrameLocator, Page, expect

from tests.demo.test_browser import become, pytestmark
from tests.demo.test_tour_in_browser import browsing_as, lead_to

__all__ = ["pytestmark"]

GRAVE: Final = {"serious", "critical"}
# Each frame is read for itself; in the inner ones, what the page around them has is not asked for again.
OPTIONS: Final = {"iframes": False, "resultTypes": ["violations"]}


async def faults_of(frame: Frame) -> list[str]:
    await frame.evaluate(AXE_SCRIPT)
    found: Mapping[str, Any] = await frame.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['html'][:160]}"
        for fault in found["violations"]
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


async def shown_frames(page: Page) -> AsyncGenerator[Frame]:
    for frame in page.frames:
        if frame.parent_frame is None:
            yield frame
            continue
        element = await frame.frame_element()
        # An e-mail is in a frame where no script runs, axe-core included: its HTML is read on a page of its own.
        if await element.is_visible() and await element.get_attribute("sandbox") is None:
            yield frame


async def look(page: Page, at: str, found: dict[str, Sequence[str]]) -> None:
    faults = [fault async for frame in shown_frames(page) for fault in await faults_of(frame)]
    if faults:
        found[at] = faults


async def send_command(page: Page, place: FrameLocator, command: str) -> None:
    await place.locator("#channel-composer-input").click()
    await page.keyboard.type(f"/{command}")
    await expect(place.locator(".command-entry").first).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(place.locator(".command-chip")).to_be_visible()
    await page.keyboard.press("Enter")


@pytest.mark.parametrize(("locale", "width"), [("en-GB", 1280), ("en-GB", 390), ("fr-FR", 1280), ("fr-FR", 390)])
async def test_nothing_on_the_page_is_serious(tmp_path: Path, locale: str, width: int) -> None:
    found: dict[str, Sequence[str]] = {}
    async with browsing_as(tmp_path, locale, width) as (page, place):
        await look(page, "the page as it opens", found)
        await page.locator("#who").click()
        await expect(page.locator("#people-list button").first).to_be_visible()
        await look(page, "the choice of who one is", found)
        await page.locator("#people-close").click()

        await lead_to(page, "vote")
        await expect(place.locator(".tour-here .message-components button").first).to_be_focused()
        await page.keyboard.press("Enter")
        await place.locator(".select-trigger").click()
        await expect(place.locator(".select-option").first).to_be_visible()
        await look(page, "an open list of choices", found)
        await place.locator(".select-trigger").press("Escape")

        await send_command(page, place, "member me")
        await expect(place.get_by_text("Mette Lindholm (invented)").last).to_be_visible()
        await look(page, "an open card", found)

        await place.locator("#channel-composer-input").click()
        await page.keyboard.type("/")
        await expect(place.locator(".command-entry").first).to_be_visible()
        await look(page, "the list of commands", found)
        await page.keyboard.press("Backspace")

        await send_command(page, place, "topic propose")
        await expect(place.get_by_role("dialog")).to_be_visible()
        await look(page, "a form", found)
        await page.keyboard.press("Escape")

        await lead_to(page, "find")
        await expect(place.locator("#channel-composer-input")).not_to_have_value("")
        await page.keyboard.press("Enter")
        await place.locator("[data-person]").first.press("Enter")
        await expect(page.locator("#person")).to_be_visible()
        await look(page, "the menu on a person", found)
        await page.locator("#person-close").click()

        await become(page, "benin")
        await page.locator("#places [data-place=mail]").click()
        await look(page, "an empty letter box", found)
        for _ in range(20):
            if await place.locator("#mails button").count():
                break
            await page.evaluate("document.querySelector('[data-to=reminder]').click()")
            await expect(page.locator("body.travelling")).to_have_count(0)
        await look(page, "the list of e-mails, under what has arrived", found)
        await place.locator("#mails button").first.click()
        await expect(place.locator("#subject")).to_be_visible()
        await look(page, "an e-mail", found)
        html = await page.request.get(f"{page.url.rstrip('/')}{await place.locator('#html').get_attribute('src')}")
        await page.goto("about:blank")
        await page.set_content(await html.text())
        await look(page, "the HTML of an e-mail", found)
    assert found == {}
