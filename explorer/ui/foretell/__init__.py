"""The page of time series: the source and how it was read, training, the trade-off and the batch lens."""
