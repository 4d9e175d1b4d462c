"""How well code reads an account: its facts, people, fit, problems and goal, against a person."""
