"""A stand-in for Microsoft Teams: a Bot Connector as strict as Teams' own, and people to act. Knows no Podline."""
