"""The tour as a person takes it: what each step leads to is pressed, and the bot's answer ticks it off."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import FrameLocator, Page, async_playwright, expect

from bot.demo.example_network import example_network
from tests.demo.conftest import opened
from tests.demo.test_browser import CHROMIUM, FLAGS, become, pytestmark
from tests.patience import ELSEWHERE

__all__ = ["pytestmark"]


@asynccontextmanager
async def browsing_as(
    tmp_path: Path, locale: str, width: int, *, has_touch: bool = False
) -> AsyncGenerator[tuple[Page, FrameLocator]]:
    """The demo's page in a browser of that language and width, and the channel that it shows."""
    async with opened(example_network(tmp_path)) as demo, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM or "chromium", args=FLAGS)
        context = await browser.new_context(
            locale=locale, viewport={"width": width, "height": 844}, has_touch=has_touch
        )
        context.set_default_timeout(1000 * ELSEWHERE)
        try:
            page = await context.new_page()
            await page.goto(demo.address)
            place = page.frame_locator("iframe.shown")
            await expect(place.locator("article.channel-message").first).to_be_visible()
            yield page, place
        finally:
            await browser.close()


async def lead_to(page: Page, step: str) -> None:
    if not await page.locator(f'[data-step="{step}"]').is_visible():
        await page.locator("#tour-bar").click()
    await page.locator(f'[data-step="{step}"]').click()


async def is_ticked(page: Page, step: str) -> None:
    await expect(page.locator(f'li.done [data-step="{step}"]')).to_have_count(1)


@pytest.mark.parametrize(("locale", "width"), [("en-GB", 1280), ("en-GB", 390), ("fr-FR", 1280), ("fr-FR", 390)])
async def test_a_member_takes_the_tour(tmp_path: Path, locale: str, width: int) -> None:
    async with browsing_as(tmp_path, locale, width) as (page, place):
        await expect(page.locator("html")).to_have_attribute("lang", locale[:2])
        await lead_to(page, "find")
        await expect(place.locator("#channel-composer-input")).not_to_have_value("")
        await expect(place.locator("#channel-composer-input")).to_be_focused()
        await page.keyboard.press("Enter")
        await is_ticked(page, "find")
        await expect(place.get_by_text("Ama Mensah (invented)").last).to_be_in_viewport()
        for step in ("webinar", "register"):
            await lead_to(page, step)
            await expect(place.locator(".tour-here .message-components button").first).to_be_focused()
            await page.keyboard.press("Enter")
            await is_ticked(page, step)
        await lead_to(page, "vote")
        await expect(place.locator(".tour-here .message-components button").first).to_be_focused()
        await page.keyboard.press("Enter")
        await vote_for_the_second_topic(place)
        await is_ticked(page, "vote")
        await lead_to(page, "travel")
        await page.keyboard.press("Enter")
        await is_ticked(page, "travel")
        await expect(page.locator("#notice span")).not_to_be_empty()
        await expect(page.locator("#tour-done[hidden]")).to_have_count(0)


HIGHEST_BAR = 0.06
"""Of the screen: a line that a thumb can press."""
LEAST_CHANNEL = 0.6
"""Of the screen, while one reads or writes in a channel."""


