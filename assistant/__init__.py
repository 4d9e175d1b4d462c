"""Groundwork prepares sellers for conversations worth everyone's time."""

__version__ = "0.1.0"
