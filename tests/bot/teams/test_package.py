"""The app package: valid for both versions of the manifest, for this installation, with icons of the right kind."""

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.cli.app import run
from bot.config import Settings, SettingsError
from bot.teams.manifest import MOST_COMMANDS, manifest
from bot.teams.package import package
from commands.grammar import Command, parse

BOT, URL = "11111111-2222-3333-4444-555555555555", "https://podline.firm.example"


def settings(**changes: str | None) -> Settings:
    return Settings.read(**{"PODLINE_TEAMS_CLIENT_ID": BOT, "PODLINE_PUBLIC_URL": URL, **changes})


def unpacked(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("version", MOST_COMMANDS)
@pytest.mark.parametrize("read_channels", [False, True])
def test_the_manifest_is_valid(version: str, shared: Path, read_channels: bool) -> None:
    file = shared / "schemas" / "teams" / f"teams-manifest-{version}.json"
    packed = package(settings(), version, read_channels=read_channels)
    written = json.loads(unpacked(packed)["manifest.json"])

    jsonschema.Draft4Validator(json.loads(file.read_text(encoding="utf-8"))).validate(written)
    assert written["manifestVersion"] == version


def test_the_package_is_for_this_bot_at_this_address_and_asks_for_nothing_it_does_not_use() -> None:
    written = json.loads(unpacked(package(settings(PODLINE_PUBLIC_URL=f"{URL}/")))["manifest.json"])

    assert {written["id"], written["bots"][0]["botId"], written["composeExtensions"][0]["botId"]} == {BOT}
    assert written["validDomains"] == ["podline.firm.example"]
    assert written["bots"][0]["scopes"] == ["team", "personal", "groupChat"]
    assert not {"permissions", "authorization", "webApplicationInfo"} & set(written)


def test_it_says_that_it_works_in_shared_channels_in_the_words_of_its_version() -> None:
    """Teams refuses an app for teams of version 1.25 or later that does not say so."""
    assert manifest(BOT, URL, "1.29")["supportsChannelFeatures"] == "tier1"
    assert manifest(BOT, URL, "1.22")["supportedChannelTypes"] == ["sharedChannels", "privateChannels"]


def test_only_who_asks_for_it_gets_a_package_that_reads_channels() -> None:
    written = manifest(BOT, URL, read_channels=True)

    asked = written["authorization"]["permissions"]["resourceSpecific"]
    assert asked == [{"name": "ChannelMessage.Read.Group", "type": "Application"}]
    assert written["webApplicationInfo"]["id"] == BOT


def test_an_update_has_a_number_of_its_own() -> None:
    written = json.loads(unpacked(package(settings(), app_version="1.0.12"))["manifest.json"])

    assert written["version"] == "1.0.12"


@pytest.mark.parametrize("number", ["1", "1.0", "01.0.0", "1.0.0-beta", "1.0.0.0", "a.b.c"])
def test_what_is_no_number_of_a_package_is_said(number: str) -> None:
    with pytest.raises(SettingsError, match="three numbers like"):
        package(settings(), app_version=number)


def test_the_command_makes_the_package_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODLINE_TEAMS_CLIENT_ID", BOT)
    monkeypatch.setenv("PODLINE_PUBLIC_URL", URL)
    out = tmp_path / "x.zip"

    assert run(["teams", "package", "--out", str(out), "--read-channels", "--app-version", "1.0.1"]) == 0

    written = json.loads(unpacked(out.read_bytes())["manifest.json"])
    assert (written["version"], "authorization" in written) == ("1.0.1", True)


def test_files_may_be_given_to_it() -> None:
    assert manifest(BOT, URL)["bots"][0]["supportsFiles"]


@pytest.mark.parametrize("version", MOST_COMMANDS)
def test_every_command_teams_offers_is_one_that_podline_understands(version: str) -> None:
    [offered] = manifest(BOT, URL, version)["bots"][0]["commandLists"]

    parsed = [parse(one["title"]) for one in offered["commands"]]

    assert len(parsed) == MOST_COMMANDS[version]
    assert all(isinstance(one, Command) and not one.words for one in parsed)


def test_a_question_is_asked_while_writing_and_out_of_a_message() -> None:
    [extension] = manifest(BOT, URL)["composeExtensions"]

    assert [(one["id"], one["context"]) for one in extension["commands"]] == [
        ("ask_the_pod", ["compose", "commandBox"]),
        ("file_as_question", ["message"]),
    ]
    assert all(one["fetchTask"] for one in extension["commands"])


def test_the_icons_are_of_the_size_and_kind_that_teams_takes() -> None:
    files = unpacked(package(settings()))
    colour, outline = pixels(files["color.png"]), pixels(files["outline.png"])

    assert (len(colour), len(colour[0])) == (192, 192)
    assert (len(outline), len(outline[0])) == (32, 32)
    assert {alpha for row in colour for *_, alpha in row} == {255}
    assert colour[0][0][:3] == (0x2F, 0x6F, 0x62)
    assert (255, 255, 255, 255) in colour[72]
    assert {tuple(rest) for row in outline for *rest, _ in row} == {(255, 255, 255)}
    assert {0, 255} <= {alpha for row in outline for *_, alpha in row}


def pixels(png: bytes) -> list[list[tuple[Any, ...]]]:
    """The rows of a picture with 8 bits a colour and transparency, not filtered."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, *kind = struct.unpack(">IIBBBBB", png[16:29])
    assert kind == [8, 6, 0, 0, 0]
    begin = png.index(b"IDAT") + 4
    length = struct.unpack(">I", png[begin - 8 : begin - 4])[0]
    plain = zlib.decompress(png[begin : begin + length])
    rows = [plain[row * (width * 4 + 1) :][1 : width * 4 + 1] for row in range(height)]
    return [[tuple(row[at : at + 4]) for at in range(0, width * 4, 4)] for row in rows]


def test_the_same_settings_make_the_same_package() -> None:
    assert package(settings()) == package(settings())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"PODLINE_TEAMS_CLIENT_ID": None}, "Set PODLINE_TEAMS_CLIENT_ID"),
        ({"PODLINE_TEAMS_CLIENT_ID": "podline"}, "PODLINE_TEAMS_CLIENT_ID must be an id like"),
        ({"PODLINE_PUBLIC_URL": None}, "Set PODLINE_PUBLIC_URL"),
        ({"PODLINE_PUBLIC_URL": "http://podline.firm.example"}, "PODLINE_PUBLIC_URL must start with https://"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, str | None], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        package(settings(**changes))


def test_the_command_writes_the_file_and_says_where_teams_is_to_call(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PODLINE_TEAMS_CLIENT_ID", BOT)
    monkeypatch.setenv("PODLINE_PUBLIC_URL", URL)

    assert run(["teams", "package"]) == 0
    assert run(["teams", "package", "--out", "old.zip", "--manifest-version", "1.22"]) == 0

    assert f"{URL}/api/messages" in capsys.readouterr().out
    written = [json.loads(unpacked((tmp_path / name).read_bytes())["manifest.json"]) for name in _FILES]
    assert [one["manifestVersion"] for one in written] == ["1.29", "1.22"]


_FILES = ("podline-teams.zip", "old.zip")


def test_the_command_says_all_that_is_missing_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["teams", "package"]) == 1

    said = capsys.readouterr().err
    assert "PODLINE_TEAMS_CLIENT_ID" in said
    assert "PODLINE_PUBLIC_URL" in said
    assert list(tmp_path.iterdir()) == []
