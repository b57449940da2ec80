"""Draw yes or no for many rows at once."""

import numpy as np
from numpy.typing import NDArray


def happens(share: float, count: int, generator: np.random.Generator) -> NDArray[np.bool_]:
    """Return for each of count rows whether something happens that has this share."""
    return np.asarray(generator.random(count) < share)
