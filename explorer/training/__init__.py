"""Short training runs, and the Keras classes that train a loss of the catalogue."""
