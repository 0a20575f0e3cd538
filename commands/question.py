"""``question Acme: how do we ...``: a colleague passes on what a client asked."""

from commands.ask import Ask, AskedInTheFuture, NothingAsked, NotSetUp, TooLong, put_to_the_pod
from commands.invocation import Context, Refused
from commands.names import clients_like, names_for_mentions
from commands.views import Button, Code, Field, FieldKind, Form, Notice, Reply, notice, refusal
from coverage.firm import Firm
from coverage.ids import short_id
from coverage.question import AskedBy, Question, Status, Via


def file_question(context: Context) -> Reply:
    """Put a question to the pod that knows the client; one whose client is unclear goes to the intake, never away."""
    if context.words.startswith("?"):
        return _form_filled_in(names_for_mentions(context, context.words[1:].strip()))
    if not context.words:
        return _form("")
    client, text = _client_and_text(context.saying(names_for_mentions(context, context.words)))
    if not text:
        return _form(client or "")
    asked = Ask(text=text, asked_by=AskedBy(filed_by=context.actor.id), via=Via.CHAT, client=client)
    try:
        question = put_to_the_pod(context.uow, asked, context.now)
    except (NothingAsked, TooLong, NotSetUp, AskedInTheFuture) as why:
        raise Refused(refusal(str(why))) from None
    return told(context.firm, question)


def _client_and_text(context: Context) -> tuple[str | None, str]:
    """The client named before a colon, if it is one, and the text; a near miss is asked about. Nothing before the colon
    says that no client is meant."""
    name, colon, text = context.words.partition(":")
    name, text = name.strip(), text.strip()
    if not colon or len(name) > _LONGEST_NAME or "\n" in name:
        return None, context.words
    if not name:
        return None, text
    if context.uow.clients.called(name):
        return name, text
    longer, colon, rest = text.partition(":")  # a client's name may have a colon in it
    if colon and context.uow.clients.called(f"{name}: {longer.strip()}"):
        return f"{name}: {longer.strip()}", rest.strip()
    is_sentence = len(name.split()) > _MOST_WORDS
    near = clients_like(context.uow, name) if not is_sentence and len(text) <= _FITS_A_BUTTON else []
    if not near:
        return None, context.words
    buttons = [
        Button(client.name, f"question {client.name}: {text}", f"Ask for client {client.name}") for client in near
    ]
    anyway = Button("None of these", f"question : {name}: {text}", "File it without a client")
    raise Refused(refusal(f"No client is called “{name}”. Did you mean:", buttons=(*buttons[:4], anyway)))


_LONGEST_NAME = 80
_MOST_WORDS = 4
"""What has more before its colon and is no client's name is the beginning of the text."""
_FITS_A_BUTTON = 1_700
"""Characters of a text that go into a button's 2,000 together with the longest name of a client, 255."""


def told(firm: Firm, question: Question) -> Notice:
    """With whom a question is that somebody has just filed."""
    number = short_id(question.number)
    pod = firm.pods[question.pod].name
    if question.status is Status.UNIDENTIFIED:
        whose = Button("Say which client", f"client {number} is", f"Say which client question {number} is from")
        return notice(f"{number} is with {pod}, who will find out which client it is from.", buttons=(whose,))
    called = [firm.people[who].name for who in question.called]
    by = f"; {called[0]} is called" if called else "; nobody of them is there, so the next step is taken"
    return notice(f"{number} is with {pod}{by}. ", Code(f"explain {number}"), " says why.")


def _form_filled_in(words: str) -> Form:
    """``question ? Acme: how do we ...``: looked at in the form first."""
    client, colon, text = words.partition(":")
    return _form(client.strip(), text.strip()) if colon and len(client) <= _LONGEST_NAME else _form("", words)


def _form(client: str, text: str = "") -> Form:
    return Form(
        title="Ask the pod",
        line="question {client}: {text}",
        fields=(
            Field("client", "Client", FieldKind.LINE, client, hint="Their name, or what everybody calls them"),
            Field("text", "What they asked", FieldKind.LONG, text, hint="In their own words"),
        ),
        submit="Ask",
        example="question Acme: how do we file the Q3 return?",
    )
