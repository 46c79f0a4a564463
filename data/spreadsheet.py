"""Values as files hold them: text that a spreadsheet must not run, numbers by the digits that they are sure of."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

SURE_DIGITS = 15
"""Decimal digits that every double holds. The sixteenth and later ones are what adding binary numbers leaves: 59,053.94 reads 59053.93999999999."""


def cell(value: object) -> object:
    """The value as it may be written to CSV: text that a spreadsheet would take for a formula gets a leading apostrophe, a number its sure digits."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return sure(value)


def sure(value: object) -> object:
    """A float by its sure digits, also in a list; anything else as it is."""
    if isinstance(value, float):
        return float(f"{value:.{SURE_DIGITS}g}")
    return [sure(one) for one in value] if isinstance(value, list) else value
