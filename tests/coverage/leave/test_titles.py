"""What a title says: leave in seven languages, false friends, names, halves; a guess is never made."""

import pytest

from tests.coverage.leave.calendars import ANN, STAFF, a_person, an_event, in_short, read

ONE_DAY = ("20260302", "20260303")


@pytest.mark.parametrize(
    ("title", "absence"),
    [
        ("Ann Lee - Annual leave", "Ann annual"),
        ("Ann Lee on maternity leave", "Ann parental"),
        ("Ann Lee - off sick", "Ann sick"),
        ("Ann Lee: training", "Ann training"),
        ("TOIL Ann Lee", "Ann other"),
        ("Ann Lee is OOO (out of office)", "Ann unknown"),
        ("Ann Lee - day off (part-time)", "Ann part_time"),
        ("🌴 Ann Lee", "Ann annual"),
        ("Zoë Müller Sommerurlaub", "Zoë annual"),
        ("Zoë krankgeschrieben", "Zoë sick"),
        ("Müller, Zoë: Elternzeit", "Zoë parental"),
        ("Zoë Müller - Fortbildung", "Zoë training"),
        ("Zoë Überstundenabbau", "Zoë other"),
        ("Zoë abwesend", "Zoë unknown"),
        ("Congés payés : Jean Petit", "Jean annual"),
        ("Jean Petit en arrêt maladie", "Jean sick"),
        ("Jean - congé paternité", "Jean parental"),
        ("Jean Petit absent", "Jean unknown"),
        ("Vacaciones José García", "José annual"),
        ("José García de baja", "José sick"),
        ("José García: asuntos propios", "José other"),
        ("Luca Bianchi in ferie", "Luca annual"),
        ("Malattia - Luca Bianchi", "Luca sick"),
        ("Luca permesso", "Luca other"),
        ("Jan de Vries met vakantie", "Jan annual"),
        ("Jan de Vries ziek", "Jan sick"),
        ("Ouderschapsverlof Jan de Vries", "Jan parental"),
        ("Jan - papadag", "Jan part_time"),
        ("Férias - Ana Silva", "Ana annual"),
        ("Ana Silva: baixa médica", "Ana sick"),
        ("Ana Silva licença de maternidade", "Ana parental"),
        ("Ana Silva de folga", "Ana unknown"),
    ],
)
def test_leave_is_understood_in_seven_languages(title: str, absence: str) -> None:
    assert in_short(read(an_event(title))) == [f"{absence} 02-04"]


@pytest.mark.parametrize(
    "title",
    [
        "Ann WFH",
        "Ann Lee working remotely from Spain",
        "Bo in London office",
        "Zoë Müller: Dienstreise",
        "Jean Petit télétravail",
        "Luca smart working",
        "Jan de Vries thuiswerken",
        "Ana Silva teletrabalho",
        "José García teletrabajo",
        "Ann Lee's birthday",
        "Geburtstag Zoë",
        "[Probation period end] Bo Chen",
        "Ann Lee: Work anniversary",
        "Holiday party",
        "Weihnachtsfeier",
        "Annual leave policy review",
        "Interview: sick-pay project",
        "Submit holiday requests by today",
        "Kick-off meeting Bo",
        "Ann Lee leaving do",
        "Ann Lee last day",
        "Holiday cover: Bo for Ann",
        "Vertretung für Zoë Müller",
        "Remplacement de Jean Petit",
        "Ann Lee back from leave",
        "Zoë zurück aus dem Urlaub",
        "Ann Lee NOT on leave (moved)",
        "Zoë Müller: kein Urlaub",
        "Jean pas en congé",
        "Canceled: Bo Chen - Annual leave",
        "Abgesagt: Zoë Müller - Urlaub",
        "Annulé : congés Jean Petit",
        "[Requested] Vacation - Ann Lee",
        "Ann Lee - annual leave (pending approval)",
        "Urlaub beantragt: Zoë Müller",
        "Vakantie Jan de Vries (aangevraagd)",
        "Ann Lee holiday?",
        "Client meeting",
        "Team lunch",
    ],
)
def test_what_only_sounds_like_leave_is_not(title: str) -> None:
    reading = read(an_event(title))

    assert (in_short(reading), reading.needs_human) == ([], ())
    assert reading.not_away[0].why


