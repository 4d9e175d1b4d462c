"""Approved knowledge and the seller's own profile."""
