"""``python -m explorer.engine BYTES``: what the client starts as the compute process, and when it is full."""

import os
import sys

if hasattr(os, "nice"):
    os.nice(5)  # pages come first while there is more to do than cores

from explorer.engine.server import main

main(full=int(sys.argv[1]))
