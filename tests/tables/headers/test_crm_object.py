import pytest

from territory_kit.tables.headers.crm_object import crm_object, plain_header

DEAL = crm_object(
    "hubspot",
    "deal",
    "deals",
    {"deal_id": ("hs_object_id", "Record ID|Deal ID"), "amount": ("", "Amount")},
    "Pipeline",
)


def test_internal_names_come_before_labels() -> None:
    assert DEAL.headers == {
        "deal_id": ("hs_object_id", "Record ID", "Deal ID"),
        "amount": ("Amount",),
    }


def test_headers_that_mean_nothing_to_us_still_tell_the_object() -> None:
    assert DEAL.plain_headers == {"hsobjectid", "recordid", "dealid", "amount", "pipeline"}


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("Billing State/Province", "billingstateprovince"),
        ("address1_city", "address1city"),
        ("Région", "region"),  # accents are often lost on the way
        ("N° client", "nclient"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("顧客番号", "顧客番号"),
        ("***", ""),
    ],
)
def test_headers_are_compared_by_letters_and_digits(header: str, plain: str) -> None:
    assert plain_header(header) == plain
