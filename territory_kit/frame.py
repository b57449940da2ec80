"""The frame of the whole plan, which the regions share: benchmarks, scales and headcount.

The scale of scores and the cuts of classes stay as they were first computed while the criteria are
the same, so that neither a new month of revenue nor a new account moves every score. Deleting
``results/_company`` computes them anew.
"""

import time
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from territory_kit.options import Options
from territory_kit.plan import COMPANY, COMPANY_STEP, Plan, Saved
from territory_kit.plan.precedence import digest, used_options
from territory_kit.steps.accounts import class_market
from territory_kit.steps.company import frame_company
from territory_kit.steps.market import define_market

# Several regions start at once, and one of them makes the frame for all.
_WAIT_SECONDS = 600.0
_SCALES = ("score_bounds", "class_cuts")
_SCALE_KEY = "scale_key"


def read_company(plan: Plan) -> Saved:
    """Return the frame of the whole plan; make it first where it is missing or stale.

    Parameters
    ----------
    plan
        The opened plan.

    Returns
    -------
    Saved
        Tables ``benchmarks``, ``score_bounds``, ``class_cuts``, ``headcount`` and ``region_goals``.

    Raises
    ------
    TableError
        When faults of the inputs block the plan.
    TerritoryKitError
        When another process makes the frame and does not come to an end.
    """
    if plan.state(COMPANY_STEP, COMPANY) != "current":
        with plan.lock(COMPANY, wait_seconds=_WAIT_SECONDS):
            if plan.state(COMPANY_STEP, COMPANY) != "current":
                _make(plan)
    return plan.read(COMPANY_STEP, COMPANY)


def _make(plan: Plan) -> None:
    started = time.monotonic()
    options = plan.options_by_region()
    accounts = plan.inputs().tables["accounts"]
    key = _scale_key(options[COMPANY])
    tables = {"accounts": accounts, **_stored_scales(plan, key)}
    for step in (define_market, class_market):
        tables |= step(tables, region=COMPANY, options=options[COMPANY]).tables
    of_regions = {region: options[region] for region in plan.regions()}
    frame = frame_company(tables, options_by_region=of_regions)
    keyed = replace(frame, figures={**frame.figures, _SCALE_KEY: key})
    plan.save(keyed, options=options, upstream={}, seconds=time.monotonic() - started)


def _scale_key(options: Options) -> str:
    """Name the criteria that a scale was made for."""
    criteria = used_options(COMPANY_STEP, options)
    return digest([criteria["market"], criteria["accounts"]])


def _stored_scales(plan: Plan, key: str) -> Mapping[str, pd.DataFrame]:
    previous = plan.previous(COMPANY_STEP, COMPANY)
    if previous is None or previous.figures.get(_SCALE_KEY) != key:
        return {}
    return {name: previous.tables[name] for name in _SCALES}
