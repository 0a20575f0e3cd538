"""The firm that most tests of storage begin with."""

import pytest

from storage.unit_of_work import UnitsOfWork
from tests.storage.builders import Office, an_office


@pytest.fixture
def office(new_uow: UnitsOfWork) -> Office:
    return an_office(new_uow)
