"""Weights from comparing criteria two at a time (analytic hierarchy process, AHP).

An entry of the comparison matrix says how many times more its row matters than its column. Entries
that nobody judged are filled so that the judgements given contradict each other least.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components

from territory_kit.errors import ParameterError

Floats = NDArray[np.float64]
RandomIndex = Literal["donegan_dodd", "saaty_1980", "saaty_2005"]

# Above this share of the inconsistency of random judgements, Saaty has them judged anew.
ACCEPTED_RATIO = 0.10
# A typed 0.333 is no 1/3; what differs more than this was meant differently.
RECIPROCAL_TOLERANCE = 1e-6
_FIRST_SIZE = 3
_TABLES: dict[RandomIndex, tuple[float, ...]] = {
    "donegan_dodd": (
        *(0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055),
        *(1.4213, 1.4497, 1.4643, 1.4822, 1.4969),
    ),
    "saaty_1980": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    "saaty_2005": (
        *(0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    ),
}


@dataclass(frozen=True, eq=False)
class PairwiseWeights:
    """Weights of compared criteria and how far the judgements agree with each other.

    Parameters
    ----------
    weights
        Weight of each criterion, shape (n_criteria,), above 0; they add up to 1.
    matrix
        The comparisons with missing ones filled, shape (n_criteria, n_criteria).
    largest_eigenvalue
        The number of criteria where no judgement contradicts another, else above it.
    consistency_index
        (largest eigenvalue - n) / (n - 1); 0 where n is 1 or 2.
    consistency_ratio
        Index over that of random judgements; 0 where n is 1 or 2.
    random_index
        Name of the table that the ratio was taken with.
    is_consistent
        Whether the ratio is at most 0.10.
    """

    weights: Floats
    matrix: Floats
    largest_eigenvalue: float
    consistency_index: float
    consistency_ratio: float
    random_index: RandomIndex
    is_consistent: bool


def pairwise_weights(matrix: Floats, *, random_index: RandomIndex) -> PairwiseWeights:
    """Compute the weights of criteria from comparisons, as the principal eigenvector.

    Parameters
    ----------
    matrix
        How many times more the row matters than the column, shape (n_criteria, n_criteria), above
        0, 1 on the diagonal; nan where nobody judged. One of two mirrored entries is enough.
    random_index
        Table of random indexes that the ratio is taken with. Published ratios differ by it: the
        same four criteria have .0342 with Saaty's of 1980 and .0372 with Donegan and Dodd's.

    Returns
    -------
    PairwiseWeights
        Weights with their consistency.

    Raises
    ------
    ParameterError
        If the matrix is not square, an entry is not above 0 or contradicts its mirror image, the
        comparisons leave criteria without any link to the others, the table is unknown, or it
        ends before this number of criteria.

    Notes
    -----
    Missing entries make the largest eigenvalue least. In the logarithms of the entries it is
    convex, with a single lowest point where the comparisons are linked. Row geometric means
    (least squares of logarithms) are close to these weights, but not equal.

    References
    ----------
    Saaty, T. L. (1980), "The Analytic Hierarchy Process", McGraw-Hill; (2005), "Theory and
    Applications of the Analytic Network Process", RWS Publications, p. 31.
    Donegan, H. A.; Dodd, F. J. (1991), "A note on Saaty's random indexes", Mathematical and
    Computer Modelling 15(10), doi:10.1016/0895-7177(91)90098-R.
    Bozóki, S.; Fülöp, J.; Rónyai, L. (2010), "On optimal completion of incomplete pairwise
    comparison matrices", Mathematical and Computer Modelling 52, doi:10.1016/j.mcm.2010.02.047.

    Examples
    --------
    >>> matrix = np.array([[1.0, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]])
    >>> pairwise_weights(matrix, random_index="saaty_1980").weights.round(3).tolist()
    [0.6, 0.3, 0.1]
    """
    given = _checked(np.atleast_1d(np.asarray(matrix, dtype=np.float64)))
    size = len(given)
    typical = _random_index(size, random_index)
    _require_links(~np.isnan(given), tuple(str(number) for number in range(1, size + 1)))
    filled = _completed(given)
    largest, vector = _principal(filled)
    # judgements that agree miss n by rounding errors only
    index = max(0.0, (largest - size) / (size - 1)) if size >= _FIRST_SIZE else 0.0
    ratio = index / typical
    return PairwiseWeights(
        weights=vector / vector.sum(),
        matrix=filled,
        largest_eigenvalue=largest,
        consistency_index=index,
        consistency_ratio=ratio,
        random_index=random_index,
        is_consistent=ratio <= ACCEPTED_RATIO,
    )


def pairwise_matrix(pairs: Mapping[tuple[str, str], float]) -> tuple[tuple[str, ...], Floats]:
    """Arrange named comparisons as a matrix of how many times more the row matters.

    Parameters
    ----------
    pairs
        How many times more the first of two named criteria matters than the second, above 0.

    Returns
    -------
    tuple of tuple of str and numpy.ndarray
        The names, sorted, and the matrix in their order, shape (n_criteria, n_criteria); nan where
        a pair is missing.

    Raises
    ------
    ParameterError
        If there are no pairs, a name is compared with itself, a value is not above 0, a pair is
        given twice with values that disagree, or names are not linked to each other.

    Examples
    --------
    >>> names, matrix = pairwise_matrix({("size", "growth"): 2, ("growth", "fit"): 3})
    >>> names
    ('fit', 'growth', 'size')
    >>> pairwise_weights(matrix, random_index="saaty_2005").weights.round(3).tolist()
    [0.1, 0.3, 0.6]
    """
    names = tuple(sorted({name for pair in pairs for name in pair}))
    if not names:
        _refuse("There are no comparisons", "", "pairs", "Give at least one pair with its value.")
    place = {name: number for number, name in enumerate(names)}
    matrix = np.full((len(names), len(names)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for (first, second), value in pairs.items():
        _check_pair(first, second, value, pairs)
        matrix[place[first], place[second]] = value
        matrix[place[second], place[first]] = pairs.get((second, first), 1 / value)
    _require_links(~np.isnan(matrix), names)
    return names, matrix


def _check_pair(
    first: str, second: str, value: float, pairs: Mapping[tuple[str, str], float]
) -> None:
    where = f"{first} against {second}"
    if first == second:
        _refuse("A criterion is compared with itself", first, "pairs", "Leave this pair out.")
    if not (np.isfinite(value) and value > 0):
        remedy = "Give how many times more the first matters, 1/9 to 9 as a rule."
        _refuse("A comparison is not above 0", str(value), where, remedy)
    mirrored = pairs.get((second, first), 1 / value)
    if abs(value * mirrored - 1) > RECIPROCAL_TOLERANCE:
        remedy = "Give the pair once, in either order."
        _refuse("A pair is judged twice, differently", f"{value}, {mirrored}", where, remedy)


def _checked(matrix: Floats) -> Floats:
    """Refuse what is no comparison matrix, and fill what its mirror image says."""
    if matrix.shape != (len(matrix), len(matrix)) or not len(matrix):
        remedy = "Give one row and one column for each criterion."
        _refuse("The comparisons are not square", f"shape {matrix.shape}", "matrix", remedy)
    remedy = "Give values above 0, and leave empty (nan) what nobody judged."
    _require(np.isnan(matrix) | (np.isfinite(matrix) & (matrix > 0)), matrix, "not above 0", remedy)
    diagonal = np.where(np.eye(len(matrix), dtype=bool), matrix, 1.0)
    remedy = "Write 1 where a criterion meets itself."
    _require(diagonal == 1, matrix, "not 1 on the diagonal", remedy)
    filled = np.where(np.isnan(matrix), 1 / matrix.T, matrix)
    agrees = np.isnan(filled) | (np.abs(filled * filled.T - 1) <= RECIPROCAL_TOLERANCE)
    remedy = "Leave one of the two empty (nan), or make it 1 divided by the other."
    _require(agrees, matrix, "at odds with their mirror image", remedy)
    return filled


def _require(is_right: NDArray[np.bool_], matrix: Floats, fault: str, remedy: str) -> None:
    wrong = np.argwhere(~is_right)
    if len(wrong):
        row, column = wrong[0]
        where = f"matrix; row {row + 1}, column {column + 1}"
        _refuse(f"Comparisons are {fault}", f"{matrix[row, column]:g}", where, remedy)


def _require_links(known: NDArray[np.bool_], names: tuple[str, ...]) -> None:
    count, parts = connected_components(known, directed=False)
    if count > 1:
        groups = [
            ", ".join(name for name, own in zip(names, parts, strict=True) if own == part)
            for part in range(count)
        ]
        remedy = "Compare at least one criterion of each group with one of another."
        _refuse("Comparisons do not link all criteria", " | ".join(groups), "pairs", remedy)


def _random_index(size: int, table: RandomIndex) -> float:
    if table not in _TABLES:
        remedy = f"Known tables: {', '.join(sorted(_TABLES))}."
        _refuse("The table of random indexes is unknown", str(table), "random_index", remedy)
    if size < _FIRST_SIZE:
        return 1.0  # the index is 0, whatever it is divided by
    values = _TABLES[table]
    last = _FIRST_SIZE + len(values) - 1
    if size > last:
        remedy = f"The table {table} ends at {last}: compare fewer, or in groups."
        _refuse("There are too many criteria", str(size), "matrix", remedy)
    return values[size - _FIRST_SIZE]


def _completed(given: Floats) -> Floats:
    """Fill missing comparisons so that the largest eigenvalue is least."""
    rows, columns = np.nonzero(np.triu(np.isnan(given)))
    if not len(rows):
        return given

    def fill(logs: Floats) -> Floats:
        filled = given.copy()
        filled[rows, columns], filled[columns, rows] = np.exp(logs), np.exp(-logs)
        return filled

    def log_eigenvalue(logs: Floats) -> tuple[float, Floats]:
        # of the logarithm no slope is above 1, so that no step of the search runs far off
        filled = fill(logs)
        largest, right = _principal(filled)
        left = _principal(filled.T)[1]
        pull = np.outer(left, right) * filled / (largest * (left @ right))
        return float(np.log(largest)), np.asarray((pull - pull.T)[rows, columns])

    start = _least_squares_logs(given)
    first = start[rows] - start[columns]
    found = minimize(log_eigenvalue, first, jac=True, method="BFGS", options={"gtol": 1e-10})
    return fill(found.x)


def _least_squares_logs(given: Floats) -> Floats:
    """Return the logarithms of weights that fit the known comparisons by least squares."""
    known = ~np.isnan(given)
    degrees = np.diag(known.sum(axis=1).astype(np.float64))
    sums = np.where(known, np.log(given), 0.0).sum(axis=1)
    return np.asarray(np.linalg.lstsq(degrees - known, sums, rcond=None)[0])


def _principal(matrix: Floats) -> tuple[float, Floats]:
    """Return the largest eigenvalue of a positive matrix, which is real, and its vector."""
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    return float(values[place].real), np.abs(vectors[:, place].real)


def _refuse(what: str, value: str, where: str, remedy: str) -> NoReturn:
    raise ParameterError(what, value=value, where=where, remedy=remedy)
