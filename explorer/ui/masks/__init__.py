"""The masks: what their page is made of."""
