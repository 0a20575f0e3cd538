"""Whether Podline is alive, and whether it does its work: /healthz and /readyz."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter
from fastapi.responses import JSONResponse

Check = Callable[[], Awaitable[Sequence[str]]]
"""Says what keeps Podline from doing its work, one sentence each; nothing when all is well."""

LONGEST_CHECK = 5.0
"""Seconds after which a check that has not answered is a finding itself."""


class Health:
    """The checks of all parts, asked together; a part adds its own when it is started."""

    def __init__(self) -> None:
        self._checks: list[tuple[str, Check]] = []

    def add(self, part: str, check: Check) -> None:
        """``part`` names it in the reasons where the check itself fails."""
        self._checks.append((part, check))

    async def reasons(self) -> list[str]:
        """Why Podline is not ready; empty when it is."""
        found = await asyncio.gather(*(self._ask(part, check) for part, check in self._checks))
        return [reason for reasons in found for reason in reasons]

    async def _ask(self, part: str, check: Check) -> Sequence[str]:
        try:
            async with asyncio.timeout(LONGEST_CHECK):
                return await check()
        except TimeoutError:
            return [f"{part}: no answer within {LONGEST_CHECK:.0f} seconds"]
        except Exception as error:  # noqa: BLE001 - a check that cannot be done is a finding, and said
            return [f"{part}: {type(error).__name__}"]


def health_routes(health: Health) -> APIRouter:
    """``/healthz``: this process answers. ``/readyz``: it also does its work, else 503 with the reasons."""
    router = APIRouter(tags=["Health"])

    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz", summary="Alive", response_description="The process answers.")
    async def alive() -> dict[str, bool]:
        """200 as long as the process answers."""
        return {"alive": True}

    @router.head("/readyz", include_in_schema=False)
    @router.get(
        "/readyz",
        summary="Ready",
        response_model=None,
        response_description="The work is being done.",
        responses={503: {"description": "Not ready; why."}},
    )
    async def ready() -> JSONResponse:
        """200 once a real cycle of tick and delivery was done and nothing is found wrong, else 503 with the reasons."""
        reasons = await health.reasons()
        return JSONResponse({"ready": not reasons, "reasons": reasons}, 503 if reasons else 200)

    return router
