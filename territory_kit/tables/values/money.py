"""Turn texts into money of the plan's currency: converted by a given rate, never summed as it is.

The currency of an amount is that of its row, else the sign or code beside it, else the plan's.
"""

import pandas as pd

from territory_kit.columns import Column
from territory_kit.tables.faults.fault import Fault
from territory_kit.tables.reading import Reading
from territory_kit.tables.values.currencies import (
    UNKNOWN,
    choose_code,
    find_marks,
    is_currency,
    likely_code,
)
from territory_kit.tables.values.habits import Habits
from territory_kit.tables.values.quantities import Converted, read_numbers


def convert_money(reading: Reading, column: Column, text: pd.Series, habits: Habits) -> Converted:
    """Turn texts into money of the plan's currency.

    Parameters
    ----------
    reading
        The table that is being read.
    column
        Declaration, with the column's own name.
    text
        Texts; the index holds row numbers.
    habits
        How the file writes numbers, the currency of the plan and of each row, and given rates.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        Amounts, and what could not be read, was converted or was set missing.
    """
    values, faults = read_numbers(reading, column, text, habits)
    if not habits.currency:
        return values, faults
    marks = find_marks(text.loc[values.notna()]).dropna()
    of_rows = habits.row_currencies.reindex(values.index[values.notna()]).dropna()
    if marks.empty and of_rows.empty:
        return values, faults
    torn = _torn(marks, of_rows)
    known = pd.concat([of_rows, marks.drop(of_rows.index, errors="ignore")]).drop(torn)
    codes = _codes(known, habits)
    rates = codes.map({habits.currency: 1.0, **habits.rates}).astype("float64")
    factors = rates.reindex(values.index).where(values.index.isin(codes.index), 1.0)
    shown = text + (" " + of_rows.drop(marks.index, errors="ignore").reindex(text.index)).fillna("")
    faults += _torn_faults(reading, column.name, shown.loc[torn], of_rows)
    faults += _converted_faults(reading, column.name, shown, codes, habits)
    foreign = codes.loc[rates.isna() & (codes != UNKNOWN)]
    is_all = len(foreign) == int(values.notna().sum())
    faults += _foreign_faults(reading, column.name, shown, foreign, habits.currency, is_all=is_all)
    return (values * factors).drop(torn).reindex(values.index), faults


def unknown_currency_faults(reading: Reading, text: pd.Series, habits: Habits) -> list[Fault]:
    """Name currencies of rows that nobody knows.

    Parameters
    ----------
    reading
        The table that is being read.
    text
        The column of currencies.
    habits
        With the currency of the plan and of each row.

    Returns
    -------
    list of Fault
        One or none.
    """
    rows = text.loc[habits.row_currencies.reindex(text.index).eq(UNKNOWN).fillna(value=False)]
    if rows.empty or not habits.currency:
        return []
    fault = reading.fault_of_rows(
        "repaired",
        "unknown_currency",
        "currency",
        rows,
        what="A currency is not known",
        remedy="The money of these rows was set missing. Write a code of three letters, such as "
        f"{habits.currency}.",
    )
    return [fault]


def _torn(marks: pd.Series, of_rows: pd.Series) -> pd.Index:
    """Find the rows whose amount carries another currency than the row says."""
    both = marks.index.intersection(of_rows.index)
    pairs = pd.DataFrame({"mark": marks.loc[both], "row": of_rows.loc[both]})
    pairs = pairs.loc[(pairs["mark"] != pairs["row"]) & (pairs["row"] != UNKNOWN)]
    fits = [
        is_currency(mark, row) or is_currency(row, mark)
        for mark, row in pairs[["mark", "row"]].itertuples(index=False)
    ]
    return pairs.index[[not fit for fit in fits]]


def _codes(marks: pd.Series, habits: Habits) -> pd.Series:
    currencies = (habits.currency, *sorted(habits.rates))
    return marks.map({mark: choose_code(mark, currencies) for mark in marks.unique()}).astype("str")


def _torn_faults(reading: Reading, name: str, rows: pd.Series, of_rows: pd.Series) -> list[Fault]:
    if rows.empty:
        return []
    fault = reading.fault_of_rows(
        "repaired",
        "two_currencies",
        name,
        rows + " in a row of " + of_rows.reindex(rows.index),
        what="An amount carries another currency than its row",
        remedy="It was set missing. Correct the one that is wrong.",
    )
    return [fault]


def _converted_faults(
    reading: Reading, name: str, shown: pd.Series, codes: pd.Series, habits: Habits
) -> list[Fault]:
    used = sorted(set(codes) & set(habits.rates) - {habits.currency})
    return [
        reading.fault_of_rows(
            "notice",
            "converted_currency",
            name,
            shown.loc[codes.index[codes == code]],
            what=f"Money in {code} was converted: 1 {code} is {habits.rates[code]:g} "
            f"{habits.currency}",
            remedy="Check the rate in plan.yaml, under exchange_rates.",
        )
        for code in used
    ]


def _foreign_faults(
    reading: Reading,
    name: str,
    shown: pd.Series,
    foreign: pd.Series,
    currency: str,
    *,
    is_all: bool,
) -> list[Fault]:
    if foreign.empty:
        return []
    codes = sorted({likely_code(mark) for mark in foreign})
    rates = ", ".join(f"{code}: …" for code in codes)
    remedy = (
        f"It was set missing. Give what one unit is worth in plan.yaml, as "
        f"exchange_rates: {{{rates}}}, or convert it before you export."
    )
    if is_all and len(codes) == 1:
        remedy += f" If the whole plan is in {codes[0]}, write currency: {codes[0]} in plan.yaml."
    fault = reading.fault_of_rows(
        "repaired",
        "other_currency",
        name,
        shown.loc[foreign.index],
        what=f"Money is not in {currency}, the currency of the plan",
        remedy=remedy,
    )
    return [fault]
