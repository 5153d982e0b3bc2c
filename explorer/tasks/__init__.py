"""Data sets, each with the small model that fits it."""
