"""What a person takes home: a table of weights as CSV and JSON, and the Keras script of exactly this training."""

from explorer.takeaway.bundle import bundle
from explorer.takeaway.grid import as_csv, as_json
from explorer.takeaway.source import source

__all__ = ["as_csv", "as_json", "bundle", "source"]
