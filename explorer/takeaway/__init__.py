"""What a person takes home: weights, forecasts and histories as text, and the Keras script of exactly this training."""

from explorer.takeaway.bundle import bundle
from explorer.takeaway.forecast_bundle import forecast_bundle
from explorer.takeaway.forecast_source import forecast_source
from explorer.takeaway.forecast_table import Told
from explorer.takeaway.grid import as_csv, as_json
from explorer.takeaway.source import source

__all__ = ["Told", "as_csv", "as_json", "bundle", "forecast_bundle", "forecast_source", "source"]
