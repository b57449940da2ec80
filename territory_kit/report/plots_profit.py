"""Figure of step 2: which accounts earn, and which cost money (the whale curve)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from territory_kit.methods.profit import WhaleCurve, top_part, whale_curve
from territory_kit.report.captions import caption
from territory_kit.report.colours import ACCENT, INK, LIGHT_ACCENT
from territory_kit.report.evidence import HasTables, gather
from territory_kit.report.figures import Figure, Sheet, axes_or_new, without_picture
from territory_kit.wording import agree, amount, counted, counted_of, number, percent

_TOP_SHARE = 0.2
# with fewer accounts a fifth is less than one of them
_LEAST_FOR_TOP = 5
_MEANING = (
    "Accounts with revenue, the most profitable first; where the curve falls, accounts cost more "
    "than they bring. Net profit is margin less the planned calls and the way to them."
)


def plot_whale(*sources: HasTables) -> Figure:
    """Show how net profit adds up from the most profitable account to the least.

    Parameters
    ----------
    *sources
        Hold ``account_profit``.

    Returns
    -------
    Figure
        One curve, in shares of the total, or in money where the total is no profit; a sentence
        alone where no account has revenue.
    """
    evidence = gather(*sources)
    table = evidence.table("account_profit")
    if table.empty:
        return without_picture(
            title="No account has revenue, so nothing is said of net profit",
            caption=caption(evidence, _MEANING, "0 accounts.", step="accounts"),
        )
    unknown = int(table["way_cost_amount_per_year"].isna().sum())
    left_out = f"The way is not known and not counted for {number(unknown)}." if unknown else ""
    with Sheet(80) as sheet:
        draw_whale(table, currency=evidence.currency, ax=sheet.axes[0])
        return sheet.finish(
            title=_finding(table, evidence.currency),
            caption=caption(
                evidence,
                _MEANING,
                *filter(None, [left_out]),
                f"{counted(len(table), 'account')}.",
                step="accounts",
            ),
            alt=f"Curve of cumulative net profit of {counted(len(table), 'account')}.",
        )


def draw_whale(table: pd.DataFrame, *, currency: str = "", ax: Axes | None = None) -> Axes:
    """Draw the cumulative net profit over the number of accounts, and its highest point.

    Parameters
    ----------
    table
        Has account_id and net_profit_amount_per_year.
    currency
        Currency of the plan.
    ax
        Plot to draw on; a new one when not given.

    Returns
    -------
    matplotlib.axes.Axes
        The plot.
    """
    ax = axes_or_new(ax)
    curve = _curve(table)
    counts, is_share = np.arange(len(curve.cumulative)), curve.unit == "share"
    ax.fill_between(counts, curve.cumulative, color=LIGHT_ACCENT, alpha=0.35, linewidth=0)
    ax.plot(counts, curve.cumulative, color=ACCENT)
    ax.axhline(1.0 if is_share else 0.0, color=INK, linewidth=0.6, linestyle=":")
    ax.plot([curve.peak_accounts_count], [curve.peak], marker="o", color=ACCENT)
    peak = percent(curve.peak) if is_share else amount(curve.peak, currency)
    ax.annotate(
        f"peak {peak} at {counted(curve.peak_accounts_count, 'account')}",
        (curve.peak_accounts_count, curve.peak),
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
    )
    ax.margins(0.06, 0.18)
    ax.yaxis.set_major_formatter(
        PercentFormatter(1, decimals=0, symbol=" %")
        if is_share
        else FuncFormatter(lambda value, _: amount(value, ""))
    )
    unit = "%" if is_share else f"{currency or 'money'} per year"
    ax.set_ylabel(f"Net profit so far ({unit})")
    ax.set_xlabel("Accounts, the most profitable first")
    return ax


def _curve(table: pd.DataFrame) -> WhaleCurve:
    return whale_curve(
        table["net_profit_amount_per_year"].to_numpy(dtype=float),
        table["account_id"].to_numpy(dtype=object),
    )


def _finding(table: pd.DataFrame, currency: str) -> str:
    curve = _curve(table)
    losing = int((table["net_profit_amount_per_year"] < 0).sum())
    lost = f"{counted_of(losing, len(table), 'account')} {agree('is', losing)} served at a loss"
    if curve.unit == "amount":
        return f"Accounts lose {amount(abs(curve.total_amount), currency)} a year in all; {lost}"
    if len(table) < _LEAST_FOR_TOP:
        return f"Accounts earn {amount(curve.total_amount, currency)} a year in all; {lost}"
    top = percent(top_part(curve, _TOP_SHARE))
    return f"The best fifth of accounts earns {top} of net profit; {lost}"
