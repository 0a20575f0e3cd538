"""The use cases: one module per verb and one per thing that happens by itself. Knows no platform."""
