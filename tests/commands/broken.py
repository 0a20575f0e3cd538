"""Units of work that break over one question, to see that the others are looked after."""

from commands.ports import NewUnitOfWork, UnitOfWork
from coverage.ids import QuestionNumber
from coverage.question import Question


class FailingFor:
    """Like ``new_uow``, but getting question ``number`` raises what nobody expected."""

    def __init__(self, number: int, new_uow: NewUnitOfWork) -> None:
        self._number = number
        self._new_uow = new_uow

    def __call__(self) -> UnitOfWork:
        uow = self._new_uow()
        whole = uow.questions.get

        def get(number: QuestionNumber) -> Question:
            if number == self._number:
                raise ZeroDivisionError("a row that nobody expected")
            return whole(number)

        uow.questions.get = get  # type: ignore[method-assign]
        return uow

    def reading(self) -> UnitOfWork:
        return self._new_uow.reading()
