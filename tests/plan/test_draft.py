"""plan.yaml stays readable and says the same, whatever the headers of an export are."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from territory_kit.plan.draft import draft_plan, quote
from territory_kit.plan.read_yaml import read_settings
from territory_kit.plan.settings import PlanSettings, checked
from territory_kit.tables import Guess, Recognised

# Line ends that YAML knows and others do not, tags, anchors, comments, directives, quotes.
NASTY = (
    "a: b",
    "# no",
    "!!python/object/apply:os.system",
    "&anchor *alias",
    '"quoted" \\ back',
    "'single'",
    "line\nbreak\r\n\ttab",
    "next\x85line\u2028sep\u2029",
    "---",
    "%TAG ! x",
    "{a: [b",
    "\ufeffmark",
    "\x00\x07\x7f",
    "😀 مرحبا ünï",
    "yes",
    "0123",
    "",
    "x" * 3000,
)


def export(guesses: tuple[Guess, ...], unknown: tuple[str, ...] = ()) -> Recognised:
    return Recognised(
        file=Path("export.csv"),
        sheet="",
        table="accounts",
        crm="",
        crm_object="",
        kind="list",
        guesses=guesses,
        unknown=unknown,
        rows_count=2,
        countries=Counter(),
        currencies=Counter(),
    )


def read_back(text: str, folder: Path) -> PlanSettings:
    (folder / "plan.yaml").write_text(text, encoding="utf-8", newline="\n")
    return checked(PlanSettings, read_settings(folder / "plan.yaml"), where="plan.yaml")


def drafted(one: Recognised, *, name: str = "plan") -> str:
    return draft_plan(name, [one], {one.file: "export.csv"}).text


@given(st.text() | st.sampled_from(NASTY))
def test_a_quoted_text_is_read_back_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"a: {quote(text)}  # why") == {"a": text}
    assert "\n" not in quote(text)


HEADERS = st.text(min_size=1, max_size=40) | st.sampled_from([text for text in NASTY if text])


@given(st.lists(HEADERS, min_size=4, max_size=4), HEADERS)
def test_the_mapping_is_read_back_as_it_was_whatever_the_headers(
    tmp_path_factory: pytest.TempPathFactory, headers: list[str], name: str
) -> None:
    first, second, third, fourth = headers
    one = export(
        (
            Guess("account_name", first, "sure", "our own name"),
            Guess("city", second, "likely", "everyday word"),
            Guess("revenue_amount_per_year", third, "unsure", "could mean two things"),
        ),
        unknown=(fourth,),
    )
    settings = read_back(drafted(one, name=name), tmp_path_factory.mktemp("plan"))
    assert settings.name == name
    assert settings.inputs["accounts"].columns == {"account_name": first, "city": second}
    assert settings.inputs["reps"].sheet == "reps"


def test_every_line_says_how_sure_it_is_and_why() -> None:
    text = drafted(
        export(
            (
                Guess("account_id", "Kd-Nr", "likely", "everyday word"),
                Guess("turnover_amount_per_year", "Umsatz", "unsure", "could mean two things"),
            ),
            unknown=("Notiz: alt",),
        )
    )
    assert '      account_id: "Kd-Nr"  # likely: everyday word\n' in text
    assert "      account_name:  # REQUIRED: write its header behind the colon\n" in text
    assert '      # turnover_amount_per_year: "Umsatz"  # unsure: could mean two things\n' in text
    assert "      region:  # no header found. Region that one report covers.\n" in text
    assert '    # Taken along as they are: "Notiz: alt"\n' in text
    assert "  # Recognised as list of accounts, 2 rows.\n" in text


def test_long_lists_of_unknown_headers_are_cut() -> None:
    text = drafted(export((), unknown=tuple(f"field {i}" for i in range(100))))
    assert '"field 39" and 60 more\n' in text


def test_without_guesses_the_options_keep_their_default_as_comments() -> None:
    text = drafted(export(()))
    assert "\n# currency: EUR" in text
    assert "\n# country: ''" in text
    assert "\n# revenue_source: column" in text
