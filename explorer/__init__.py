"""See what a Keras loss function does: to a prediction, and to a training run.

The map of the package, in the direction of its imports (each knows only what stands below it):

- ``ui``: the only Streamlit code outside ``app.py`` and ``pages/``
- ``figures`` draw results, ``takeaway`` and ``gallery`` hand them on; ``engine`` holds Keras in a process of its own
- ``training``, ``doctor``, ``descent``, ``pairs``, ``masks``, ``arguments``: compute what a page shows
- ``surface``, ``sweep``, ``line``: a loss over a plane, a slider, a line; ``series``, ``labelled`` read a file
- ``losses``, ``tasks``: the catalogue of losses, and data sets with the small models that fit them
- ``spec``, ``parameters``: what a loss is, and what a person may set; ``theme``: all colours and sizes

Importing the package, its catalogue included, imports neither Keras nor Streamlit.
"""
