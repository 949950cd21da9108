import os
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.demo.example_network import example_network
from tests.demo.conftest import opened
from tests.patience import ELSEWHERE

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=ELSEWHERE * 1000)

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true",
    reason="no browser: chromium is not installed on this machine",
)


@asynccontextmanager
async def browsing(tmp_path: Path) -> AsyncGenerator[Page]:
    """The demo's page in a browser; what its scripts trip over fails the test."""
    async with opened(example_network(tmp_path)) as demo, async_playwright() as playwright:
        browser = await playwright.chromium.launch_persistent_context(
            tmp_path / "browser", executable_path=CHROMIUM or "chromium", args=FLAGS, headless=True
        )
        try:
            page = browser.pages[0]
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            await page.goto(demo.address)
            yield page
            assert faults == []
        finally:
            await browser.close()


async def become(page: Page, name: str) -> None:
    await page.locator("#who").click()
    await page.locator("#people-search").fill(name)
    await page.keyboard.press("Enter")


async def test_ghana_finds_a_seat_on_the_page(tmp_path: Path) -> None:
    async with browsing(tmp_path) as page:
        await become(page, "ghana")
        await expect(page.locator("#who-name")).to_have_text("Ghana")
        await page.get_by_role("button", name="/member find").click()
        place = page.frame_locator("iframe.shown")
        await expect(place.get_by_role("combobox", name="who, required")).to_have_value("Ivory Coast")
        await place.get_by_role("button", name="Send").click()
        await expect(place.get_by_text("Kouadio N'Dri (inventé)")).to_be_visible()


async def test_the_page_speaks_the_language_of_one_s_discord(tmp_path: Path) -> None:
    async with browsing(tmp_path) as page:
        await become(page, "Sénégal")
        await page.get_by_label("Your Discord is in").select_option("fr")
        await expect(page.locator("#who-name")).to_have_text("Sénégal")
        await expect(page.get_by_role("button", name="Prochain rappel", exact=True)).to_be_visible()
        await expect(page.get_by_role("button", name="Messages privés")).to_be_visible()
        await expect(page.get_by_text("Tout le réseau, page par page")).to_be_visible()
        await page.get_by_label("Votre Discord est en").select_option("en")
        await expect(page.get_by_role("button", name="Next reminder", exact=True)).to_be_visible()


async def test_on_a_phone_the_answer_to_a_command_comes_into_sight(tmp_path: Path) -> None:
    async with browsing(tmp_path) as page:
        await page.set_viewport_size({"width": 390, "height": 844})
        await become(page, "guatemala")
        place = page.frame_locator("iframe.shown")
        await expect(place.get_by_text("A poll is open until").last).to_be_visible()
        composer = place.get_by_role("textbox", name="Message")
        await composer.click()
        await page.keyboard.type("/help")
        await expect(place.locator(".command-entry").first).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(place.locator(".command-chip")).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(place.get_by_role("button", name="Propose a topic")).to_be_in_viewport()


async def test_mail_is_read_on_a_phone(tmp_path: Path) -> None:
    async with browsing(tmp_path) as page:
        await page.set_viewport_size({"width": 390, "height": 844})
        await become(page, "secretariat")
        await page.locator("#places [data-place=mail]").click()
        place = page.frame_locator("iframe.shown")
        await expect(place.get_by_text("No e-mail has arrived yet.")).to_be_visible()
        await become(page, "benin")
        await expect(page.locator("#who-name")).to_have_text("Benin")
        for _ in range(20):
            if await page.locator("#notice", has_text="By e-mail").count():
                break
            await page.locator("#clock").click()
            await page.get_by_role("button", name="Next reminder").click()
            await expect(page.locator("body.travelling")).to_have_count(0)
        await page.locator("#places [data-place=mail]").click()
        mail = page.frame_locator("iframe.shown")
        await mail.locator("#mails button").first.click()
        await expect(mail.frame_locator("#html").get_by_text("ces courriels")).to_be_visible()
        await mail.get_by_role("button", name="Text").click()
        await expect(mail.locator("#text")).to_contain_text("ces courriels")
        width = await mail.locator("body").evaluate("element => element.scrollWidth")
        assert width <= 390
        await mail.get_by_role("button", name="All e-mails").click()
        await expect(mail.locator("#mails button").first).to_be_visible()
