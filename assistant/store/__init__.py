"""Briefs and debriefs in a database: kept, read back as history, and erased by person."""
