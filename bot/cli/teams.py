"""`podline teams package`: what to upload to Microsoft Teams."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.nearest import Group

app = typer.Typer(cls=Group, help="What Microsoft Teams needs of this installation.", no_args_is_help=True)


class ManifestVersion(StrEnum):
    """What Teams calls the version of a manifest."""

    OLDER = "1.22"
    NEWER = "1.29"


@app.command("package")
def package_app(
    out: Annotated[Path, typer.Option(help="Where to write it.", metavar="FILE.zip")] = Path("podline-teams.zip"),
    manifest_version: Annotated[
        ManifestVersion, typer.Option(help="1.22 where your Teams does not take the newer one.")
    ] = ManifestVersion.NEWER,
    read_channels: Annotated[
        bool,
        typer.Option("--read-channels", help="Ask for every message of the teams it is added to, to hear clients."),
    ] = False,
    app_version: Annotated[
        str | None,
        typer.Option(help="A higher number than the package has that is there: Teams takes no update without."),
    ] = None,
) -> None:
    """Make the app package for this installation's bot and address: PODLINE_TEAMS_CLIENT_ID and PODLINE_PUBLIC_URL."""
    from bot.config import Settings
    from bot.teams.http import PATH
    from bot.teams.package import package

    settings = Settings.read()
    out.write_bytes(package(settings, manifest_version.value, read_channels=read_channels, app_version=app_version))
    endpoint = f"{(settings.public_url or '').rstrip('/')}{PATH}"
    print(f"The package is {out}: upload it in Teams under Apps, Manage your apps, Upload an app.")
    print(f"The messaging endpoint of the Azure Bot must be {endpoint}")
