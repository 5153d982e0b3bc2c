"""Small files as people have them, made by hand, each with what a careful person reads in it."""
