"""Before the first start: publish the demo brewery where no store has been made or named."""

import os
from pathlib import Path

from data.place import DEFAULT_STORE, STORE_VARIABLE


def wants_demo() -> bool:
    """Whether nobody named a store and none was ever made: a user's own empty store stays empty."""
    return not os.environ.get(STORE_VARIABLE) and not Path(DEFAULT_STORE).exists()


def ensure() -> int | None:
    """Publish the demo if it is wanted; the generation's number, else None."""
    if not wants_demo():
        return None
    # The brewery's modules are needed on the first start only.
    from data.publish_demo import publish_demo
    from data.store import Store

    return publish_demo(Store.at())


if __name__ == "__main__":
    if wants_demo():
        print("First start: making the demo brewery …", flush=True)
    ensure()
