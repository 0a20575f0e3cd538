"""What is set from outside: the environment and the .env file of the working directory, and nothing else."""

from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import config_values as written
from bot.errors import PlainError

HOW_TO_BEGIN = (
    "No platform is configured, so there is nothing to serve. To look around without an account: podline demo. "
    "For a real workspace: make a Slack app from what `podline manifest` prints and set SLACK_BOT_TOKEN and "
    "SLACK_APP_TOKEN in the environment or in .env; for Microsoft Teams set PODLINE_TEAMS_CLIENT_ID, "
    "PODLINE_TEAMS_CLIENT_SECRET and PODLINE_TEAMS_TENANTS. For the API alone: podline serve --api-only."
)
ENV_FILE = Path(".env")

OptionalAddress = Annotated[str | None, BeforeValidator(written.web_address)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(written.words)]


class SettingsError(PlainError):
    """What is set cannot be used: one clear sentence for each variable, without its value."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class SlackMode(StrEnum):
    """How Slack reaches Podline."""

    NONE = "none"
    HTTP = "http"
    SOCKET = "socket"


class Settings(BaseSettings):
    """Every variable Podline reads; docs/reference.md says what each is for. Printing it shows no secret."""

    model_config = SettingsConfigDict(
        case_sensitive=True,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[SecretStr, BeforeValidator(written.database_url)] = Field(
        SecretStr("sqlite:///podline.db"), alias="PODLINE_DATABASE_URL"
    )
    host: str = Field("127.0.0.1", alias="PODLINE_HOST")
    port: int = Field(3000, alias="PODLINE_PORT", ge=0, le=65535)
    public_url: OptionalAddress = Field(None, alias="PODLINE_PUBLIC_URL")
    tick_seconds: float = Field(2.0, alias="PODLINE_TICK_SECONDS", gt=0, le=60)
    secret_keys: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(written.secret_keys)] = Field(
        (), alias="PODLINE_SECRET_KEY"
    )
    api_tokens: Annotated[tuple[written.ApiToken, ...], NoDecode, BeforeValidator(written.api_tokens)] = Field(
        (), alias="PODLINE_API_TOKENS", repr=False
    )
    heartbeat_url: Annotated[SecretStr | None, BeforeValidator(written.web_address)] = Field(
        None, alias="PODLINE_HEARTBEAT_URL"
    )
    feed_allow: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(written.networks)] = Field(
        (), alias="PODLINE_FEED_ALLOW"
    )

    slack_bot_token: Annotated[SecretStr | None, BeforeValidator(written.not_an_app_token)] = Field(
        None, alias="SLACK_BOT_TOKEN"
    )
    slack_signing_secret: Annotated[SecretStr | None, BeforeValidator(written.not_a_placeholder)] = Field(
        None, alias="SLACK_SIGNING_SECRET"
    )
    slack_app_token: Annotated[SecretStr | None, BeforeValidator(written.not_a_bot_token)] = Field(
        None, alias="SLACK_APP_TOKEN"
    )
    slack_api_url: Annotated[str, BeforeValidator(written.web_folder)] = Field(
        "https://slack.com/api/", alias="SLACK_API_URL"
    )

    teams_client_id: str | None = Field(None, alias="PODLINE_TEAMS_CLIENT_ID")
    teams_client_secret: SecretStr | None = Field(None, alias="PODLINE_TEAMS_CLIENT_SECRET")
    teams_managed_identity: str | None = Field(None, alias="PODLINE_TEAMS_MANAGED_IDENTITY")
    teams_tenants: Words = Field((), alias="PODLINE_TEAMS_TENANTS")
    teams_openid_url: OptionalAddress = Field(None, alias="PODLINE_TEAMS_OPENID_URL")
    teams_service_hosts: Words = Field((), alias="PODLINE_TEAMS_SERVICE_HOSTS")

    @classmethod
    def read(cls, **given: Any) -> Self:
        """Read the environment and ``.env`` (``given`` wins over both); SettingsError says all that is wrong."""
        try:
            return cls(**given)
        except ValidationError as invalid:
            raise SettingsError(*written.distinct(_sentence(error) for error in invalid.errors())) from None
        except (OSError, UnicodeDecodeError):
            raise SettingsError(f"{ENV_FILE} cannot be read: it must be a text file in UTF-8.") from None

    def slack_mode(self) -> SlackMode:
        """How Slack is to reach Podline; SettingsError says what to add where it is set by half."""
        reached = self.slack_app_token or self.slack_signing_secret
        if self.slack_bot_token and not reached:
            raise SettingsError(
                "SLACK_BOT_TOKEN is set, but not how Slack reaches Podline: add SLACK_APP_TOKEN (Socket Mode, needs "
                "no public address) or SLACK_SIGNING_SECRET (HTTP)."
            )
        if reached and not self.slack_bot_token:
            present = "SLACK_APP_TOKEN" if self.slack_app_token else "SLACK_SIGNING_SECRET"
            raise SettingsError(f"{present} is set, but SLACK_BOT_TOKEN is not: add the token that starts with xoxb-.")
        if not reached:
            return SlackMode.NONE
        return SlackMode.SOCKET if self.slack_app_token else SlackMode.HTTP

    def teams_is_set(self) -> bool:
        """Whether Teams is configured; SettingsError says what to add where it is set by half."""
        secret, identity = self.teams_client_secret, self.teams_managed_identity
        if secret and identity:
            raise SettingsError("Set only one of PODLINE_TEAMS_CLIENT_SECRET and PODLINE_TEAMS_MANAGED_IDENTITY.")
        if self.teams_client_id and not (secret or identity):
            raise SettingsError(
                "PODLINE_TEAMS_CLIENT_ID is set by itself: add PODLINE_TEAMS_CLIENT_SECRET or "
                "PODLINE_TEAMS_MANAGED_IDENTITY."
            )
        if (secret or identity) and not self.teams_client_id:
            raise SettingsError("A Teams credential is set without PODLINE_TEAMS_CLIENT_ID: add it.")
        if self.teams_client_id and not self.teams_tenants:
            raise SettingsError(
                "PODLINE_TEAMS_TENANTS is missing: add the id of your Microsoft 365 tenant, so that nobody else's "
                "Teams can use Podline (Azure shows it beside the client id, as Directory ID)."
            )
        return self.teams_client_id is not None

    def check_platforms(self) -> None:
        """Raises SettingsError where a platform is set by half, or none is set that could be served."""
        has_teams = self.teams_is_set()
        if self.slack_mode() is SlackMode.NONE and not has_teams:
            raise SettingsError(HOW_TO_BEGIN)

    def secrets(self) -> tuple[str, ...]:
        """Every secret value that is set, for the log to take out wherever it turns up."""
        alone = [
            self.heartbeat_url,
            self.slack_bot_token,
            self.slack_signing_secret,
            self.slack_app_token,
            self.teams_client_secret,
        ]
        password = urlsplit(self.database_url.get_secret_value()).password
        values = [secret.get_secret_value() for secret in (*alone, *self.secret_keys) if secret]
        return tuple([*values, password] if password else values)


VARIABLES = tuple(str(field.alias) for field in Settings.model_fields.values())
"""The names of all variables, as they are written in the environment."""

_MUST_BE = {
    "PODLINE_PORT": "a port number from 0 (any free one) to 65535",
    "PODLINE_TICK_SECONDS": "a number of seconds above 0, at most 60",
}


def _sentence(error: Any) -> str:
    name = str(error["loc"][0])
    if error["type"] == "value_error":
        return f"{name} {error['ctx']['error']}."
    return f"{name} must be {_MUST_BE.get(name, 'a text')}."
