"""Settings: what is read, how lists are written, what is said when something is wrong."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.config import HOW_TO_BEGIN, VARIABLES, Settings, SettingsError, SlackMode
from bot.config_spelling import unknown_variables

SHA = "0f" * 32
KEY = "k" * 40


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, so that no .env of the checkout is read."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_variable_podline_listens_on_this_machine_only() -> None:
    settings = Settings.read()

    assert (settings.host, settings.port, settings.tick_seconds) == ("127.0.0.1", 3000, 2.0)
    assert settings.database_url.get_secret_value() == "sqlite:///podline.db"
    assert settings.slack_api_url == "https://slack.com/api/"


def test_the_environment_wins_over_the_env_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("PODLINE_PORT=4000\nPODLINE_HOST=0.0.0.0\nUNRELATED=1\n", encoding="utf-8")
    monkeypatch.setenv("PODLINE_PORT", "5000")

    settings = Settings.read()

    assert (settings.host, settings.port) == ("0.0.0.0", 5000)


def test_the_env_file_of_a_parent_folder_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("PODLINE_PORT=4000\n", encoding="utf-8")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")

    assert Settings.read().port == 3000


@pytest.mark.parametrize("variable", ["HOST", "PORT", "host", "port", "CLIENT_ID", "CLIENT_SECRET", "SERVICE_URL"])
def test_variables_of_other_programs_change_nothing(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Settings.read()
    monkeypatch.setenv(variable, "1")

    assert Settings.read() == before


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, "")

    assert Settings.read().slack_mode() is SlackMode.NONE


def test_lists_are_separated_by_commas() -> None:
    settings = Settings.read(
        PODLINE_SECRET_KEY=f"new{KEY}, old{KEY}",
        PODLINE_API_TOKENS=f"crm:{SHA},mail:{SHA.upper()}",
        PODLINE_FEED_ALLOW="10.1.0.0/16, fd00::/8",
        PODLINE_TEAMS_TENANTS="one, two,",
    )

    assert [key.get_secret_value() for key in settings.secret_keys] == [f"new{KEY}", f"old{KEY}"]
    assert [(token.name, token.sha256) for token in settings.api_tokens] == [("crm", SHA), ("mail", SHA)]
    assert settings.feed_allow == (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert settings.teams_tenants == ("one", "two")


def test_a_postgresql_address_of_any_spelling_uses_the_driver_that_is_installed() -> None:
    settings = Settings.read(PODLINE_DATABASE_URL="postgres://podline:pw@db/podline")

    assert settings.database_url.get_secret_value() == "postgresql+psycopg://podline:pw@db/podline"


def test_slacks_address_takes_a_name_at_its_end() -> None:
    assert Settings.read(SLACK_API_URL="http://127.0.0.1:9/api").slack_api_url == "http://127.0.0.1:9/api/"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PODLINE_DATABASE_URL", "mysql://podline:hunter2@db/podline"),
        ("PODLINE_PORT", "hunter2"),
        ("PODLINE_PORT", "65536"),
        ("PODLINE_PUBLIC_URL", "hunter2"),
        ("PODLINE_PUBLIC_URL", "https://host:hunter2"),
        ("PODLINE_TICK_SECONDS", "0"),
        ("PODLINE_SECRET_KEY", "hunter2"),
        ("PODLINE_API_TOKENS", "crm:hunter2"),
        ("PODLINE_API_TOKENS", f"crm:{SHA},crm:{SHA}"),
        ("PODLINE_HEARTBEAT_URL", "hunter2"),
        ("PODLINE_FEED_ALLOW", "everything"),
        ("SLACK_BOT_TOKEN", "xapp-hunter2"),
        ("SLACK_APP_TOKEN", "xoxb-hunter2"),
        ("SLACK_API_URL", "hunter2"),
        ("PODLINE_TEAMS_OPENID_URL", "hunter2"),
    ],
)
def test_a_wrong_value_gets_one_sentence_that_does_not_repeat_it(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingsError) as refused:
        Settings.read()

    [sentence] = refused.value.problems
    assert sentence.startswith(f"{variable} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "hunter2" not in sentence


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODLINE_PORT", "x")
    monkeypatch.setenv("PODLINE_TICK_SECONDS", "x")

    with pytest.raises(SettingsError) as refused:
        Settings.read()

    assert len(refused.value.problems) == 2


def test_an_env_file_that_is_not_text_is_a_clear_error(folder: Path) -> None:
    (folder / ".env").write_bytes(b"PODLINE_HOST=\xff\xfe")

    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        Settings.read()


def test_settings_can_be_printed_without_showing_a_secret() -> None:
    settings = Settings.read(
        PODLINE_DATABASE_URL="postgresql+psycopg://podline:hunter2@db/podline",
        PODLINE_SECRET_KEY=f"hunter2{KEY}",
        PODLINE_HEARTBEAT_URL="https://beat.example/hunter2",
        SLACK_BOT_TOKEN="xoxb-hunter2",
        SLACK_SIGNING_SECRET="hunter2",
        SLACK_APP_TOKEN="xapp-hunter2",
        PODLINE_TEAMS_CLIENT_SECRET="hunter2",
    )

    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert len(settings.secrets()) == 7


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        ({}, SlackMode.NONE),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, SlackMode.HTTP),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, SlackMode.SOCKET),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}, SlackMode.SOCKET),
    ],
)
def test_an_app_token_means_socket_mode_and_a_signing_secret_http(given: dict[str, str], mode: SlackMode) -> None:
    assert Settings.read(**given).slack_mode() is mode


@pytest.mark.parametrize(
    ("given", "to_add"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
        ({"PODLINE_TEAMS_CLIENT_ID": "id"}, "PODLINE_TEAMS_CLIENT_SECRET"),
        ({"PODLINE_TEAMS_CLIENT_SECRET": "s"}, "PODLINE_TEAMS_CLIENT_ID"),
        ({"PODLINE_TEAMS_CLIENT_ID": "id", "PODLINE_TEAMS_CLIENT_SECRET": "s"}, "PODLINE_TEAMS_TENANTS"),
        (
            {"PODLINE_TEAMS_CLIENT_SECRET": "s", "PODLINE_TEAMS_MANAGED_IDENTITY": "system"},
            "only one of PODLINE_TEAMS_CLIENT_SECRET",
        ),
    ],
)
def test_what_is_set_by_half_says_what_to_add(given: dict[str, str], to_add: str) -> None:
    with pytest.raises(SettingsError, match=to_add):
        Settings.read(**given).check_platforms()


def test_nothing_configured_says_how_to_begin() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.read().check_platforms()

    assert str(refused.value) == HOW_TO_BEGIN
    assert "podline demo" in HOW_TO_BEGIN


def test_either_platform_alone_can_be_served_and_both_together() -> None:
    teams = {"PODLINE_TEAMS_CLIENT_ID": "id", "PODLINE_TEAMS_CLIENT_SECRET": "s", "PODLINE_TEAMS_TENANTS": "t"}
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}

    for given in (teams, slack, teams | slack):
        Settings.read(**given).check_platforms()


def test_a_misspelt_variable_is_named_with_the_one_that_was_meant(folder: Path) -> None:
    (folder / ".env").write_text("PODLNE_PORT=3\nPODLINE_TICK=1\nPODLINE_HOST=::1\nPOSTGRES_DB=x\n", encoding="utf-8")

    unknown = unknown_variables({"PODLINE_DEBUG": "1", "SLACK_WEBHOOK": "x", "PODLINE_PROT": "1"})

    assert set(unknown) == {"PODLINE_PROT", "PODLNE_PORT", "PODLINE_TICK"}
    assert "PODLNE_PORT in .env" in unknown["PODLNE_PORT"]
    assert "Did you mean PODLINE_PORT?" in unknown["PODLINE_PROT"]
    assert "PODLINE_TICK_SECONDS?" in unknown["PODLINE_TICK"]


@pytest.mark.parametrize("variable", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_the_dots_of_an_example_are_no_secret(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "xapp-..." if variable == "SLACK_APP_TOKEN" else "xoxb-...")

    with pytest.raises(SettingsError, match=f"{variable} still holds the dots of the example"):
        Settings.read()
