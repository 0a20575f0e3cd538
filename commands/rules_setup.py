"""What ``policy``, ``charter`` and ``hours`` have in common: shown to everybody, changed by managers, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from commands.export_roster import stored_roster
from commands.invocation import Context, Refused
from commands.permissions import Act, may_act
from commands.roster_lines import Roster, same_name
from commands.setup import Wanted, change, in_turn, is_sure, must_be_manager
from commands.setup_history import last_change_row
from commands.setup_plan import seen
from commands.setup_reading import after_new, known_name, new_name, quoted, take_name
from commands.setup_words import listed
from commands.views import Bold, Button, Code, Form, Listing, Reply, Row, Segment, Text, in_line, refusal
from coverage.people import Pod

CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rules. ``verb`` shows and changes them, ``what`` one of them is called, ``title`` all of them,
    ``heading`` is put before a name; ``begins`` is how what is said of them begins. ``stored`` finds them in a roster,
    ``as_roster`` makes one of a single one; ``read`` what is typed after the name of a present one (None for a new
    one), ``said`` puts one in words, ``form`` asks for one by its name (None for a new one). ``apart`` does what else
    may be said of one; ``more`` is shown to managers under all of them."""

    verb: str
    what: str
    title: str
    heading: str
    begins: str
    stored: Callable[[Roster], Mapping[str, Any] | None]
    as_roster: Callable[[str, Any], Roster]
    read: Callable[[Context, str, str, Any], Any]
    said: Callable[[Any], Text]
    form: Callable[[Context, str | None, Any], Form]
    pods_by: Callable[[Pod], str]
    apart: Callable[[Context, tuple[str, ...], str], Reply | None] | None = None
    more: tuple[Row, ...] = ()


def show_or_change(context: Context, kind: Kind) -> Reply:
    """All of them, the one named, or a change of it; ``new`` before a name makes one.

    Raises:
        Refused: there is none of that name, the actor is no manager, or it cannot be.
    """
    rules = kind.stored(stored_roster(context.uow, ())) or {}
    name, rest = take_name(context.words, rules)
    if name is not None and kind.apart is not None and (done := kind.apart(context, (name,), rest)) is not None:
        return done
    if name is not None:
        return _change(context, kind, name, rest) if rest else _one(context, kind, name, rules[name])
    if (new := after_new(context.words)) is not None:
        return _new(context, kind, new)
    if context.words:
        meant, _ = new_name(context.words, kind.begins)
        more: Text = (" A new one begins with ", Code(f"{kind.verb} new"), ".")
        known_name(meant, list(rules), kind.what, more=more)
    rows = tuple(_row(context, kind, name, rule, Bold(name), "\n") for name, rule in rules.items())
    another = (Row(("A new one:",), (_button(kind, "New", "new"),)), *kind.more) if _may(context) else ()
    return Listing(kind.title, (*rows, *another), "Nothing has been set up yet.")


def in_form(kind_line: str, name: str | None) -> str:
    """How the line of a form begins: with the name it asks for, or with the one that there is."""
    return f"{kind_line} {in_line(quoted(name))}" if name is not None else f"{kind_line} new {{name}}"


def state_of(context: Context, lines: Roster) -> int:
    return seen(stored_roster(context.uow, ()), lines)


def _change(context: Context, kind: Kind, name: str, words: str) -> Reply:
    context = in_turn(context, Act.CHANGE_RULES, _changed_by(kind))
    present = (kind.stored(stored_roster(context.uow, ())) or {}).get(name)
    if present is None:
        raise Refused(refusal(f"“{name}” has just been removed."))
    if words.casefold() == CHANGE:
        return replace(kind.form(context, name, present), version=state_of(context, kind.as_roster(name, present)))
    said, sure = is_sure(words)
    rule = kind.read(context, name, said, present)
    shows = f"{kind.verb} {quoted(name)}"
    return change(context, Wanted(kind.as_roster(name, rule), shows, is_sure=sure))


def _new(context: Context, kind: Kind, words: str) -> Reply:
    must_be_manager(context, Act.CHANGE_RULES, _changed_by(kind))
    name, body = new_name(words, kind.begins) if words else ("", "")
    if not body:
        form = kind.form(context, None, None)
        named = tuple(replace(field, initial=name) if field.name == "name" else field for field in form.fields)
        return replace(form, fields=named)
    context = in_turn(context, Act.CHANGE_RULES, _changed_by(kind))
    there = kind.stored(stored_roster(context.uow, ())) or {}
    if same_name(name) in map(same_name, there):
        raise Refused(replace(refusal(f"There is one called “{name}” already."), field="name"))
    rule = kind.read(context, name, body, None)
    done: Text = (Bold(name), " is there now; no pod goes by it yet.")
    return change(context, Wanted(kind.as_roster(name, rule), f"{kind.verb} {quoted(name)}", done=done))


def _changed_by(kind: Kind) -> str:
    return f"{kind.title} are changed"


def _one(context: Context, kind: Kind, name: str, rule: Any) -> Listing:
    last = last_change_row(context, kind.verb, name)
    return Listing(f"{kind.heading} {name}", (_row(context, kind, name, rule), *last))


def _row(context: Context, kind: Kind, name: str, rule: Any, *head: Segment) -> Row:
    pods = [pod.name for pod in context.firm.pods.values() if kind.pods_by(pod) == name]
    used = f"\nPods that go by it: {listed(pods)}" if pods else "\nNo pod goes by it."
    buttons = (_button(kind, "Change", f"{quoted(name)} {CHANGE}"),) if _may(context) else ()
    return Row((*head, *kind.said(rule), used), buttons)


def _button(kind: Kind, label: str, words: str) -> Button:
    return Button(label, f"{kind.verb} {words}", f"{label}: fill in a form for a {kind.what}")


def _may(context: Context) -> bool:
    return may_act(context.actor, Act.CHANGE_RULES)
