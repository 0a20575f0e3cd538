"""The web side: the intake API, its documentation, health and metrics."""
