"""``client Acme about VAT``: what they asked about something before, and what they were told."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from commands.client_glance import answered_on
from commands.client_line import line_for
from commands.invocation import Context
from commands.views import Bold, Field, FieldKind, Form, Listing, Reply, Row
from commands.wording import STATUS_WORDS, date_words, explain_button, first_line, name_of, zone_of
from coverage.clients import Client
from coverage.ids import QuestionNumber, short_id
from coverage.question import Question

SHOWN = 10
_MOST_WORDS = 20


def about(context: Context, meant: Client) -> Reply:
    """The questions in whose text, follow-ups and answers all the words stand, in any order, the newest first."""
    words = tuple(dict.fromkeys(context.words.casefold().split()))[:_MOST_WORDS]
    if not words:
        return _form(context, meant)
    said = _said(context, meant)
    found = [number for number, texts in said.items() if is_about(words, texts)]
    rows = [_row(context, context.uow.questions.look_at(number), words, said[number]) for number in found[:SHOWN]]
    if len(found) > SHOWN:
        rows.append(Row((f"and {len(found) - SHOWN} more, older: say more words to find them",)))
    asked = first_line(context.words, 60)
    return Listing(
        f"What {meant.name} asked about “{asked}”", tuple(rows), f"{meant.name} never asked about “{asked}”."
    )


def _said(context: Context, meant: Client) -> dict[QuestionNumber, list[str]]:
    """All that was said, by question, the newest question first: what was asked, then the rest."""
    said: dict[QuestionNumber, list[str]] = defaultdict(list)
    for number, text in context.uow.questions.texts_of(meant.id):
        said[number].append(text)
    for number, text in (*context.uow.history.answers_of(meant.id), *context.uow.follow_ups.texts_of(meant.id)):
        said[number].append(text)
    return said


def is_about(words: Sequence[str], texts: list[str]) -> bool:
    """Whether each of the words (in small letters) begins a word of the texts: ``vat`` is found in VATs, not in
    private."""
    whole = "\n".join(texts).casefold()
    return all(word in whole and _beginning(word).search(whole) for word in words)


@lru_cache(maxsize=128)
def _beginning(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}")


def _row(context: Context, question: Question, words: Sequence[str], texts: list[str]) -> Row:
    """What was asked and, where the words stand elsewhere, the place where they do."""
    asked, *rest = texts
    shown = passage(asked, words[0], 120)
    told = next((text for text in rest if is_about(words[:1], [text])), rest[0] if rest else "")
    answer = f": “{passage(told, words[0], 160)}”" if told else ""
    return Row(
        (Bold(short_id(question.number)), f" {shown} ({_what_came_of_it(context, question)}{answer})"),
        (explain_button(question.number, is_cut=True),),
    )


def _what_came_of_it(context: Context, question: Question) -> str:
    if question.answered_by is not None:
        return f"answered by {name_of(context.firm, question.answered_by)} on {answered_on(context, question)}"
    asked_on = date_words(question.asked_at, zone_of(context.firm, question), context.now)
    return f"asked on {asked_on}, {STATUS_WORDS[question.status].casefold()}"


def passage(text: str, word: str, limit: int) -> str:
    """So much of ``text``, on one line, that the word is in it where it is in the text at all."""
    text = " ".join(text.split())
    found = _beginning(word).search(text.casefold())
    if found is None or found.start() < limit * 2 // 3:
        return first_line(text, limit)
    begin = text.find(" ", max(0, found.start() - limit // 3))
    return f"…{first_line(text[begin if 0 <= begin < found.start() else found.start() :], limit)}"


def _form(context: Context, meant: Client) -> Form:
    return Form(
        title="Find what was said",
        line=f"{line_for(context, meant, 'about')} {{words}}",
        fields=(Field("words", f"What {meant.name} asked about", FieldKind.LINE, hint="All of these words"),),
        submit="Find",
        example="client Acme about VAT return",
    )
