"""What a call came to: who undertook what by when, and which outcome that is."""