async def share_of_screen(page: Page, element: str) -> float:
    box, screen = await page.locator(element).bounding_box(), page.viewport_size
    assert box is not None
    assert screen is not None
    return box["height"] / screen["height"]


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR", "es-MX"])
async def test_on_a_phone_the_tour_is_a_line_that_opens_over_the_channel(tmp_path: Path, locale: str) -> None:
    async with browsing_as(tmp_path, locale, 390, has_touch=True) as (page, place):
        bar, panel = page.locator("#tour-bar"), page.locator("#tour-panel")
        await expect(page.locator("#tour-bar-count")).to_have_text(re.compile("0.+5"))
        await expect(panel).to_be_hidden()
        assert await share_of_screen(page, "#tour") < HIGHEST_BAR
        channel = await share_of_screen(page, "#view")
        assert channel > LEAST_CHANNEL
        await bar.press("Enter")
        await expect(bar).to_have_attribute("aria-expanded", "true")
        await expect(panel.locator("li")).to_have_count(5)
        await expect(panel.locator("li").last).to_be_in_viewport(ratio=1)
        assert await share_of_screen(page, "#view") == channel
        await page.keyboard.press("Tab")
        await expect(page.locator("#tour-skip")).to_be_focused()
        await page.keyboard.press("Tab")
        await expect(page.locator("[data-step=find]")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await expect(bar).to_be_focused()
        await bar.tap()
        await place.locator("#channel-composer-input").click()
        await expect(panel).to_be_hidden()
        first = await page.locator("#tour-bar-step").inner_text()
        await lead_to(page, "find")
        await expect(panel).to_be_hidden()
        await expect(place.locator("#channel-composer-input")).not_to_have_value("")
        await page.keyboard.press("Enter")
        await expect(page.locator("#tour-bar-count")).to_have_text(re.compile("1.+5"))
        await expect(page.locator("#tour-bar-step")).not_to_have_text(first)
        await expect(place.get_by_text("Ama Mensah (invented)").last).to_be_in_viewport()
        answer = place.locator("article.channel-message").last
        await expect(answer).to_be_in_viewport(ratio=0.9)
        assert await share_of_screen(page, "#tour") < HIGHEST_BAR


async def vote_for_the_second_topic(place: FrameLocator) -> None:
    paper = place.locator("article.channel-message").last
    await paper.locator(".select-trigger").click()
    await paper.locator(".select-option").nth(1).click()
    await paper.locator(".select-trigger").press("Escape")  # a list that is closed sends what was chosen
    await expect(paper.locator(".select-chip")).to_have_count(1)
    await expect(paper.get_by_text("✓")).to_be_visible()
    await paper.locator(".button-style-3").click()


async def test_a_list_shows_what_the_bot_says_is_chosen(tmp_path: Path) -> None:
    async with browsing_as(tmp_path, "en-GB", 1280) as (page, place):
        await lead_to(page, "vote")
        await expect(place.locator(".tour-here .message-components button").first).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(place.locator(".select-trigger")).to_be_visible()
        paper = place.locator("article.channel-message").last
        await paper.locator(".select-trigger").click()
        await paper.locator(".select-option").nth(1).click()
        await page.locator("#tour-skip").focus()
        await expect(paper.get_by_text("✓")).to_be_visible()
        await paper.get_by_role("button", name="Start again").click()
        await expect(paper.locator(".select-chip")).to_have_count(0)


async def test_one_can_write_at_once_and_the_tour_is_skipped_with_one_press(tmp_path: Path) -> None:
    async with browsing_as(tmp_path, "en-GB", 390) as (page, place):
        composer = place.locator("#channel-composer-input")
        await expect(composer).to_be_focused()
        await page.locator("#places [data-place=general]").press("Enter")
        await expect(composer).to_be_focused()
        await page.locator(".skip").first.press("Enter")
        await expect(composer).to_be_focused()
        await page.locator("#tour-skip").click()
        await expect(page.locator("#tour")).to_be_hidden()
        await page.keyboard.press("/")
        await expect(place.locator(".command-entry").first).to_be_visible()
        assert await page.locator("h1").count() == 1
        assert await place.locator("h1").count() == 0


@pytest.mark.parametrize("begin", ["", "#places button:last-child", "#hints li:last-child button"])
async def test_the_message_box_is_never_more_than_five_presses_away(tmp_path: Path, begin: str) -> None:
    async with browsing_as(tmp_path, "en-GB", 1280) as (page, place):
        composer = place.locator("#channel-composer-input")
        await expect(composer).to_be_focused()
        if begin:
            await expect(page.locator(begin)).to_be_enabled()
            await page.locator(begin).focus()
        for _ in range(4):
            await page.keyboard.press("Tab")
            if await page.locator(".skip:focus").count():
                break
        await expect(page.locator(".skip:focus")).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(composer).to_be_focused()


async def test_a_command_that_is_written_out_is_filled_in(tmp_path: Path) -> None:
    async with browsing_as(tmp_path, "en-GB", 1280) as (page, place):
        await become(page, "secretariat")
        await page.locator("#places [data-place=secretariat]").click()
        composer = place.locator("#channel-composer-input")
        await composer.click()
        await page.keyboard.insert_text("/setup roles secretariat:@Secretariat member:@Focal Point")
        await page.keyboard.press("Enter")
        await expect(place.locator(".command-pill[data-option=member] .command-mention")).to_have_text("@Focal Point")
        await expect(place.locator(".command-pill[data-option=secretariat] .command-mention")).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(place.get_by_text("How this server is set up")).to_be_visible()
        await composer.click()
        await page.keyboard.insert_text("/setup defaults language:English timezone:New York")
        await page.keyboard.press("Enter")
        await expect(place.locator(".command-option-input[data-option=timezone]")).to_have_value("New York")
        await page.keyboard.press("Enter")
        await expect(place.get_by_text("How this server is set up")).to_have_count(2)


async def test_a_command_with_a_slip_of_the_finger_is_read_by_nobody_else(tmp_path: Path) -> None:
    async with browsing_as(tmp_path, "en-GB", 390, has_touch=True) as (page, place):
        composer, notice = place.locator("#channel-composer-input"), page.locator("#notice")
        before = await place.locator("article.channel-message").count()
        for slip in ("/membr find", "/help me"):
            await composer.fill(slip)
            await place.get_by_role("button", name="Send").tap()
            await expect(notice).to_contain_text(slip)
            await expect(composer).to_have_value(slip)
        assert await place.locator("article.channel-message").count() == before
        await composer.fill("/member find Gahna")
        await composer.press("Enter")
        await expect(place.locator(".command-option-input[data-option=who]")).to_have_value("Gahna")
        await expect(notice).not_to_contain_text("no command")
        await page.keyboard.press("Enter")
        await expect(place.get_by_text("Ama Mensah (invented)").last).to_be_in_viewport()
        await page.locator("#places [data-place=direct]").tap()
        await composer.fill("/member find Ghana")
        await composer.press("Enter")
        await expect(notice).to_contain_text("channels of the server")
        await expect(composer).to_have_value("/member find Ghana")


async def test_the_name_of_who_wrote_opens_a_menu_by_keyboard_and_by_touch(tmp_path: Path) -> None:
    async with browsing_as(tmp_path, "en-GB", 390, has_touch=True) as (page, place):
        await lead_to(page, "find")
        await expect(place.locator("#channel-composer-input")).not_to_have_value("")
        await page.keyboard.press("Enter")
        name = place.locator("[data-person]").first
        await name.press("Enter")
        await expect(page.locator("#person-name")).to_have_text("Denmark")
        await page.locator("#person-card").press("Escape")
        await expect(page.locator("#person")).to_be_hidden()
        await name.tap()
        await page.locator("#person-card").click()
        await expect(place.get_by_text("Mette Lindholm (invented)").last).to_be_in_viewport()
