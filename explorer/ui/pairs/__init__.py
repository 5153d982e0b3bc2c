"""The magnet board: what its page is made of."""
