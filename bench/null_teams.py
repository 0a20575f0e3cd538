"""A Teams that answers at once and does nothing: what the program sends costs the program's time only.

``python -m bench.null_teams <port> <file with the public keys>``.
"""

import json
import sys
from itertools import count
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

_numbers = count(1)


def teams(port: int, keys: Path) -> Starlette:
    here = f"http://127.0.0.1:{port}"

    async def openid(request: Request) -> JSONResponse:
        return JSONResponse({"jwks_uri": f"{here}/keys", "token_endpoint": f"{here}/token"})

    written = json.loads(keys.read_text(encoding="utf-8"))

    async def signing_keys(request: Request) -> JSONResponse:
        return JSONResponse(written)

    async def token(request: Request) -> JSONResponse:
        return JSONResponse({"access_token": "of-nobody", "expires_in": 3600})

    async def anything(request: Request) -> JSONResponse:
        await request.body()
        return JSONResponse({"id": str(next(_numbers))}, 201)

    return Starlette(
        routes=[
            Route("/openidconfiguration", openid),
            Route("/keys", signing_keys),
            Route("/token", token, methods=["POST"]),
            Route("/{anything:path}", anything, methods=["GET", "POST", "PUT"]),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(
        teams(int(sys.argv[1]), Path(sys.argv[2])),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_config=None,
        access_log=False,
        lifespan="off",
    )
