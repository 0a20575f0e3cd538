"""One transaction per unit of work: all of it lasts or nothing, and who only reads waits for nobody."""

import pytest

from commands.ports import NewUnitOfWork
from storage.transaction import EndedAlready, OnlyReading
from tests.storage.builders import a_question, asked


def test_leaving_without_commit_undoes_all(new_uow, office):
    with new_uow() as uow:
        uow.places.at("slack", "C0LOST")
        uow.questions.add(a_question(office))

    with new_uow.reading() as uow:
        assert uow.places.find("slack", "C0LOST") is None


def test_an_error_undoes_all_and_lets_the_next_one_write(new_uow, office):
    def ask_and_fail():
        with new_uow() as uow:
            uow.questions.add(a_question(office))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()

    assert asked(new_uow, a_question(office)).number == 1


def test_after_commit_a_unit_of_work_can_do_nothing_more(new_uow):
    with new_uow() as uow:
        uow.places.at("slack", "C0")
        uow.commit()
        with pytest.raises(EndedAlready):
            uow.places.at("slack", "C1")
        with pytest.raises(EndedAlready):
            uow.commit()


def test_outside_of_its_with_a_unit_of_work_can_do_nothing(new_uow):
    with new_uow() as uow:
        pass

    with pytest.raises(EndedAlready):
        uow.firm()


def test_who_only_reads_can_neither_write_nor_commit(new_uow):
    with new_uow.reading() as uow:
        with pytest.raises(OnlyReading):
            uow.places.at("slack", "C0")
        with pytest.raises(OnlyReading):
            uow.commit()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_thread_that_would_wait_for_itself_is_told_so(new_uow):
    with new_uow() as outer, new_uow() as inner:
        outer.places.at("slack", "C0")
        with pytest.raises(RuntimeError, match="in the middle of a unit of work"):
            inner.places.at("slack", "C1")
        outer.commit()

    with new_uow() as uow:
        assert uow.places.at("slack", "C0") == 1


def test_a_unit_of_work_that_nobody_used_holds_nothing(new_uow):
    with new_uow() as unused, new_uow() as uow:
        uow.places.at("slack", "C0")
        uow.commit()
        unused.commit()


def test_listeners_hear_of_every_commit_that_wrote_and_of_nothing_else(new_uow):
    heard = []
    new_uow.on_commit(lambda: heard.append("one"))
    new_uow.on_commit(lambda: heard.append("two"))

    with new_uow() as uow:
        uow.firm()
        uow.commit()
    with new_uow() as uow:
        uow.places.at("slack", "C0")
    assert heard == []
    with new_uow() as uow:
        uow.places.at("slack", "C0")
        uow.commit()

    assert heard == ["one", "two"]


def test_it_fits_the_port(new_uow):
    port: NewUnitOfWork = new_uow

    with port.reading() as uow:
        assert uow.firm().version == 1
