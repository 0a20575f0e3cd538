"""The forms for leave: one's own, and a colleague's."""

from commands.views import Field, FieldKind, Form
from coverage.people import Person


def leave_form(person: Person, *, is_own: bool) -> Form:
    """For ``person``; ``is_own``: they fill it in themselves."""
    hint = "Only you see every kind" if is_own else f"Only {person.name} sees every kind"
    return Form(
        title="Leave" if is_own else f"Leave of {person.name}",
        line=f"leave {'' if is_own else f'for {person.email} '}{_DAYS}",
        fields=_fields(hint),
        submit="Mark leave",
        example="leave 3 Aug - 14 Aug",
    )


def colleagues_leave_form() -> Form:
    """Asks also whose leave it is."""
    return Form(
        title="Leave of a colleague",
        line=f"leave for {{whose}} {_DAYS}",
        fields=(Field("whose", "Whose leave", FieldKind.PERSON), *_fields("Only they see every kind")),
        submit="Mark leave",
        example="leave for @ann 3 Aug - 14 Aug",
    )


_DAYS = "{first} - {last} {half} {kind}"


def _fields(hint: str) -> tuple[Field, ...]:
    return (
        Field("first", "First day", FieldKind.DATE),
        Field("last", "Last day", FieldKind.DATE, optional=True, hint="Empty where it is one day"),
        Field(
            "half",
            "Half a day",
            FieldKind.CHOICE,
            optional=True,
            options=(
                ("pm", "The afternoon, or from noon of the first day"),
                ("am", "The morning, or until noon of the last"),
            ),
        ),
        Field("kind", "Kind", FieldKind.CHOICE, optional=True, options=_KINDS, hint=hint),
    )


_KINDS = (
    ("annual leave", "Annual leave"),
    ("sick", "Sick"),
    ("parental leave", "Parental leave"),
    ("training", "Training"),
    ("other", "Other"),
)
