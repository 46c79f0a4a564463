"""What the numbers mean."""

import os

# Before scipy is loaded: on our small matrices the threads of its linear algebra cost ten times the work, and other sessions wait for them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