@pytest.mark.parametrize(
    "title",
    [
        "Annual leave: Ann Lee (cover: Bo Chen)",
        "Ann Lee - leave, Bo covers",
        "Ann Lee - annual leave (back on Monday)",
        "Ann Lee (Holiday) - approved",
        "Ann Lee - leave (FYI)",
    ],
)
def test_an_aside_takes_nothing_away_from_the_leave(title: str) -> None:
    [absence] = read(an_event(title)).absences

    assert absence.person == ANN.id


@pytest.mark.parametrize(
    ("title", "absences"),
    [
        ("Lee Ann - holiday", ["Ann"]),
        ("A. Lee holiday", ["Ann"]),
        ("Ann L - holiday", ["Ann"]),
        ("Lee - holiday", ["Ann"]),
        ("ann.lee@firm.example holiday", ["Ann"]),
        ("Bob - holiday", ["Robert"]),
        ("Zoe Mueller - holiday", ["Zoë"]),
        ("ZOE MULLER - holiday", ["Zoë"]),
        ("García, José - holiday", ["José"]),
        ("Ann & Bo - holiday", ["Ann", "Bo"]),
        ("Ann Lee / Bo Chen / Cara Diaz: holiday", ["Ann", "Bo", "Cara"]),
        ("Ann, Bo and Cara - holiday", ["Ann", "Bo", "Cara"]),
        ("Luca e Jean in ferie", ["Jean", "Luca"]),
    ],
)
def test_a_person_is_known_by_every_form_of_their_name(title: str, absences: list[str]) -> None:
    assert in_short(read(an_event(title))) == [f"{name} annual 02-04" for name in absences]


@pytest.mark.parametrize(
    ("title", "candidates"),
    [
        ("Ann Smith - leave", {"Ann"}),
        ("Ann Lee-Novak holiday", {"Ann"}),
        ("Ann-Marie holiday", {"Ann"}),
        ("Liz - leave", {"Elizabeth"}),
        ("Rob - leave", {"Robert"}),
        ("Liz & Ann - leave", {"Ann", "Elizabeth"}),
        ("Marlene Muster abwesend", set()),
        ("Bo for Ann holiday", {"Ann", "Bo"}),
        ("Ann OOO - Bo in charge", {"Ann", "Bo"}),
        ("Ann Lee - Bahamas", {"Ann"}),
        ("Ann Lee", {"Ann"}),
        ("Cara - WFH am, dentist pm", {"Cara"}),
        ("Company Holiday: Founders Day", set()),
        ("Office closed", set()),
        ("Team offsite", set()),
        ("Bank holiday", set()),
        ("Holiday", set()),
    ],
)
def test_what_only_a_human_can_say_is_asked_with_candidates(title: str, candidates: set[str]) -> None:
    reading = read(an_event(title))

    names = {person.id: person.name.split()[0] for person in STAFF}
    [question] = reading.needs_human
    assert (in_short(reading), reading.not_away) == ([], ())
    assert {names[person] for person in question.candidates} == candidates
    assert question.why


def test_a_first_name_that_two_people_have_is_asked() -> None:
    people = (ANN, a_person("Ann Novak", number=2))

    [question] = read(an_event("Ann on leave"), people=people).needs_human

    assert set(question.candidates) == {1, 2}


def test_two_people_of_one_name_are_told_apart_by_their_address() -> None:
    people = (ANN, a_person("Ann Lee", number=2, email="ann.lee2@firm.example"))
    event = an_event("Ann Lee - leave", more="ATTENDEE;CN=Ann Lee:MAILTO:Ann.Lee2@Firm.example")

    [absence] = read(event, people=people).absences

    assert absence.person == 2


