"""The floor of a click in Teams: Microsoft's SDK as it comes, whose handler sends one message.

``python -m bench.bare_teams <port> <openid url> <client id>``.
"""

import logging
import sys
import warnings
from dataclasses import replace
from typing import Any

import jwt
import uvicorn

FAR_OFF = 4_000_000_000
"""Seconds since 1970: when its token to send with ends."""


def bare_teams(openid_url: str, client_id: str) -> Any:
    """The SDK's own FastAPI application; it validates tokens, and need not ask Microsoft for one to send with."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from microsoft_teams.api.auth.cloud_environment import PUBLIC
        from microsoft_teams.apps import App, FastAPIAdapter

    adapter = FastAPIAdapter()
    token = jwt.encode({"appid": client_id, "exp": FAR_OFF}, "of-nobody" * 8)
    cloud = replace(PUBLIC, openid_metadata_url=openid_url)
    app = App(client_id=client_id, token=lambda *_: token, cloud=cloud, http_server_adapter=adapter)

    @app.on_card_action
    async def pressed(context: Any) -> dict[str, Any]:
        await context.send("Done.")
        return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Done."}

    adapter.app.router.on_startup.append(app.initialize)
    return adapter.app


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    uvicorn.run(
        bare_teams(sys.argv[2], sys.argv[3]),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
    )
