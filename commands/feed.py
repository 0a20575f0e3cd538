"""``feed add | list | questions | answer | poll | pause | resume | confirm | remove``: calendars that are read by
themselves. An address is a secret: no answer repeats it, and no form that is opened with one keeps it."""

from collections.abc import Callable

from commands.feed_answers import answer
from commands.feed_changes import (
    FeedRefused,
    Wanted,
    add_feed,
    confirm_feed,
    feed_named,
    pause_feed,
    poll_feed,
    remove_feed,
    resume_feed,
)
from commands.feed_messages import alias_hint, answers_to, question_text
from commands.feed_words import described
from commands.invocation import Context, Refused
from commands.names import take_person, unknown_person
from commands.permissions import managers_words
from commands.views import Button, ButtonStyle, Code, Field, FieldKind, Form, Listing, Reply, Row, notice, refusal
from commands.wording import first_line
from coverage.feeds import Feed, FeedState
from coverage.leave.interpretation import CalendarKind

_EXAMPLE = "feed add URL for @ann"


def feed(context: Context) -> Reply:
    """Managers only: whoever sees a calendar's address can read the calendar."""
    if not context.actor.is_manager:
        raise Refused(refusal(f"Calendar feeds are the managers' ({managers_words(context.firm)})."))
    act, rest = [*context.words.split(None, 1), "", ""][:2]
    if act.casefold() in ("", "list"):
        return _list(context)
    if (verb := _ACTS.get(act.casefold())) is None:
        said = first_line(act, 30) if "://" not in act else "an address"
        raise Refused(refusal(f"I cannot “{said}” a feed. ", Code("help feed"), " lists what can be done."))
    try:
        return verb(context.saying(rest.strip()))
    except FeedRefused as why:
        raise Refused(refusal(str(why))) from None


def _add(context: Context) -> Reply:
    address, whose = [*context.words.split(None, 1), "", ""][:2]
    if not address:
        return _form()
    wanted = _wanted(context, address, whose.strip())
    added = add_feed(context.uow, context.firm, wanted, context.actor.id, context.now)
    plain = " Without https it is fetched only from where PODLINE_FEED_ALLOW allows it."
    return notice(
        f"{added.name} is added ({added.host}, {added.fingerprint}), and fetched now: you hear what came of it."
        f"{plain if address.casefold().startswith('http:') else ''}"
    )


def _wanted(context: Context, address: str, whose: str) -> Wanted:
    word, rest = [*whose.split(None, 1), "", ""][:2]
    match word.casefold():
        case "team":
            return Wanted(address, CalendarKind.TEAM)
        case "holidays" if rest:
            return Wanted(address, CalendarKind.HOLIDAYS, country=rest.strip())
        case "for" if rest:
            person, _ = take_person(context, rest)
            if person is None:
                raise unknown_person(context, rest, _EXAMPLE)
            return Wanted(address, CalendarKind.PERSONAL, person)
    form = Button("Fill in a form", "feed add", "Open the form: a calendar feed")
    words = (
        "Whose calendar is it? Say it after the address: ",
        Code(_EXAMPLE),
        ", ",
        Code("feed add URL team"),
        " or ",
    )
    raise Refused(refusal(*words, Code("feed add URL holidays GB"), ".", buttons=(form,)))


def _form() -> Form:
    return Form(
        title="Calendar feed",
        line="feed add {address} {kind} {whose}{country}",
        fields=(
            Field(
                "address", "Address of the calendar", FieldKind.LINE, hint="https:// or webcal://. It is kept secret."
            ),
            Field(
                "kind",
                "What it is",
                FieldKind.CHOICE,
                options=(
                    ("for", "One person's calendar"),
                    ("team", "A calendar of several people"),
                    ("holidays", "Public holidays"),
                ),
            ),
            Field("whose", "Whose", FieldKind.PERSON, optional=True, hint="Of one person's calendar"),
            Field("country", "Country", FieldKind.LINE, optional=True, hint="Of public holidays: GB, or GB-SCT"),
        ),
        submit="Add it",
        example=_EXAMPLE,
    )


def _list(context: Context) -> Listing:
    feeds = context.uow.feeds.everything()
    rows = tuple(Row(described(one, context.firm, context.now), _buttons(one)) for one in feeds)
    return Listing("Calendar feeds", rows, f"There is no calendar feed yet. The first is added with {_EXAMPLE}.")


def _buttons(feed: Feed) -> tuple[Button, ...]:
    def button(label: str, act: str, spoken: str) -> Button:
        return Button(label, f"feed {act} {feed.name}", f"{spoken} {feed.name}")

    if feed.is_paused:
        first = [button("Resume", "resume", "Fetch again:")]
    else:
        first = [button("Fetch now", "poll", "Fetch now:"), button("Pause", "pause", "Do not fetch for now:")]
    if feed.state is FeedState.HELD and feed.held_digest is not None:
        first.insert(0, button("It is right", "confirm", "Believe what is held back of"))
    remove = Button(
        "Remove", f"feed remove {feed.name}", f"Remove the feed {feed.name}", ButtonStyle.DANGER,
        confirm=f"Forget {feed.name} and take back the coming leave it told?",
    )  # fmt: skip
    return (*first, remove)


def _questions(context: Context) -> Listing:
    feeds = {one.id: one for one in context.uow.feeds.everything()}
    asked = [one for one in context.uow.feeds.open_questions() if one.feed in feeds]
    rows = tuple(
        Row((*question_text(one, feeds[one.feed]), *alias_hint(one)), answers_to(one, context.firm)) for one in asked
    )
    return Listing("What only a human can read", rows, "No calendar holds anything that needs you.")


def _answer(context: Context) -> Reply:
    return answer(context)


def _changing(change: Callable[[Context, Feed], str]) -> Callable[[Context], Reply]:
    def act(context: Context) -> Reply:
        named = feed_named(context.uow.feeds.everything(), context.words)
        locked = context.uow.feeds.get(named.id)
        if locked is None:
            raise FeedRefused(f"{named.name} was removed just now.")
        return notice(change(context, locked))

    return act


_ACTS: dict[str, Callable[[Context], Reply]] = {
    "add": _add,
    "questions": _questions,
    "answer": _answer,
    "poll": _changing(lambda context, one: poll_feed(context.uow, one, context.now)),
    "pause": _changing(lambda context, one: pause_feed(context.uow, one)),
    "resume": _changing(lambda context, one: resume_feed(context.uow, one, context.now)),
    "confirm": _changing(lambda context, one: confirm_feed(context.uow, one, context.now)),
    "remove": _changing(lambda context, one: remove_feed(context.uow, one, context.now)),
}
