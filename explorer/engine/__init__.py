"""The compute process that holds Keras, and the client that the app talks to it through."""
