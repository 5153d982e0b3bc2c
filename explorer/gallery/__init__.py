"""The gallery of the home page: a card a family, with a small picture that is made from the catalogue and shipped.

The page itself only reads files (`shelf`), so that its first paint needs neither TensorFlow nor Plotly;
``python -m explorer.gallery`` makes them.
"""
