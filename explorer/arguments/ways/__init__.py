"""The ways themselves, in plain Keras: each module has ``build``, ``feed`` and ``change``, as `Way` says."""
