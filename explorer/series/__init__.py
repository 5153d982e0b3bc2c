"""A person's file of numbers over time, read into a series."""
