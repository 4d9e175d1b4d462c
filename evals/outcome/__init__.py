"""The outcome of a call: rules on what was extracted, and on plain text."""
