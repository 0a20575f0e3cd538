"""The HTTP side as one application: the API, its page, health and metrics, and what platforms add."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse

from bot import __version__
from bot.clock import Clock
from bot.config_values import ApiToken
from bot.metrics import Metrics
from bot.web.api import questions_api
from bot.web.caps import BodyCap
from bot.web.docs_page import PAGE_HEADERS, docs_page
from bot.web.health import Health, health_routes
from bot.web.openapi import describe_truly
from bot.web.problems import answer_with_problems
from bot.web.tokens import BearerTokens
from commands.ports import NewUnitOfWork

OPENAPI_URL = "/openapi.json"


def site(new_uow: NewUnitOfWork, clock: Clock, tokens: Sequence[ApiToken], health: Health, metrics: Metrics) -> FastAPI:
    """The application; a platform that is reached over HTTP adds its own route to it."""
    app = FastAPI(
        title="Podline",
        version=__version__,
        description="Puts every client's question in front of somebody who knows the client and is in today.",
        docs_url=None,
        redoc_url=None,
        openapi_url=OPENAPI_URL,
        redirect_slashes=False,
        strict_content_type=False,
    )
    app.include_router(questions_api(new_uow, clock))
    app.include_router(health_routes(health))
    _add_pages(app, metrics)
    describe_truly(app)
    answer_with_problems(app)
    app.add_middleware(BodyCap)
    app.add_middleware(BearerTokens, tokens=tokens)
    return app


def _add_pages(app: FastAPI, metrics: Metrics) -> None:
    drawn: dict[str, Any] = {}

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        if "page" not in drawn:
            drawn["page"] = docs_page(app.openapi(), OPENAPI_URL)
        return HTMLResponse(drawn["page"], headers=PAGE_HEADERS)

    @app.get(
        "/metrics",
        tags=["Health"],
        summary="Figures for Prometheus",
        response_class=Response,
        response_description="The figures, as text.",
    )
    def figures() -> Response:
        """Counts and times, without anything personal in them."""
        return Response(metrics.text(), media_type=metrics.media_type)
