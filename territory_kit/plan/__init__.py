"""The plan folder: settings, inputs, results with their run records, and who may write."""

from territory_kit.plan.folder import Plan, State, open_plan
from territory_kit.plan.inputs import Inputs
from territory_kit.plan.order import (
    COMPANY_STEP,
    COMPANY_TABLES_OF_STEP,
    INPUTS_OF_STEP,
    STEPS,
    UPSTREAM,
    StepName,
)
from territory_kit.plan.record import Record
from territory_kit.plan.regions import NO_REGION, region_names, region_of
from territory_kit.plan.results import Saved
from territory_kit.plan.shipped import shipped_folder
from territory_kit.plan.slug import COMPANY, region_slug

__all__ = [
    "COMPANY",
    "COMPANY_STEP",
    "COMPANY_TABLES_OF_STEP",
    "INPUTS_OF_STEP",
    "NO_REGION",
    "STEPS",
    "UPSTREAM",
    "Inputs",
    "Plan",
    "Record",
    "Saved",
    "State",
    "StepName",
    "open_plan",
    "region_names",
    "region_of",
    "region_slug",
    "shipped_folder",
]
