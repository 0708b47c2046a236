"""Headers that keep the pages to themselves: nothing from elsewhere is loaded, framed or guessed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any

from dash import Dash
from flask import Response, abort, request

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(page: str = "") -> str:
    """Return the content security policy; the inline scripts of ``page`` are allowed by their hash, no other."""
    hashes = " ".join(f"'sha256-{_digest(match['text'])}'" for match in _INLINE.finditer(page) if _runs(match))
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' {hashes}".strip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _runs(match: re.Match[str]) -> bool:
    return " src=" not in match["attributes"] and "json" not in match["attributes"] and bool(match["text"].strip())


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def protect(app: Dash) -> None:
    """Send the headers with every answer of ``app``."""

    @app.server.after_request
    def headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html" and not response.direct_passthrough:
            response.headers["Content-Security-Policy"] = policy(response.get_data(as_text=True))
        if request.path.startswith("/_dash-") and response.mimetype == "application/json":
            response.headers["Cache-Control"] = "no-store"
        return response


def only_hosts(app: Dash, names: frozenset[str]) -> None:
    """Answer only requests whose Host header is one of ``names``: a page from elsewhere can't reach us under its own name."""
    check: Callable[[], Any] = lambda: None if _host(request.host) in names else abort(403)  # noqa: E731
    app.server.before_request(check)


def _host(header: str) -> str:
    """Return the host without its port.

    >>> _host("localhost:8050"), _host("[::1]:8050"), _host("127.0.0.1")
    ('localhost', '[::1]', '127.0.0.1')
    """
    return re.sub(r":\d+$", "", header).lower()
