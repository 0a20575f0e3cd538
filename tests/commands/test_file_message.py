"""Filing a message as a question: what the form proposes, what becomes of it, and that it becomes one only once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from commands.clean_up import clean_up
from commands.client_said import client_said
from commands.file_message import Entered, Wrong, begin_filing, file_message
from commands.invocation import UnknownSender
from commands.said import Said
from commands.views import Form, Notice
from coverage.question import Status
from tests.world import World, commands_of, only, user, words

_sent = count(1)


def begin(world: World, said: Said, asker: str | None = None, who: str = "Bob") -> Form | Notice:
    return begin_filing(said, asker, user(who), f"draft:{said.remote}", world.new_uow, world.now)


def entered(said: Said, form: Form, who: str = "Bob", **changes: str) -> Entered:
    """The form as it was opened, with these changes."""
    values = {field.name: field.initial for field in form.fields} | changes
    return Entered(f"draft:{said.remote}", **values, sender=user(who), key=f"view:{next(_sent)}")


def send(world: World, said: Said, form: Form | Notice, **changes: str) -> Notice | Wrong:
    assert isinstance(form, Form)
    return file_message(entered(said, form, **changes), world.new_uow, world.now)


def test_a_filed_message_is_a_question_where_it_was_written(firm_on_both: World) -> None:
    world = firm_on_both
    said = world.message("Jo", "How do we file this?", files=("q3.pdf",), link="https://firm.slack.example/p1")
    world.wait(minutes=30)

    form = begin(world, said, "U0JO")
    told = send(world, said, form)

    assert isinstance(told, Notice)
    assert "Q-1 is with North" in words(told)
    question = world.question()
    assert question.asked_at == world.now - timedelta(minutes=30)
    assert question.arrived_at == world.now
    assert (question.origin_remote, question.asked_by.name, question.asked_by.user) == (said.remote, "Jo", "U0JO")
    assert [one.name for one in question.attachments] == ["q3.pdf", "the message itself"]


def test_what_the_client_adds_in_its_thread_belongs_to_a_filed_question(firm: World) -> None:
    said = firm.message("Jo", "ok")
    send(firm, said, begin(firm, said, "U0JO"))

    firm.client_says("Jo", "It is for Q3", thread=said.remote)

    assert only(firm.follow_ups()).text == "It is for Q3"


@pytest.mark.parametrize(
    ("text", "place", "client"),
    [
        ("How?", "C0ACME", "Acme Ltd"),
        ("Birch Bakery asks how", "C0GENERAL", "Birch Bakery"),
        ("Acme or Birch Bakery?", "C0GENERAL", ""),
        ("How?", "C0GENERAL", ""),
    ],
)
def test_a_client_is_proposed_where_exactly_one_fits(firm: World, text: str, place: str, client: str) -> None:
    form = begin(firm, firm.message("Bob", text, place))

    assert isinstance(form, Form)
    assert form.fields[0].initial == client


def test_a_message_that_is_a_question_already_is_named(firm: World) -> None:
    asked = firm.client_says("Jo", "How do we file this?")
    more = firm.client_says("Jo", "For Q3")

    for remote in (asked, more):
        notice = begin(firm, replace(firm.message("Jo", "..."), remote=remote))
        assert isinstance(notice, Notice)
        assert "Q-1 already" in words(notice)
        assert commands_of(notice) == ["explain Q-1"]


def test_of_many_who_file_a_message_that_is_just_being_heard_one_question_comes(firm_on_both: World) -> None:
    world = firm_on_both
    for number, writer in enumerate(("Jo", "Sam", "Pat", "Kim"), start=1):
        said = world.message(writer, "How do we file this?")
        form = begin(world, said)
        assert isinstance(form, Form)
        forms = [entered(said, form, who) for who in ("Ann", "Bob", "Cara", "Dan")]

        with ThreadPoolExecutor(5) as pool:
            heard = pool.submit(client_said, said, world.new_uow, world.now)
            filed = [pool.submit(file_message, one, world.new_uow, world.now) for one in forms]

        heard.result()
        assert sum(isinstance(one.result(), Notice) for one in filed) <= 1
        assert world.number_of_questions() == number


def test_the_same_form_sent_twice_is_done_once(firm: World) -> None:
    said = firm.message("Bob", "Acme: how?", "C0GENERAL")
    form = begin(firm, said)
    assert isinstance(form, Form)
    once = entered(said, form)

    first, second = (file_message(once, firm.new_uow, firm.now) for _ in "12")

    assert isinstance(first, Notice)
    assert isinstance(second, Notice)
    assert firm.number_of_questions() == 1


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [({"client": "Acmee Ltd"}, "client", "Did you mean Acme Ltd"), ({"text": " "}, "text", "needs a text")],
)
def test_what_is_wrong_is_said_of_its_field_and_can_be_mended(
    firm: World, changes: dict[str, str], field: str, says: str
) -> None:
    said = firm.message("Bob", "how?", "C0GENERAL")
    form = begin(firm, said)

    wrong = send(firm, said, form, **changes)
    mended = send(firm, said, form, client="Acme", text="How?")

    assert isinstance(wrong, Wrong)
    assert wrong.field == field
    assert says in wrong.says
    assert isinstance(mended, Notice)
    assert firm.question().text == "How?"


def test_a_client_nobody_knows_is_for_the_intake(firm: World) -> None:
    said = firm.message("Bob", "how?", "C0GENERAL")

    send(firm, said, begin(firm, said), client="Zyx Quarries")

    assert firm.question().status is Status.UNIDENTIFIED
    assert firm.question().named_as == "Zyx Quarries"


def test_another_asker_than_the_writer_is_not_taken_for_them(firm: World) -> None:
    said = firm.message("Jo", "Sam wants to know how", "C0GENERAL")

    send(firm, said, begin(firm, said, "U0JO"), asker="Sam Hill")

    assert (firm.question().asked_by.name, firm.question().asked_by.user) == ("Sam Hill", None)


def test_of_a_long_message_the_whole_is_kept_unless_somebody_changed_it(firm: World) -> None:
    text = "How do we file this? " * 500 + "Do tell us."
    untouched, changed = (firm.message("Bob", f"Acme {number}: {text}", "C0GENERAL") for number in (1, 2))

    send(firm, untouched, begin(firm, untouched))
    form = begin(firm, changed)
    assert isinstance(form, Form)
    send(firm, changed, form, text=form.fields[1].initial + " Please!")

    assert firm.question(1).text == untouched.text
    assert firm.question(2).text.endswith("… Please!")


def test_a_form_of_last_week_is_refused_in_words(firm: World) -> None:
    said = firm.message("Bob", "Acme: how?", "C0GENERAL")
    form = begin(firm, said)
    firm.sleep(days=8)
    clean_up(firm.new_uow, firm.now)

    wrong = send(firm, said, form)

    assert isinstance(wrong, Wrong)
    assert "more than a week old" in wrong.says


def test_whoever_is_not_of_the_firm_files_nothing(firm: World) -> None:
    said = firm.message("Jo", "how?", "C0GENERAL")
    form = begin(firm, said)
    assert isinstance(form, Form)

    with pytest.raises(UnknownSender):
        begin(firm, said, who="Zoe")
    with pytest.raises(UnknownSender):
        file_message(entered(said, form, "Zoe"), firm.new_uow, firm.now)

    assert firm.number_of_questions() == 0