@pytest.mark.parametrize(
    ("people_lines", "title", "absences"),
    [
        ("ATTENDEE:mailto:bo.chen@firm.example", "Annual leave", ["Bo"]),
        ("ORGANIZER:mailto:cara.diaz@firm.example", "Annual leave", ["Cara"]),
        (
            "ATTENDEE:mailto:ann.lee@firm.example\nATTENDEE:mailto:bo.chen@firm.example",
            "Ann Lee - holiday (FYI)",
            ["Ann"],
        ),
        ("ATTENDEE:mailto:elizabeth.hart@firm.example", "Liz: holiday", ["Elizabeth"]),
        ("ATTENDEE;CUTYPE=ROOM:mailto:bo.chen@firm.example\nATTENDEE:mailto:ann.lee@firm.example", "Holiday", ["Ann"]),
    ],
)
def test_invited_people_say_who_it_is(people_lines: str, title: str, absences: list[str]) -> None:
    assert in_short(read(an_event(title, more=people_lines))) == [f"{name} annual 02-04" for name in absences]


@pytest.mark.parametrize(
    ("people_lines", "title", "candidates"),
    [
        ("ATTENDEE:mailto:bo.chen@firm.example", "Ann Lee - leave", {1, 2}),
        ("ATTENDEE:mailto:ann.lee@firm.example\nATTENDEE:mailto:bo.chen@firm.example", "Annual leave", {1, 2}),
        ("ORGANIZER:mailto:ann.lee@firm.example\nATTENDEE:mailto:bo.chen@firm.example", "Annual leave", {1, 2}),
        ("ATTENDEE:mailto:somebody@else.example", "Holiday", set()),
        ("ATTENDEE:mailto:bo.chen@firm.example", "Liz: leave", {2, 6}),
    ],
)
def test_where_title_and_invitation_disagree_nobody_is_picked(
    people_lines: str, title: str, candidates: set[int]
) -> None:
    reading = read(an_event(title, more=people_lines))

    assert reading.absences == ()
    assert set(reading.needs_human[0].candidates) == candidates


@pytest.mark.parametrize(
    ("title", "half"),
    [
        ("Ann Lee - half day", "unknown"),
        ("Ann Lee (Vacation - 4 hours)", "unknown"),
        ("Ann Lee (Vacation - 0.5 days)", "unknown"),
        ("Ann Lee holiday (½ day)", "unknown"),
        ("Ann Lee - Annual leave (AM)", "am"),
        ("Ann Lee - Half day PM", "pm"),
        ("Ann Lee morning off", "am"),
        ("Ann Lee off from 2pm", "pm"),
        ("Ann Lee off until noon", "am"),
        ("Ann Lee off 14:00-17:30", "pm"),
        ("Ann Lee off 9am to 1pm", "am"),
        ("Ann Lee: halber Tag Urlaub (nachmittags)", "pm"),
        ("Ann Lee Urlaub ab 14 Uhr", "pm"),
        ("Ann Lee congés matin", "am"),
        ("Ann Lee vacaciones por la tarde", "pm"),
        ("Ann Lee ferie pomeriggio", "pm"),
        ("Ann Lee vrij, ochtend", "am"),
        ("Ann Lee férias, manhã", "am"),
    ],
)
def test_half_days_are_read_from_words(title: str, half: str) -> None:
    [absence] = read(an_event(title, *ONE_DAY)).absences

    assert [one.half.value for one in absence.half_days] == [half]


@pytest.mark.parametrize(
    "title",
    [
        "Ann Lee (Vacation - 8 hours)",
        "Ann Lee holiday 2-3 March",
        "Ann Lee off 9:00-17:30",
        "Ann Lee Urlaub am Montag",
        "Ann Lee leave, AM/PM",
    ],
)
def test_a_whole_day_stays_whole(title: str) -> None:
    assert read(an_event(title, *ONE_DAY)).absences[0].half_days == ()


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("[Vacation] Ann Lee (½ first day)", "02unknown-04"),
        ("[Vacation] Ann Lee (½ last day)", "02-04unknown"),
        ("[Urlaub] Ann Lee (½ erster Tag, ½ letzter Tag)", "02unknown-04unknown"),
        ("Ann Lee holiday (first day PM)", "02pm-04"),
        ("Ann Lee holiday from 2pm", "02pm-04"),
    ],
)
def test_a_half_day_of_several_is_the_one_that_is_named(title: str, days: str) -> None:
    assert in_short(read(an_event(title))) == [f"Ann annual {days}"]


