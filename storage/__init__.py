"""What is remembered: SQLAlchemy models, repositories and the unit of work."""
