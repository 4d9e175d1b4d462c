"""Read the sources as a careful person would: facts, people, meeting, fit, unknowns."""
