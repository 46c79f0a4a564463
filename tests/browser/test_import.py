"""From files on a desk to a dashboard that shows them, and back."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.imports.run import import_files
from data.store import Store
from tests.browser.screen import SECONDS, Screen

pytestmark = pytest.mark.browser
PATIENCE = SECONDS * 1000

FILES = {
    "accounts.csv": "account_id;account;city\nA1;Bar Uno;Vigo\nA2;Distribuidora Peñón;Cádiz\n",
    "products.csv": "product_id;product\nP1;Lager\nP2;Porter\n",
    "transactions.csv": (
        "transaction_id;sold_on;account_id;product_id;quantity;net_amount\n"
        "1;2026-01-30;A1;P1;10;1.250,50\n2;2026-02-10;A2;P2;5;300,25\n3;2026-02-27;A1;P2;-1;-60,05\n4;2026-02-27;A7;P2;1;9,99\n"
    ),
    "transactions_march.csv": (
        "transaction_id;sold_on;account_id;product_id;quantity;net_amount\n11;2026-03-31;A2;P1;4;500,00\n12;2026-03-31;A2;P1;1;1.000,10\n"
    ),
}
TOTAL = Decimal("1250.50") + Decimal("300.25") - Decimal("60.05")


def test_files_are_matched_checked_loaded_and_taken_back(
    serve: Callable[[Path], str], screen: Screen, tmp_path: Path
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = Store.at(tmp_path / "store")
    screen.open(f"{serve(store.root)}/import_files")
    screen.sees("Bring your files")

    screen.upload(*(tmp_path / name for name in list(FILES)[:3]))
    screen.sees("Check the files")
    screen.press("Check the files")
    screen.sees("7 rows can be loaded, 1 would be rejected")
    screen.sees("an account that no file lists")
    assert store.current() is None

    screen.press("Import")
    screen.sees("7 of 8 rows were loaded")
    assert [screen.metric(label) for label in ("Rows in", "Loaded", "Rejected")] == ["8", "7", "1"]
    screen.sees(f"€0.00 before, €{TOTAL:,} now")
    screen.sees("generation 1")
    with screen.page.expect_download() as rejected:
        screen.press("Rejected rows")
    assert "4,2026-02-27,A7,P2,1" in Path(rejected.value.path()).read_text(encoding="utf-8-sig")

    screen.upload(tmp_path / "transactions_march.csv")
    screen.sees("transactions_march.csv")
    screen.press("Check the files")
    screen.sees("2 rows can be loaded, 0 would be rejected")
    screen.press("Import")
    screen.sees(f"€{TOTAL:,} before, €{TOTAL + Decimal('1500.10'):,} now")
    screen.sees("generation 2")

    screen.press("Undo")
    screen.press("Go back to generation 1")
    screen.sees("Generation 1 holds 3 order lines")
    assert store.current() == 1
    assert not screen.has_broken
    assert screen.complaints == []


def test_streamlits_own_words_follow_the_pages_language(serve: Callable[[Path], str], screen: Screen, tmp_path: Path) -> None:
    screen.open(f"{serve(tmp_path / 'store')}/import_files?lang=es")
    uploader = screen.page.get_by_test_id("stFileUploader")
    expect(uploader.get_by_text("Subir", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(uploader.get_by_text("500MB por archivo")).to_be_visible(timeout=PATIENCE)
    screen.page.get_by_text("Una ruta de este equipo").click()
    screen.page.get_by_label("Ruta de un archivo o carpeta").fill("/tmp/nothing")
    expect(screen.page.get_by_test_id("InputInstructions")).to_have_text("Pulse Intro para aplicar", timeout=PATIENCE)
    screen.page.get_by_text("Archivos o un zip").click()
    screen.page.get_by_text("English", exact=True).click()
    expect(uploader.get_by_text("Upload", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(uploader.get_by_text("500MB per file")).to_be_visible(timeout=PATIENCE)
    assert screen.complaints == []


def test_the_hint_of_an_empty_choice_follows_the_pages_language(serve: Callable[[Path], str], screen: Screen, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = Store.at(tmp_path / "store")
    import_files([tmp_path / name for name in list(FILES)[:3]], store)
    screen.open(f"{serve(store.root)}/share_of_wallet?lang=es")
    chooser = screen.page.locator('[data-testid="stSelectbox"] input').first
    screen.page.locator('[data-testid="stExpander"] summary').first.click()
    expect(chooser).to_have_attribute("placeholder", "Elija una opción", timeout=PATIENCE)
    screen.page.get_by_text("English", exact=True).click()
    expect(chooser).to_have_attribute("placeholder", "Choose an option", timeout=PATIENCE)
