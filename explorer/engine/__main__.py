"""``python -m explorer.engine``: what the client starts as the compute process."""

import os

if hasattr(os, "nice"):
    os.nice(5)  # pages come first while there is more to do than cores

from explorer.engine.server import main

main()
