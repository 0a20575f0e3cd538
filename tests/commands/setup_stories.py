"""What stories about changing the set-up in chat look at: what is stored, and forms as they are sent."""

from commands.export_roster import export_roster
from commands.roster_lines import ClientLine, PodLine
from commands.views import Form
from tests.world import World, only


def pod(world: World, name: str = "North") -> PodLine:
    return only([line for line in export_roster(world.new_uow).pods or () if line.name == name])


def client(world: World, name: str = "Acme Ltd") -> ClientLine:
    return only([line for line in export_roster(world.new_uow).clients or () if line.name == name])


def clients(world: World) -> list[str]:
    return [line.name for line in export_roster(world.new_uow).clients or ()]


def members(world: World, name: str = "North") -> list[str]:
    emails = pod(world, name).members
    assert isinstance(emails, tuple)
    return [email.partition("@")[0] for email in emails]


def filled(form: Form, **entries: str) -> str:
    """The line that the form becomes with these entries and, for the others, with what was in it already."""
    line = form.line.replace("{{", "\0").replace("}}", "\1")
    for field in form.fields:
        line = line.replace(f"{{{field.name}}}", entries.get(field.name, field.initial))
    return line.replace("\0", "{").replace("\1", "}")
