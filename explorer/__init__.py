"""See what a Keras loss function does: to a prediction, and to a training run.

The map of the package, in the direction of its imports (each knows only what stands below it):

- ``ui``: the only Streamlit code outside ``app.py`` and ``pages/``
- ``figures`` draw results; ``engine`` holds Keras in a process of its own
- ``training``, ``surface``: compute results; ``series`` reads a person's file
- ``losses``, ``tasks``: the catalogue of losses, and data sets with the small models that fit them
- ``spec``, ``parameters``: what a loss is, and what a person may set

Importing the package, its catalogue included, imports neither Keras nor Streamlit.
"""
