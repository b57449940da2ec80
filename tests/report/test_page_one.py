"""Page one: the verdict box and three tables that a manager reads in five minutes."""

import pandas as pd

from territory_kit import report
from territory_kit.report.evidence import Evidence, HasTables
from territory_kit.steps.result import StepResult


def test_the_verdict_stands_with_its_reason_and_figures(
    review_result: StepResult, task: HasTables
) -> None:
    page = report.verdict(review_result, task)._repr_html_()
    assert "<strong>Adopt with changes</strong>" in page
    assert "one territory has no rep. In driving and" in page
    assert "at most 2.1 % dearer than the cheapest plan within its limits." in page
    # the unit stands once, thousands are separated, large money is short
    assert "39 → </span><strong>9 %</strong>" in page
    assert "98,000 → </span><strong>91,000 km per year</strong>" in page
    assert "510 k → </span><strong>506 k EUR per year</strong>" in page


def test_the_verdict_escapes_words_from_outside() -> None:
    comparison = pd.DataFrame(
        {
            "figure": ["<i>"],
            "unit": ["<u>"],
            "today_value": [float("nan")],
            "proposal_value": [1.0],
            "reading": ["<s>"],
        }
    )
    figures: dict[str, float | str] = {"verdict": "<b>", "verdict_reason": "<p>"}
    page = report.verdict(Evidence({"comparison": comparison}, figures, findings=("<li x>",)))
    assert not [t for t in ("<i>", "<u>", "<s>", "<b>", "<p>", "<li x>") if t in page._repr_html_()]


def test_a_figure_without_a_today_shows_the_proposal_alone() -> None:
    comparison = pd.DataFrame(
        {
            "figure": ["Distance"],
            "unit": ["km"],
            "today_value": [float("nan")],
            "proposal_value": [8.25],
            "reading": ["no comparison"],
        }
    )
    page = report.verdict(Evidence({"comparison": comparison}))._repr_html_()
    assert "→" not in page
    assert "<strong>8.2 km</strong>" in page


def test_each_territory_has_its_row_and_a_vacancy_is_named(
    review_result: StepResult, task: HasTables
) -> None:
    table = report.rep_table(review_result, task)
    assert [row[0] for row in table.rows][-1] == "Rennes Sud"
    assert [row[1] for row in table.rows][-1] == "no rep yet"
    assert "Load (% of capacity)" in table.headings


def test_page_one_shows_the_quotas_of_the_plan_where_there_are_any(
    review_result: StepResult, task: HasTables
) -> None:
    review = review_result.tables["rep_review"]
    quotas = pd.DataFrame(
        {
            "territory_id": review["territory_id"],
            "proposed_quota_amount_per_year": [1234.0] * len(review),
        }
    )
    table = report.rep_table(Evidence({"quotas": quotas}), review_result, task)
    place = next(i for i, text in enumerate(table.headings) if text.startswith("Quota"))
    assert {row[place] for row in table.rows} == {"1,234"}


def test_the_ten_dearest_moves_are_shown_with_the_names_of_reps(
    review_result: StepResult, task: HasTables
) -> None:
    table = report.biggest_moves(review_result, task)
    revenues = [float(row[-2].replace(",", "")) for row in table.rows]
    assert len(revenues) == 10
    assert revenues == sorted(revenues, reverse=True)
    assert {row[3] for row in table.rows} <= {
        "Anne Le Goff",
        "Yann Kerriou",
        "Maël Tanguy",
        "Lucie Morvan",
        "Éric Petit",
        "R6",
        "–",
    }
    assert all(row[0].endswith(", Plougastel-Daoulas") for row in table.rows)


def test_without_reps_the_moves_name_territories(
    review_result: StepResult, task: HasTables
) -> None:
    moves = review_result.tables["moves"].assign(from_rep_id=None, to_rep_id=None)
    table = report.biggest_moves(Evidence({"moves": moves}), task)
    assert table.headings[2:4] == ("From", "To")
    assert "Brest" in {row[2] for row in table.rows} | {row[3] for row in table.rows}


def test_questions_leave_room_for_the_answer(review_result: StepResult, task: HasTables) -> None:
    table = report.questions(review_result, task)
    assert table.headings == ("Question", "Answer by", "Your answer")
    assert table.rows[0][1:] == ("2026-11-30", "")


def test_a_first_plan_has_no_colour_of_praise_and_no_readings() -> None:
    comparison = pd.DataFrame(
        {
            "figure": ["Distance"],
            "unit": ["km"],
            "today_value": [float("nan")],
            "proposal_value": [8.0],
            "reading": ["no comparison"],
        }
    )
    figures: dict[str, float | str] = {"verdict": "first plan", "verdict_reason": "Alone."}
    page = report.verdict(Evidence({"comparison": comparison}, figures))._repr_html_()
    assert "First plan: there is nothing to compare it with" in page
    assert "tk-verdict tk-first" in page
    assert "no comparison" not in page


def test_without_money_page_one_counts_accounts(review_result: StepResult, task: HasTables) -> None:
    alike = task.tables["market_accounts"].assign(potential_source="equal")
    tables = {**task.tables, **review_result.tables, "market_accounts": alike}
    zero = {"revenue_amount_per_year": 0.0, "move_price_amount": 0.0}
    tables["moves"] = tables["moves"].assign(**zero)
    reps = tables["rep_review"]
    tables["rep_review"] = reps.assign(
        potential_amount_per_year=reps["accounts_count"].astype(float)
    )
    evidence = Evidence(tables, currency="EUR", step="review")
    assert not [h for h in report.rep_table(evidence).headings if h.startswith("Potential")]
    moves = report.biggest_moves(evidence)
    assert not [h for h in moves.headings if "EUR" in h]
    assert moves.caption.startswith(
        "Accounts that change hands. No potential or revenue is known: each account counts as one."
    )
