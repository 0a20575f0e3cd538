"""The Bot Connector's own endpoints, as strict as Teams', and the mishaps that may befall a call."""

import math
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.playground.misbehave import Misbehaviour, Mishap
from bot.playground.mishap_answers import after, before
from bot.teams_playground.checking import Refused, check_message
from bot.teams_playground.tenant import Conversation, Shown, Tenant, User

Json = dict[str, Any]
Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]

FORBIDDEN = {"MessageWritesBlocked": 403, "BotDisabledByAdmin": 403, "BotNotInConversationRoster": 403}
LARGEST_BODY = 1_000_000


class Connector:
    """Conversations, activities and members. ``tokens`` are those that were given out to the bot."""

    def __init__(self, tenant: Tenant, misbehaviour: Misbehaviour, tokens: set[str]) -> None:
        self._tenant = tenant
        self._misbehaviour = misbehaviour
        self._tokens = tokens

    def routes(self, prefix: str) -> list[web.RouteDef]:
        base = f"{prefix}/v3/conversations"
        return [
            web.post(base, self._call("create_conversation", self._create_conversation)),
            web.post(f"{base}/{{conversation}}/activities", self._call("create_activity", self._create)),
            web.post(f"{base}/{{conversation}}/activities/{{activity}}", self._call("reply", self._reply)),
            web.put(f"{base}/{{conversation}}/activities/{{activity}}", self._call("update_activity", self._update)),
            web.get(f"{base}/{{conversation}}/members/{{member}}", self._call("member", self._member)),
            web.get(f"{base}/{{conversation}}/pagedmembers", self._call("members", self._members)),
        ]

    def _call(self, name: str, handle: Handle) -> Handle:
        async def answer(request: web.Request) -> web.StreamResponse:
            where = request.match_info.get("conversation")
            mishap = self._misbehaviour.take(name, where.partition(";")[0] if where else None)
            if mishap and (early := await goes_wrong_before(request, mishap)):
                return early
            try:
                self._check_token(request)
                answered = await handle(request)
            except Refused as refused:
                self._tenant.log.add("refused", "app", channel=where, method=name, error=refused.code, why=refused.says)
                return said_no(refused)
            if mishap:
                await after(request, mishap)
            return answered

        return answer

    def _check_token(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self._tokens:
            raise Refused(401, "AuthorizationFailed", "Authorization has been denied for this request.")

    async def _create_conversation(self, request: web.Request) -> web.StreamResponse:
        asked = await _json(request)
        members = asked.get("members") or []
        if asked.get("isGroup") or len(members) != 1 or not members[0].get("id"):
            raise Refused(400, "BadSyntax", "a chat has one member")
        if (asked.get("channelData") or {}).get("tenant", {}).get("id") != self._tenant.id:
            raise Refused(400, "BadSyntax", "the tenant is missing")
        user = self._tenant.find_user(str(members[0]["id"]))
        if user is None or user.tenant != self._tenant.id:
            raise Refused(403, "BotNotInConversationRoster", "The user is not known")
        if user.aad not in self._tenant.installed_for:
            raise Refused(403, "BotNotInConversationRoster", "The bot is not installed for the user")
        return web.json_response({"id": self._tenant.chat_with(user.aad).id}, status=201)

    async def _create(self, request: web.Request) -> web.StreamResponse:
        conversation, thread = self._open(request.match_info["conversation"])
        return await self._put(request, conversation, thread)

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        conversation, _ = self._open(request.match_info["conversation"])
        return await self._put(request, conversation, request.match_info["activity"])

    async def _put(self, request: web.Request, conversation: Conversation, thread: str | None) -> web.StreamResponse:
        activity = await _json(request)
        check_message(activity)
        if thread is not None and (conversation.id, thread) not in self._tenant.messages:
            raise Refused(404, "ActivityNotFoundInConversation", "there is no such thread")
        root = thread if conversation.kind == "channel" else None
        shown = self._tenant.put(conversation.id, activity, by_bot=True, root=root)
        return web.json_response({"id": shown.id}, status=201)

    async def _update(self, request: web.Request) -> web.StreamResponse:
        conversation, _ = self._open(request.match_info["conversation"])
        shown = self._ours(conversation, request.match_info["activity"])
        activity = await _json(request)
        check_message(activity)
        shown.activity, shown.edits = activity, shown.edits + 1
        self._tenant.log.add("updated", "app", channel=conversation.id, shown=shown)
        return web.json_response({"id": shown.id})

    async def _member(self, request: web.Request) -> web.StreamResponse:
        conversation, _ = self._open(request.match_info["conversation"])
        user = self._tenant.find_user(request.match_info["member"])
        if user is None or (conversation.kind == "personal" and user.aad not in conversation.members):
            raise Refused(404, "MemberNotFoundInConversation", "The member is not in the conversation")
        return web.json_response(self._account(user))

    async def _members(self, request: web.Request) -> web.StreamResponse:
        conversation, _ = self._open(request.match_info["conversation"])
        known = [self._tenant.users[one] for one in conversation.members]
        return web.json_response({"members": [self._account(one) for one in known]})

    def _account(self, user: User) -> Json:
        """Somebody as the members endpoint says: the directory's id by one of two names."""
        known = account(user)
        return known | {"objectId": known.pop("aadObjectId")} if self._tenant.says_object_id else known

    def _open(self, written: str) -> tuple[Conversation, str | None]:
        conversation, thread = self._tenant.find(written)
        if conversation is None:
            raise Refused(404, "ConversationNotFound", "Conversation not found.")
        if conversation.closed is not None:
            raise Refused(FORBIDDEN[conversation.closed], conversation.closed)
        return conversation, thread

    def _ours(self, conversation: Conversation, activity: str) -> Shown:
        shown = self._tenant.messages.get((conversation.id, activity))
        if shown is None or shown.is_deleted:
            raise Refused(404, "ActivityNotFoundInConversation", "there is no such message")
        if not shown.by_bot:
            raise Refused(403, "BadArgument", "a bot changes its own messages only")
        return shown


def account(user: User) -> Json:
    """Somebody as the members endpoint says."""
    known = {
        "id": user.id,
        "name": user.name,
        "aadObjectId": user.aad,
        "userPrincipalName": user.upn,
        "tenantId": user.tenant,
        "userRole": user.role,
        "email": user.email,
    }
    return {name: value for name, value in known.items() if value is not None}


def said_no(refused: Refused) -> web.Response:
    body = {"error": {"code": refused.code, "message": refused.says}}
    return web.json_response(body, status=refused.status)


async def goes_wrong_before(request: web.Request, mishap: Mishap) -> web.StreamResponse | None:
    """What Teams' services answer while something goes wrong; None where it goes on."""
    return await before(
        request, mishap, error=lambda one: said_no(Refused(one.status, one.error)), rate_limited=_rate_limited
    )


def _rate_limited(mishap: Mishap) -> web.Response:
    wait = {"Retry-After": str(max(1, math.ceil(mishap.seconds)))}
    return web.json_response({"error": {"code": "TooManyRequests"}}, status=429, headers=wait)


async def _json(request: web.Request) -> Json:
    try:
        read = await request.json()
    except ValueError:
        raise Refused(400, "BadSyntax", "the body is no JSON") from None
    if not isinstance(read, dict):
        raise Refused(400, "BadSyntax", "the body is no object")
    return read
