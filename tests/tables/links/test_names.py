import pandas as pd
import pytest

from territory_kit.tables.links.names import plain_companies, plain_names, plain_people


def text(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Café  de la Gare", "cafe de la gare"),
        ("ÉTÉ & Fils, S.A.", "ete fils s a"),
        ("Weiß/Groß", "weiss gross"),
        ("O’Brien-Smith", "o brien smith"),
        ("東京 支店", "東京 支店"),
        ("कि", "कि"),  # a vowel, not an accent
    ],
)
def test_names_lose_case_accents_and_signs(name: str, plain: str) -> None:
    assert plain_names(text(name)).tolist() == [plain]


def test_nothing_left_is_missing() -> None:
    assert plain_names(text("---", "", None)).isna().all()


def test_the_first_name_comes_first() -> None:
    assert plain_people(text("Le Goff, Anne")).tolist() == ["anne le goff"]
    assert plain_people(text("a, b, c")).tolist() == ["a b c"]


@pytest.mark.parametrize(
    "names",
    [
        ("ACME GmbH & Co. KG", "Acme", "acme gmbh"),
        ("SARL Dupont", "Dupont S.A.R.L.", "DUPONT SAS"),
        ("Smith and Co", "Smith Ltd.", "SMITH, Inc."),
        ("Jansen B.V.", "Jansen bv"),
    ],
)
def test_companies_lose_their_legal_form(names: tuple[str, ...]) -> None:
    assert len(set(plain_companies(text(*names)))) == 1


def test_a_name_that_is_a_legal_form_stays() -> None:
    assert plain_companies(text("SAS")).tolist() == ["sas"]


def test_legal_forms_inside_a_name_stay() -> None:
    assert plain_companies(text("Bar Co Pub")).tolist() == ["bar co pub"]
