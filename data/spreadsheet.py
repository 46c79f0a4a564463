"""Text that a spreadsheet must not run."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: object) -> object:
    """The cell as it may be written to CSV: text that a spreadsheet would take for a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value