def test_a_half_day_of_several_that_is_not_named_is_asked() -> None:
    [question] = read(an_event("Ann Lee holiday (AM)")).needs_human

    assert "half" in question.why


@pytest.mark.parametrize(
    ("more", "absence"),
    [("DESCRIPTION:Annual leave\\nApproved", "annual"), ("CATEGORIES:HR,Sick leave", "sick")],
)
def test_where_the_title_is_only_a_name_the_rest_of_the_event_says_why(more: str, absence: str) -> None:
    assert in_short(read(an_event("Ann Lee", more=more))) == [f"Ann {absence} 02-04"]


def test_in_a_calendar_of_leave_a_name_is_enough() -> None:
    assert in_short(read(an_event("Ann Lee"), head="X-WR-CALNAME:Team holidays")) == ["Ann unknown 02-04"]


@pytest.mark.parametrize(("more", "head"), [("STATUS:CANCELLED", ""), ("STATUS:TENTATIVE", ""), ("", "METHOD:CANCEL")])
def test_cancelled_and_tentative_leave_is_not_leave(more: str, head: str) -> None:
    reading = read(an_event("Ann Lee - leave", more=more), head=head)

    assert reading.absences == ()
    assert len(reading.not_away) == 1


@pytest.mark.parametrize(
    ("title", "absences"),
    [
        ("Al - holiday", ["Al annual"]),
        ("Al Green AL", ["Al annual"]),
        ("AL: Will", ["Will annual"]),
        ("Will on leave", ["Will unknown"]),
        ("Will be on leave", []),
        ("May - AL", ["May annual"]),
        ("Al AL in May", ["Al annual"]),
        ("Holiday in May", []),
        ("May bank holiday", []),
        ("Frei - Urlaub", ["Anna annual"]),
        ("Anna Frei hat frei", ["Anna unknown"]),
        ("frei", []),
    ],
)
def test_people_may_be_called_like_a_word(title: str, absences: list[str]) -> None:
    called = [
        a_person(name, number=number) for number, name in enumerate(("Al Green", "Will Smith", "May Wong", "Anna Frei"))
    ]

    reading = read(an_event(title), people=tuple(called))

    assert [f"{called[one.person].name.split()[0]} {one.kind}" for one in reading.absences] == absences


@pytest.mark.parametrize(
    ("title", "absences"),
    [
        ("Ann Lee - AL", ["Ann Lee"]),
        ("Ann Smith - AL", ["Ann Lee Smith"]),
        ("Ann - AL", []),
        ("José García: vacaciones", ["José García López"]),
        ("López, José: vacaciones", ["José García López"]),
        ("Juan David de vacaciones", ["Juan David Ruiz"]),
        ("van der Berg, Jan: vakantie", ["Jan van der Berg"]),
        ("Jan van: vakantie", ["Jan van der Berg"]),
        ("DUPONT-ROCHE Marie-Louise CP", ["Marie-Louise Dupont-Roche"]),
        ("OBrien Siobhan AL", ["Siobhán O'Brien"]),
    ],
)
def test_several_first_names_or_surnames_may_be_shortened(title: str, absences: list[str]) -> None:
    names = (
        "Ann Lee",
        "Ann Lee Smith",
        "José García López",
        "Juan David Ruiz",
        "Jan van der Berg",
        "Marie-Louise Dupont-Roche",
        "Siobhán O'Brien",
    )
    called = [a_person(name, number=number) for number, name in enumerate(names)]

    reading = read(an_event(title), people=tuple(called))

    assert [names[one.person] for one in reading.absences] == absences


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Off to Spain", "away"),
        ("Out", "away"),
        ("Day off - gardening", "away"),
        ("Annual leave with friends", "away"),
        ("Put bins out", "asked"),
        ("Out with friends", "asked"),
        ("Mum on holiday", "asked"),
        ("Night out", "not away"),
        ("Off-peak tickets", "not away"),
        ("Pick up kids", "not away"),
    ],
)
def test_a_small_word_among_others_is_no_leave_of_the_owner_yet(title: str, expected: str) -> None:
    reading = read(an_event(title), owner=ANN)

    said = "away" if reading.absences else "asked" if reading.needs_human else "not away"
    assert said == expected
