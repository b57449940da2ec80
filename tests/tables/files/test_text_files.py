import pytest

from territory_kit.errors import TableError
from territory_kit.tables.files.text_files import parse_text


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\n1,5\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        # the header has more commas, but the rows agree on semicolons
        ("name, legal, short;city\nx;y\nz;w\n", ";"),
        ('a,b\n"x;y;z",2\n"x;y;z",2\n', ","),
        ("a\n1\n", ","),
        # a title above the headers does not tell
        ("Accounts, all\n\na;b;c\n1;2;3\n1;2;3\n1;2;3\n", ";"),
        ("All accounts\n\na;b;c\n1;2;3\n1;2;3\n1;2;3\n", ";"),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert parse_text(text.encode(), "f.csv").delimiter == delimiter


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_mark(encoding: str) -> None:
    text = parse_text("id,nom\n1,Crêperie Œuf\n".encode(encoding), "f.csv")
    assert text.rows() == [("id", "nom"), ("1", "Crêperie Œuf")]
    assert text.guessed_encoding == ""


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["Brasserie d’Orléans", "À Évry", "Crêperie du Théâtre", "Œnothèque"]),
        ("cp1252", ["Gasthaus zum Bären", "Großschönau"]),
        ("mac_roman", ["Brasserie d’Orléans", "À Évry", "Crêperie du Théâtre", "Œnothèque"]),
        ("cp1250", ["Pod Łabędziem", "Święta Góra", "Sklep spożywczy Żabka", "Piekarnia u Józefa"]),
        ("cp1251", ["Ресторан на площади", "Пивная Победа"]),
    ],
)
def test_older_encodings_are_guessed_and_said(encoding: str, names: list[str]) -> None:
    rows = [("id", "nom"), *(("1", name) for name in names)]
    text = parse_text("\n".join(map(";".join, rows)).encode(encoding), "f.csv")
    assert text.rows() == rows
    assert text.guessed_encoding == encoding


def test_the_line_that_tells_excel_the_delimiter_is_no_row() -> None:
    text = parse_text(b"sep=;\na;b\n1;2\n", "f.csv")
    assert text.rows() == [(), ("a", "b"), ("1", "2")]


def test_cells_may_hold_line_breaks_and_quotation_marks() -> None:
    rows = parse_text(b'a,b\n"x\ny","say ""hi"""\n', "f.csv").rows()
    assert rows[1] == ("x\ny", 'say "hi"')


def test_an_open_quotation_mark_swallows_no_rows() -> None:
    with pytest.raises(TableError) as caught:
        parse_text(b'a,b\n1,"Chez Paul\n2,y\n', "f.csv").rows()
    assert str(caught.value) == (
        "A quotation mark opens a text that does not end where its cell ends: near line 3 (f.csv). "
        'Close it, or write a quotation mark inside a text twice ("").'
    )


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"<!DOCTYPE html><table></table>", "a web page or XML"),
        (b"  <table><tr></tr></table>", "a web page or XML"),
        (b"%PDF\0\0\0", "not text"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, value: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_text(content, "export.xls")
    assert str(caught.value) == (
        f"The file is no table: {value} (export.xls). "
        "Export it as CSV or .xlsx; a page saved as .xls can be opened in Excel first."
    )
