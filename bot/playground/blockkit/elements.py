"""Interactive elements and pictures, and which of them may stand where."""

from bot.playground.blockkit.composition import (
    CHOICE_OPTION,
    CONFIRM,
    DISPATCH,
    OPTION_GROUPS,
    OPTIONS,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    SOME_OPTIONS,
    initial_is_an_option,
    mrkdwn_or_plain,
    plain,
)
from bot.playground.blockkit.rules import (
    Rule,
    all_of,
    boolean,
    by_type,
    exactly_one_field,
    items,
    mapping,
    number,
    one_of,
    shape,
    string,
)

ACTION_ID, BUTTON_TEXT, BUTTON_VALUE, PLACEHOLDER, URL, ALT_TEXT = 255, 75, 2000, 150, 3000, 2000
TYPED_TEXT = 3000

_TYPE: dict[str, Rule] = {"type": string(50)}
_ID: dict[str, Rule] = {"action_id": string(ACTION_ID)}
_FOCUS: dict[str, Rule] = {"focus_on_load": boolean}
_HINT: dict[str, Rule] = {"placeholder": plain(PLACEHOLDER)}
_CONFIRM: dict[str, Rule] = {"confirm": CONFIRM}
_PICK = _ID | _FOCUS | _HINT | _CONFIRM
_TYPED = _ID | _FOCUS | _HINT | {"dispatch_action_config": DISPATCH}
_MANY: dict[str, Rule] = {"max_selected_items": number(1, 100)}
_DATE = string(10, 10)
_IDS = items(string(50), 100, 0)

_BUTTON = shape(
    _TYPE | {"text": plain(BUTTON_TEXT)},
    _ID
    | _CONFIRM
    | {
        "value": string(BUTTON_VALUE),
        "url": string(URL),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)

_LISTS: dict[str, Rule] = {"options": items(SELECT_OPTION, OPTIONS), "option_groups": OPTION_GROUPS}
_STATIC = all_of(shape(_TYPE, _PICK | _LISTS | {"initial_option": SELECT_OPTION}), SOME_OPTIONS, initial_is_an_option)
_MULTI_STATIC = all_of(
    shape(_TYPE, _PICK | _LISTS | _MANY | {"initial_options": items(SELECT_OPTION, 100)}),
    SOME_OPTIONS,
    initial_is_an_option,
)
_EXTERNAL: dict[str, Rule] = {"min_query_length": number(0, 100)}
_CONVERSATIONS: dict[str, Rule] = {"default_to_current_conversation": boolean, "filter": mapping}
_ANSWERS: dict[str, Rule] = {"response_url_enabled": boolean}

SELECTS: dict[str, Rule] = {
    "static_select": _STATIC,
    "external_select": shape(_TYPE, _PICK | _EXTERNAL | {"initial_option": SELECT_OPTION}),
    "users_select": shape(_TYPE, _PICK | {"initial_user": string(50)}),
    "channels_select": shape(_TYPE, _PICK | _ANSWERS | {"initial_channel": string(50)}),
    "conversations_select": shape(_TYPE, _PICK | _ANSWERS | _CONVERSATIONS | {"initial_conversation": string(50)}),
}
MULTI_SELECTS: dict[str, Rule] = {
    "multi_static_select": _MULTI_STATIC,
    "multi_external_select": shape(_TYPE, _PICK | _EXTERNAL | _MANY | {"initial_options": items(SELECT_OPTION, 100)}),
    "multi_users_select": shape(_TYPE, _PICK | _MANY | {"initial_users": _IDS}),
    "multi_channels_select": shape(_TYPE, _PICK | _MANY | {"initial_channels": _IDS}),
    "multi_conversations_select": shape(_TYPE, _PICK | _MANY | _CONVERSATIONS | {"initial_conversations": _IDS}),
}
_CHOICES = items(CHOICE_OPTION, 10)
CHOICES: dict[str, Rule] = {
    "checkboxes": all_of(
        shape(_TYPE | {"options": _CHOICES}, _ID | _FOCUS | _CONFIRM | {"initial_options": _CHOICES}),
        initial_is_an_option,
    ),
    "radio_buttons": all_of(
        shape(_TYPE | {"options": _CHOICES}, _ID | _FOCUS | _CONFIRM | {"initial_option": CHOICE_OPTION}),
        initial_is_an_option,
    ),
}
PICKERS: dict[str, Rule] = {
    "datepicker": shape(_TYPE, _PICK | {"initial_date": _DATE}),
    "timepicker": shape(_TYPE, _PICK | {"initial_time": string(5, 5), "timezone": string(50)}),
    "datetimepicker": shape(
        _TYPE, _ID | _FOCUS | _CONFIRM | {"initial_date_time": number(1_000_000_000, 9_999_999_999)}
    ),
}
BUTTONS: dict[str, Rule] = {
    "button": _BUTTON,
    "overflow": shape(_TYPE | {"options": items(OVERFLOW_OPTION, 5)}, _ID | _CONFIRM),
}
_LENGTHS: dict[str, Rule] = {"min_length": number(0, TYPED_TEXT), "max_length": number(1, TYPED_TEXT)}
_TEXT: dict[str, Rule] = {"initial_value": string(TYPED_TEXT, 0)}
INPUTS: dict[str, Rule] = {
    "plain_text_input": shape(_TYPE, _TYPED | _TEXT | _LENGTHS | {"multiline": boolean}),
    "rich_text_input": shape(_TYPE, _TYPED | {"initial_value": mapping}),
    "email_text_input": shape(_TYPE, _TYPED | _TEXT),
    "url_text_input": shape(_TYPE, _TYPED | _TEXT),
    "number_input": shape(
        _TYPE | {"is_decimal_allowed": boolean},
        _TYPED | {"initial_value": string(30), "min_value": string(30), "max_value": string(30)},
    ),
    "file_input": shape(_TYPE, _ID | {"filetypes": items(string(20), 100), "max_files": number(1, 10)}),
}
PICTURE = all_of(
    shape(_TYPE | {"alt_text": string(ALT_TEXT)}, {"image_url": string(URL), "slack_file": mapping}),
    exactly_one_field("image_url", "slack_file"),
)

_PRESSED_OR_PICKED = BUTTONS | SELECTS | CHOICES | PICKERS

IN_ACTIONS = by_type(_PRESSED_OR_PICKED)
IN_SECTION = by_type(_PRESSED_OR_PICKED | MULTI_SELECTS | {"image": PICTURE})
IN_INPUT = by_type(SELECTS | MULTI_SELECTS | CHOICES | PICKERS | INPUTS)
_CONTEXT_TEXT = mrkdwn_or_plain(3000)
IN_CONTEXT = by_type({"mrkdwn": _CONTEXT_TEXT, "plain_text": _CONTEXT_TEXT, "image": PICTURE})
