"""A real browser on a real server with a real worker: what a person has before them."""

import os
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from chuangwen.jobs.worker import Worker
from chuangwen.orgs.testing import Cast, make_cast

FLAGS = [
    "--no-sandbox",
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
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return make_cast()


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

    def sideways(self) -> int:
        """How many pixels the page is wider than the window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return width


@pytest.fixture
def desk(browser: Browser, live_server: Any, client: Any, cast: Cast) -> Iterator[Any]:
    """`desk(cast.office)` gives that person's Desk, signed in; `width=360` a phone's."""
    contexts: list[BrowserContext] = []

    def sit(who: Any, *, width: int = 1440, language: str = "zh-hans") -> Desk:
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
