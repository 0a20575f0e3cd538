"""Reading a CSV of clients: as spreadsheets write it, and with mistakes that say where they are and what is allowed."""

from codecs import BOM_UTF16_LE

import pytest

from bot.roster.clients_table import clients_file
from bot.roster.document import NotReadable
from commands.clients_file import ClientsFile
from commands.ports import Place
from commands.roster_lines import UNSAID, ClientLine
from coverage.clients import Knowledge

HEADER = "name,pod,named_contact,domains,aliases,channels,knows\n"
ROW = "Müller & Söhne,North,ann@firm.example,muller.example,Müller,C0MUL,bob@firm.example:learning\n"


def read(written: str | bytes) -> ClientsFile:
    return clients_file(written if isinstance(written, bytes) else written.encode(), "clients.csv")


def mistakes_in(written: str) -> list[str]:
    file = read(written)
    return [file.sentence(one) for one in file.mistakes]


def refused(written: str | bytes) -> str:
    with pytest.raises(NotReadable) as refusal:
        read(written)
    return str(refusal.value)


def test_every_column_is_read() -> None:
    file = read(
        HEADER + "Acme Ltd,North,Ann@Firm.example,acme.example; @ACME.co.uk ;,Acme;The Acme,C0ACME;C0AC2,"
        "bob@firm.example;cara@firm.example:Learning\n"
    )

    assert file.lines == (
        ClientLine(
            name="Acme Ltd",
            pod="North",
            named_contact="ann@firm.example",
            domains=("acme.example", "acme.co.uk"),
            aliases=("Acme", "The Acme"),
            channels=(Place("slack", "C0ACME"), Place("slack", "C0AC2")),
            knows={"bob@firm.example": Knowledge.KNOWS, "cara@firm.example": Knowledge.LEARNING},
        ),
    )
    assert file.numbers == (2,)


def test_only_columns_that_are_there_say_something_and_an_empty_cell_empties() -> None:
    [line] = read("Named Contact;NAME;domains\n;Acme;\n").lines

    assert line == ClientLine("Acme", UNSAID, None, (), UNSAID, UNSAID, UNSAID)


def test_an_empty_pod_stays_as_it_is_for_a_client_always_has_one() -> None:
    assert read("name,pod\nAcme,\n").lines == (ClientLine("Acme"),)


@pytest.mark.parametrize(
    ("data", "read_as"),
    [
        ((HEADER + ROW).encode(), "UTF-8, separated by commas"),
        ((HEADER + ROW).encode("utf-8-sig"), "UTF-8, separated by commas"),
        ((HEADER + ROW).replace("\n", "\r\n").encode(), "UTF-8, separated by commas"),
        ((HEADER + ROW).replace("\n", "\r").encode(), "UTF-8, separated by commas"),
        ((HEADER + ROW).replace(",", ";").encode("utf-8-sig"), "UTF-8, separated by semicolons"),
        (("sep=;\r\n" + HEADER + ROW).replace(",", ";").encode(), "UTF-8, separated by semicolons"),
        ((HEADER + ROW).replace(",", "\t").encode("utf-16"), "UTF-16, separated by tabs"),
        (("\ufeff" + HEADER + ROW).encode("utf-16-be"), "UTF-16, separated by commas"),
        ((HEADER + ROW).encode("utf-16-le"), "UTF-16, separated by commas"),
        ((HEADER + ROW).encode("utf-16-be"), "UTF-16, separated by commas"),
        ((HEADER + ROW.replace("ü", "u\u0308")).encode(), "UTF-8, separated by commas"),
        ((HEADER + ROW + ",,,,,,\n\n").encode(), "UTF-8, separated by commas"),
    ],
)
def test_whatever_a_spreadsheet_writes_is_the_same_client(data: bytes, read_as: str) -> None:
    file = read(data)

    assert file.read_as == read_as
    assert (file.mistakes, file.remarks) == ((), ())
    assert file.lines == read(HEADER + ROW).lines
    assert file.lines[0].name == "Müller & Söhne"


