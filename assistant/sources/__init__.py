"""What the seller hands in, read into numbered passages."""
