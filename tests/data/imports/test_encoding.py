"""Windows' Western encoding is what office programs write: a few accents or a euro sign must be enough to know it."""

import pytest

from data.imports.text import examine

SPANISH = "Nº línea;Código cliente;Descripción;Importe\n1;C1;Cañas y tapas;1.234,56 €\n2;C2;Sidrería Ñandú;12,50 €\n"
EURO_ONLY = "id;amount\n" + "".join(f"{number};{number},50 €\n" for number in range(1, 30))
NAMES = "código;nombre\n1;José Martínez Gómez\n2;Muñoz y Peña\n3;Núñez Ávila\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize("content", [SPANISH, EURO_ONLY, NAMES])
def test_a_spanish_export_is_read_in_the_encoding_of_its_office(tmp_path, content, encoding):
    path = tmp_path / "ventas.csv"
    path.write_bytes(content.encode(encoding))
    assert path.read_text(encoding=found(path)) == content


def test_the_encodings_of_dos_and_of_old_macs_are_still_told_apart(tmp_path):
    path = tmp_path / "ventas.csv"
    for encoding in ("cp850", "mac_roman"):
        path.write_bytes((NAMES * 5).encode(encoding))
        assert path.read_text(encoding=found(path)) == NAMES * 5


@pytest.mark.parametrize("prices", ["Stilton,£14.20\nYarg,£52.99\n", "Stilton,£ 14.20\n", 'Stilton,"(£1,452.99)"\n', "Crème,£9.95\n", "Stilton,14.20 £\n"])
@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_a_pound_before_a_price_tells_windows_from_dos(tmp_path, prices, encoding):
    path = tmp_path / "products.csv"
    path.write_bytes(f"name,price\n{prices}".encode(encoding))
    assert path.read_bytes().decode(found(path)) == f"name,price\n{prices}"


def test_a_country_that_ends_in_an_accent_before_a_figure_is_no_currency(tmp_path):
    path = tmp_path / "ventas.csv"
    path.write_bytes("país,año\nPerú 2025,Perú 2026\n".encode("cp850"))
    assert found(path) == "cp850"


def found(path):
    return examine(path, path.name).encoding