def test_latin_1_is_read_and_said_so_that_somebody_looks_at_the_names() -> None:
    file = read((HEADER + ROW).encode("cp1252"))

    assert file.lines == read(HEADER + ROW).lines
    assert file.remarks == (
        (
            "It is not in UTF-8 and was read as Windows-1252: look at names such as “Müller & Söhne”. "
            "If they are wrong, save it as UTF-8."
        ),
    )


def test_quoted_cells_hold_separators_and_quotation_marks() -> None:
    [line] = read('name;domains\n"Smith; ""Sons"" Ltd";"a.example;b.example"\n').lines

    assert (line.name, line.domains) == ('Smith; "Sons" Ltd', ("a.example", "b.example"))


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    file = read("sep=,\r\nname,pod\r\n\r\nAcme,North\r\n,\r\nBirch,North\r\n")

    assert file.numbers == (4, 6)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no first line"),
        (b"name,pod\n", "below the first line it is empty"),
        (b"Acme Ltd,North\n", "line 1: the first line must name the columns"),
        (b"pod,domains\nNorth,a.example\n", 'line 1: the column "name" is missing'),
        (b"name,owner\nAcme,Ann\n", 'there is no column "owner". There can be: name, pod, named_contact'),
        (b"name,domain\nAcme,a.example\n", 'there is no column "domain". Did you mean "domains"?'),
        (b"name,pod,Pod\nAcme,North,South\n", 'the column "pod" is there twice'),
        (b"PK\x03\x04...", "is an Excel workbook or another packed file, not a CSV file. In the spreadsheet: save as"),
        (b"\xd0\xcf\x11\xe0...", "is an old Excel workbook"),
        (BOM_UTF16_LE + b"n\x00a\x00m\x00e\x00", "below the first line it is empty"),
        (BOM_UTF16_LE + b"n\x00a", "begins as UTF-16, and line 1 is none"),
        ("name\nMüller\nS".encode() + b"\xf6hne\n", "is in UTF-8, but for line 3. Mend that line"),
        (b"name\nM\x81ller\n", "in an encoding that Podline does not know (line 2)"),
        (b"name\nAc\x00me\n", "is no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, says: str) -> None:
    assert says in refused(data)


def test_every_bad_line_is_said_with_its_number() -> None:
    assert mistakes_in(
        "name,pod,named_contact,domains,channels,knows\n"
        ",North,,,,\n"
        "Acme,North,ann@firm,acme,#acme,bob@firm.example:expert\n"
        "Birch,North\n"
        'Cedar,"North"!,,,,\n'
        "Dune,North,,,,,over\n"
        "acme ,North,,,,\n"
        "Elm,North,,,,bob@firm.example;bob@firm.example:learning\n"
        'Fir,North,,,,"never closed\n'
    ) == [
        "line 2, name: It may not be empty.",
        'line 3, named_contact: "ann@firm" is no e-mail address: write it like ann@firm.example.',
        'line 3, domains: "acme" is no domain: write it like acme.example.',
        (
            'line 3, channels: "#acme" is no channel id: write the id, such as C0NORTH (in Slack: the channel\'s '
            "details, at the bottom)."
        ),
        'line 3, knows: "expert" is not how somebody can know a client: write knows or learning.',
        "line 4: It has 2 cells and the first line has 6.",
        "line 5: After the quotation mark that closes a cell something else follows. In a cell, write it twice.",
        (
            "line 6: It has 7 cells and the first line names 6: a cell that holds the separator must stand in "
            "quotation marks."
        ),
        'line 7, name: "acme" is in line 3 already. Join the two.',
        "line 8, knows: bob@firm.example is there twice, once as knows and once as learning.",
        "line 9: A quotation mark opens a cell and none closes it, up to the end of the file.",
    ]


def test_a_missing_quotation_mark_does_not_make_one_client_of_many() -> None:
    [mistake, *_] = mistakes_in('name,pod\n"Acme,North\nBirch,North\nCedar",North\n')

    assert mistake == "line 2, name: A cell goes over several lines: is a quotation mark missing that closes it?"
