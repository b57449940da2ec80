"""Hash what a table says, not the file it came from."""

from hashlib import sha256

import numpy as np
import pandas as pd

from territory_kit.plan.precedence import digest


def table_hash(table: pd.DataFrame) -> str:
    """Return a hash of the values of a table, of its dtypes and of the names of its columns.

    Parameters
    ----------
    table
        Any table; its index does not count.

    Returns
    -------
    str
        64 hexadecimal digits, the same for every order of rows and columns, as results are.
    """
    ordered = table[sorted(table.columns)]
    rows = np.sort(pd.util.hash_pandas_object(ordered, index=False).to_numpy())
    dtypes = {name: str(dtype) for name, dtype in ordered.dtypes.items()}
    return digest([dtypes, sha256(rows.tobytes()).hexdigest()])
