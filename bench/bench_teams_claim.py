"""A click on Claim in Teams through the whole program, against the bare SDK whose handler sends one message."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path

from bench import bench_claim, firm
from bench.bench_claim import free_port, running, wait_for
from bench.commands_sent import send_all
from bench.firm import a_folder, a_question, firm_of, store
from bench.report import Measurement, interleaved
from bot.roster.document import document_of
from bot.roster.reading import roster_of
from bot.teams_playground.activities import activity
from bot.teams_playground.signing import Signer
from bot.teams_playground.tenant import Tenant
from commands.outgoing import Posting
from commands.roster import import_roster
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.unit_of_work import UnitsOfWork

ROUNDS, EACH = bench_claim.ROUNDS, 300
TARGET = 0.6
NIGHT = "19:night@thread.tacv2"
PEOPLE = ("aad-ann", "aad-bob", "aad-cara")


def measure() -> list[Measurement]:
    with a_folder() as folder, _teams(folder) as at, _program(folder, at) as ours, _floor(folder, at) as floor:
        rates = interleaved(ours.rate, floor.rate, ROUNDS)
    return [Measurement("a click on Claim in Teams", rates.ours, rates.floor, "a second", rates.ratio, TARGET)]


class Teams:
    """The stand-in that answers everything, and what is signed for it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.tenant = Tenant(lambda: datetime.now(UTC))
        for who, name in zip(PEOPLE, ("Ann Lee", "Bob Roy", "Cara Diaz"), strict=True):
            self.tenant.add_user(who, name)
        self.night = self.tenant.add_channel(NIGHT, "night")
        self.signer = Signer(self.tenant.app_id, lambda: self.url, lambda: datetime.now(UTC))
        self.token = self.signer.token()

    def click(self, number: int, user: str) -> bytes:
        """The whole request with which somebody presses Claim on the card of a question."""
        data = {"line": f"claim Q-{number}", "about": number, "version": 1}
        pressed = activity(self.tenant, self.url, self.tenant.users[user], self.night, "invoke", root=str(number)) | {
            "name": "adaptiveCard/action",
            "value": {"action": {"type": "Action.Execute", "verb": "podline", "data": data}, "trigger": "manual"},
            "replyToId": str(number),
        }
        body = json.dumps(pressed).encode()
        headers = (
            "POST /api/messages HTTP/1.1",
            "Host: 127.0.0.1",
            f"Authorization: Bearer {self.token}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        )
        return "\r\n".join((*headers, "", "")).encode() + body


class Server:
    """One side, in a process of its own that stands still while the other is measured."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, teams: Teams, answer: str) -> None:
        self._process = process
        self._port = port
        self._teams = teams
        self._answer = answer.encode()
        self._numbers = count(1)
        self._people = cycle(PEOPLE)

    def rate(self) -> float:
        """Claims a second, each of another question."""
        clicks = [self._teams.click(next(self._numbers), next(self._people)) for _ in range(EACH)]
        self._process.send_signal(signal.SIGCONT)
        try:
            return asyncio.run(send_all(self._port, clicks, self._answer))
        finally:
            self._process.send_signal(signal.SIGSTOP)


@contextmanager
def _teams(folder: Path) -> Iterator[Teams]:
    teams = Teams(port := free_port())
    keys = folder / "keys.json"
    keys.write_text(json.dumps(teams.signer.jwks()), encoding="utf-8")
    with running(folder, "bench.null_teams", str(port), str(keys)) as process:
        wait_for(f"{teams.url}/openidconfiguration", process)
        yield teams


@contextmanager
def _program(folder: Path, teams: Teams) -> Iterator[Server]:
    """``podline serve`` with the firm's questions, whose cards hang already."""
    url = f"sqlite:///{folder / 'podline.db'}"
    _ask(url)
    port = free_port()
    settings = {
        "PODLINE_DATABASE_URL": url,
        "PODLINE_PORT": str(port),
        "PODLINE_TEAMS_CLIENT_ID": teams.tenant.app_id,
        "PODLINE_TEAMS_CLIENT_SECRET": teams.tenant.secret,
        "PODLINE_TEAMS_TENANTS": teams.tenant.id,
        "PODLINE_TEAMS_OPENID_URL": f"{teams.url}/openidconfiguration",
        "PODLINE_TEAMS_SERVICE_HOSTS": "127.0.0.1",
    }
    with running(folder, "bot", "serve", **settings) as process:
        wait_for(f"http://127.0.0.1:{port}/readyz", process)
        yield Server(process, port, teams, "Claimed")


@contextmanager
def _floor(folder: Path, teams: Teams) -> Iterator[Server]:
    port = free_port()
    arguments = (str(port), f"{teams.url}/openidconfiguration", teams.tenant.app_id)
    with running(folder, "bench.bare_teams", *arguments) as process:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield Server(process, port, teams, "Done.")


def _ask(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    new_uow = UnitsOfWork(engine)
    import_roster(roster_of(document_of(_roster())), new_uow)
    known = firm_of(new_uow)
    now = datetime.now(UTC)
    stored = store(new_uow, (a_question(known, "Night", now) for _ in range((ROUNDS + 1) * EACH)), known)
    with new_uow() as uow:
        for question in stored:
            place = known.pods[question.pod].channel
            uow.postings.put_card(Posting(question.number, place, str(question.number), question.revision))
        uow.commit()
    engine.dispose()


def _roster() -> str:
    """The firm, with the pod's channel and its people in Teams."""
    roster = firm.ROSTER.replace("C0NIGHT", f'"{NIGHT}"')
    for who in PEOPLE:
        roster = roster.replace(f"slack: U0{who.removeprefix('aad-').upper()},", f"teams: {who},")
    return roster
