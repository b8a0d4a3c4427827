"""A real browser on a real server with a real worker: what a person has before them."""

import os
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import Settings

from chuangwen.jobs.worker import Worker
from chuangwen.orgs.testing import Cast, make_cast

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop running in this thread; Django must not take the tests for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def page(browser: Browser, live_server: Any, quick_passwords: None) -> Iterator[Page]:
    """A browser window before which nobody has signed in yet."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.click("main form >> nth=0 >> button")


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Worker]:
    worker = Worker("browser-tests", lease=timedelta(seconds=30), interval=0.2, batch=False)
    thread = Thread(target=worker.run, daemon=True)
    thread.start()
    yield worker
    worker.running = False
    thread.join(timeout=20)


class Desk:
    """One person at a browser window of a given width; remembers every error that the console showed."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.address = address
        self.errors: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.errors.append(text)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def desk(browser: Browser, live_server: Any, cast: Cast) -> Iterator[Any]:
    """`desk(cast.office)` gives that person's Desk, signed in; `width=360` a phone's."""
    contexts: list[BrowserContext] = []

    def sit(who: Any, *, width: int = 1440, language: str = "zh-hans") -> Desk:
        client = Client()
        client.force_login(who.person)
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        contexts.append(context)
        return Desk(context, live_server.url)

    yield sit
    for context in contexts:
        context.close()
