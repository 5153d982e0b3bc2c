"""What a person takes home: weights, forecasts and histories as text, and the Keras script of exactly this training."""

from explorer.takeaway.array_bundle import array_bundle
from explorer.takeaway.array_source import array_source
from explorer.takeaway.bundle import bundle
from explorer.takeaway.drawn import drawn_as_csv, drawn_as_json
from explorer.takeaway.excerpt import excerpt, imports
from explorer.takeaway.forecast_bundle import forecast_bundle
from explorer.takeaway.forecast_source import forecast_source
from explorer.takeaway.forecast_table import Told
from explorer.takeaway.grid import as_csv, as_json
from explorer.takeaway.postcard import Postcard, postcard
from explorer.takeaway.source import source

__all__ = [
    "Postcard",
    "Told",
    "array_bundle",
    "array_source",
    "as_csv",
    "as_json",
    "bundle",
    "drawn_as_csv",
    "drawn_as_json",
    "excerpt",
    "forecast_bundle",
    "forecast_source",
    "imports",
    "postcard",
    "source",
]
