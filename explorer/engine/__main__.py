"""``python -m explorer.engine``: what the client starts as the compute process."""

from explorer.engine.server import main

main()
