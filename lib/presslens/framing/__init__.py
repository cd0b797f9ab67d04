"""Framing: codebooks as data, coding with evidence, agreement with human coders."""
