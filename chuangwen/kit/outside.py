"""Requests to addresses that people typed: never into the house's own network, unless the setting allows it.

The address that was looked at is the one that is connected to, so a name that changes its mind gains nothing
(OWASP: server-side request forgery). Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10
ANSWER_BYTES = 10_000


class Refused(Exception):
    """The address is none that the house sends to."""


class NotConnected(Exception):
    """Nobody took the connection, so nothing was sent."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Raises Refused and NotConnected before anything was sent, OSError or HTTPException after."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=SECONDS)
    connection._create_connection = _connect  # type: ignore[attr-defined]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
    except OSError as error:
        raise NotConnected(str(error)) from error
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(ANSWER_BYTES))
    finally:
        connection.close()


def _connect(address: tuple[str, int], *args: object) -> socket.socket:
    host, port = address
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ip = str(found[0][4][0])
    if not settings.WEBHOOKS_PRIVATE and not _is_public(ip):
        raise Refused(ip)
    return socket.create_connection((ip, port), SECONDS)


def _is_public(text: str) -> bool:
    ip = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    if mapped is not None:
        return bool(mapped.is_global)
    return ip.is_global and not ip.is_multicast
