"""A Slack that answers at once and does nothing: what the program sends costs the program's time only.

``python -m bench.null_slack <port>``.
"""

import sys
from itertools import count

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

TEAM, BOT_USER, BOT = "T0FIRM", "U0PODLINE", "B0PODLINE"
TOKEN = "xoxb-of-nobody"

_numbers = count(1)


async def _any_method(request: Request) -> JSONResponse:
    await request.body()
    return JSONResponse(
        {
            "ok": True,
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
            "channel": {"id": "D0ANYBODY"},
            "ts": f"1790000000.{next(_numbers):06}",
        }
    )


if __name__ == "__main__":
    slack = Starlette(routes=[Route("/api/{method}", _any_method, methods=["GET", "POST"])])
    uvicorn.run(slack, host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False, lifespan="off")
