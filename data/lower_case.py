"""Lower case as the store's questions make it: letter by letter. Python's own looks at whole words, and writes İ as two letters and a last Σ as ς."""


def lowered(text: str) -> str:
    """The text in lower case, to be compared with what the store's lower() gives."""
    return text.lower() if text.isascii() else "".join(letter.lower()[:1] for letter in text)
