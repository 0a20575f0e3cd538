"""How urgent a card is, as a shape: on every platform the same, beside the words of the status."""

from commands.views import Tone

SYMBOLS = {Tone.CALM: "📌", Tone.WAITING: "⏳", Tone.URGENT: "🚨", Tone.DONE: "✅"}
