from territory_kit.steps.wording import counted, percent


def test_shares_are_whole_percent() -> None:
    assert [percent(share) for share in (0.0, 0.126, 12.5)] == ["0 %", "13 %", "1,250 %"]


def test_one_thing_has_no_plural() -> None:
    assert [counted(n, "swap") for n in (0, 1, 2000)] == ["0 swaps", "1 swap", "2,000 swaps"]
