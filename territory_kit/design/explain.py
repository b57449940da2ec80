"""Say in sums why a plan breaks limits, and which smallest change would help."""

import numpy as np

from territory_kit.design.check import count_map_parts
from territory_kit.design.problem import NOBODY, Problem
from territory_kit.design.result import Design, as_text

# A plan can break many limits for one reason; a reader needs the worst of them.
SHOWN_COUNT = 10


def explain(problem: Problem, design: Design) -> tuple[str, ...]:
    """Explain the broken limits of a design, in numbers of territories, measures and units.

    Parameters
    ----------
    problem
        The problem.
    design
        What `solve` found for it.

    Returns
    -------
    tuple of str
        Sentences: first limits that no plan can keep, then those that this plan breaks, then the
        smallest change with which this plan would hold. Empty for a feasible design.
    """
    if design.is_feasible:
        return ()
    reasons: list[str] = []
    for measure in range(problem.n_measures):
        reasons += _impossible_sums(problem, measure)
        reasons += _impossible_locks(problem, measure)
        reasons += _impossible_pieces(problem, measure)
    reasons += _impossible_capacity(problem) + _impossible_parts(problem, design)
    return (*reasons, *_broken(design), *_remedies(problem, design))


def _impossible_sums(problem: Problem, measure: int) -> list[str]:
    total = problem.measures[:, measure].sum()
    low, high = problem.lower[:, measure].sum(), problem.upper[:, measure].sum()
    slack = 1e-9 * total
    if low > total + slack:
        asked = f"Measure {measure}: the lower limits ask for {as_text(low)}"
        return [f"{asked}, all units hold {as_text(total)}; {as_text(low - total)} are missing."]
    if high < total - slack:
        allowed = f"Measure {measure}: the upper limits allow {as_text(high)}"
        excess = as_text(total - high)
        return [f"{allowed}, all units hold {as_text(total)}; {excess} find no place."]
    return []


def _impossible_locks(problem: Problem, measure: int) -> list[str]:
    """Find territories too full with what is locked to them, or too poor without the rest."""
    if problem.locked is None:
        return []
    is_locked = problem.locked != NOBODY
    weights = problem.measures[is_locked, measure]
    loads = np.bincount(problem.locked[is_locked], weights, minlength=problem.n_territories)
    slack = 1e-9 * problem.measures[:, measure].sum()
    most = loads + problem.measures[~is_locked, measure].sum()
    poor = np.flatnonzero(most < problem.lower[:, measure] - slack)[:SHOWN_COUNT]
    return [
        f"Measure {measure}: what is locked to territory {territory} holds "
        f"{as_text(loads[territory])}, above its upper limit "
        f"{as_text(problem.upper[territory, measure])}."
        for territory in np.flatnonzero(loads > problem.upper[:, measure] + slack)[:SHOWN_COUNT]
    ] + [
        f"Measure {measure}: what is not locked elsewhere holds {as_text(most[territory])}, below "
        f"the lower limit {as_text(problem.lower[territory, measure])} of territory {territory}."
        for territory in poor
        # Where the lower limits ask for more than there is, that is told already.
        if most[territory] < problem.measures[:, measure].sum() - slack
    ]


def _impossible_pieces(problem: Problem, measure: int) -> list[str]:
    """Find units and groups that are larger than any territory may be."""
    limit = problem.upper[:, measure].max()
    loads = problem.measures[:, measure]
    slack = 1e-9 * loads.sum()
    reasons = [
        f"Measure {measure}: unit {unit} alone holds {as_text(loads[unit])}, above every upper "
        f"limit ({as_text(limit)} at most)."
        for unit in np.flatnonzero(loads > limit + slack)[:SHOWN_COUNT]
    ]
    if problem.together is not None:
        grouped = problem.together != NOBODY
        groups, places = np.unique(problem.together[grouped], return_inverse=True)
        sums = np.bincount(places, weights=loads[grouped], minlength=len(groups))
        reasons += [
            f"Measure {measure}: group {groups[place]}, kept together, holds "
            f"{as_text(sums[place])}, above every upper limit ({as_text(limit)} at most)."
            for place in np.flatnonzero(sums > limit + slack)[:SHOWN_COUNT]
        ]
    return reasons


def _broken(design: Design) -> list[str]:
    worst = sorted(design.violations, key=lambda broken: -broken.amount)
    sentences = [f"{str(broken).capitalize()}." for broken in worst[:SHOWN_COUNT]]
    rest = len(worst) - SHOWN_COUNT
    return [*sentences, f"{rest} more limits are broken by less."] if rest > 0 else sentences


def _remedies(problem: Problem, design: Design) -> list[str]:
    """Say how far the limits would have to open for this plan to hold."""
    remedies = []
    for measure in range(problem.n_measures):
        broken = [
            one for one in design.violations if (one.kind, one.measure) == ("measure", measure)
        ]
        if not broken:
            continue
        amount = max(one.amount for one in broken)
        mean = problem.measures[:, measure].sum() / problem.n_territories
        share = f" ({amount / mean:.1%} of a mean territory)" if mean > 0 else ""
        remedies.append(
            f"Measure {measure}: this plan would hold if the limits of its territories were wider "
            f"by {as_text(amount)}{share}."
        )
    return remedies + _rule_remedies(design)


def _rule_remedies(design: Design) -> list[str]:
    """Say how far capacities and caps would have to open, and what connects territories."""
    remedies = []
    too_full = [one.amount for one in design.violations if one.kind == "capacity"]
    if too_full:
        remedies.append(
            f"Capacity: this plan would hold if the capacity of {len(too_full)} medoids were "
            f"larger by up to {as_text(max(too_full))}."
        )
    if any(one.kind == "parts" for one in design.violations):
        remedies.append(
            "Connection: add the missing edges between the parts, or declare units that nothing "
            "touches as islands."
        )
    remedies += [
        f"Cap {one.measure}: this plan would hold if {as_text(one.amount)} more might move."
        for one in design.violations
        if one.kind == "cap"
    ]
    return remedies


def _impossible_capacity(problem: Problem) -> list[str]:
    """Compare what all units, and single ones, take with what the largest medoids allow."""
    if problem.capacities is None or problem.capacity_loads is None:
        return []
    loads, largest = problem.capacity_loads, problem.capacities.max()
    reasons = [
        f"Capacity: unit {unit} alone takes {as_text(loads[unit])}, above every capacity "
        f"({as_text(largest)} at most)."
        for unit in np.flatnonzero(loads > largest + 1e-9 * loads.sum())[:SHOWN_COUNT]
    ]
    n_open = min(problem.n_territories, problem.n_units)
    room = float(np.sort(problem.capacities)[::-1][:n_open].sum())
    total = float(problem.capacity_loads.sum())
    if room >= total * (1 - 1e-9):
        return reasons
    allowed = f"Capacity: the {n_open} largest medoids allow {as_text(room)}"
    taken = f"{allowed}, all units take {as_text(total)}; {as_text(total - room)} find no place."
    return [taken, *reasons]


def _impossible_parts(problem: Problem, design: Design) -> list[str]:
    """Count the pieces of the map that no edge joins, when there are more than territories."""
    if problem.edges is None or not any(one.kind == "parts" for one in design.violations):
        return []
    n_parts = count_map_parts(problem)
    if n_parts <= problem.n_territories:
        return []
    found = f"Connection: the edges leave the map in {n_parts} parts, more than the"
    excess = n_parts - problem.n_territories
    return [f"{found} {problem.n_territories} territories; {excess} find no place."]
