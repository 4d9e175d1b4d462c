"""Approved cards found for what customers say."""
