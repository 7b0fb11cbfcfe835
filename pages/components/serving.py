"""What the server does beside Streamlit's own: the fonts, the health answer, compression and safe headers."""

from __future__ import annotations

import gzip
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from kpi_metrics.model import Refused
from pages.components.frame import PAGES

LOOPBACK = ("127.0.0.1", "localhost", "::1")
FONT_FILES = {"400": "Sarabun-Regular.ttf", "600": "Sarabun-SemiBold.ttf", "700": "Sarabun-Bold.ttf"}
FONTS = Path(str(resources.files("fontpkg_sarabun"))) / "files"
ASSETS = Path(streamlit.__file__).parent / "static"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf"}  # Windows knows others
IMMUTABLE = "public, max-age=31536000, immutable"
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    # Streamlit writes styles into the page and compiles chart code at run time; nothing may come from another host.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
    ),
}


def require_loopback(address: str | None) -> None:
    """Refuse an address other computers can reach: personal scores may be seen there only after a sign-in."""
    if address not in LOOPBACK:
        shown = address or "0.0.0.0"
        raise Refused(
            f"ยังเปิดให้เครื่องอื่นใช้ที่ {shown} ไม่ได้ เพราะยังไม่ได้ตั้งค่าการลงชื่อเข้าใช้ ให้ใช้ --server.address 127.0.0.1",
            f"Cannot be opened to other computers at {shown}: no sign-in is set up. Use --server.address 127.0.0.1",
        )


def own_menu() -> None:
    """Keep Streamlit from taking pages/ for a menu: the first bookmark after a start would be met with "Page not found"."""
    PagesManager.uses_pages_directory = False


def routes() -> list[BaseRoute]:
    """``/healthz``, ``/fonts/sarabun-<weight>.ttf``, and the names of pages' files for their addresses."""
    return [
        Route("/healthz", _health),
        Route("/fonts/sarabun-{weight}.ttf", _font),
        *(Route(f"/{Path(file).stem}", partial(_page, f"/{name}")) for name, (file, _title) in PAGES.items()),
    ]


def middleware() -> list[Middleware]:
    """Outermost first: the host allow-list (against DNS rebinding), safe headers, compressed assets."""
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, "[::1]"], www_redirect=False),
        Middleware(SafeHeaders),
        Middleware(CompressedAssets),
    ]


class SafeHeaders:
    """Adds the safe headers to every HTTP answer, Streamlit's own included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding the headers to the answer."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SAFE_HEADERS)
            await send(message)

        await self.app(scope, receive, send_safely if scope["type"] == "http" else send)


class CompressedAssets:
    """Answers for Streamlit's scripts and styles, which it serves plain: 7.4 MB on the first visit become 2.5 MB.

    Each file is compressed once a process, not once a visitor.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a script or style; pass anything else on."""
        if (
            scope["type"] == "http"
            and scope["path"].startswith("/static/")
            and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        ):
            file = (ASSETS / scope["path"].lstrip("/")).resolve()
            if file.suffix in MEDIA_TYPES and file.is_relative_to(ASSETS) and file.is_file():
                response = await _compressed_response(file)
                return await response(scope, receive, send)
        return await self.app(scope, receive, send)


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def _page(address: str, request: Request) -> Response:
    return RedirectResponse(f"{address}?{request.url.query}")


async def _font(request: Request) -> Response:
    name = FONT_FILES.get(request.path_params["weight"])
    return await _compressed_response(FONTS / name) if name else PlainTextResponse("not found", status_code=404)


async def _compressed_response(file: Path) -> Response:
    headers = {"Content-Encoding": "gzip", "Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding"}
    content = await run_in_threadpool(_compressed, file)
    return Response(content, media_type=MEDIA_TYPES[file.suffix], headers=headers)


@lru_cache(maxsize=512)
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=6)
