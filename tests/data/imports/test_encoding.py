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


def found(path):
    return examine(path, path.name).encoding
