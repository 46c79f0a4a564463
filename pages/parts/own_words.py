"""Streamlit's own words in the page's language.

Streamlit has no catalogue of what its widgets say by themselves (github.com/streamlit/streamlit/issues/1353), so the browser says it
anew where it stands: in these places only, so that no text of a user's is touched. English brings the words back as they were.
"""

import json
import re

from data.language import _, mark

WORDS = (
    mark("Upload"),
    mark("Upload directories"),
    mark("Drag and drop files here"),
    mark("Drag and drop directories here"),
    mark("{size} per file"),
    mark("File must be {size} or smaller."),
    mark("Press Enter to apply"),
    mark("Press Ctrl+Enter to apply"),
    mark("Press ⌘+Enter to apply"),
    mark("Press Enter to submit form"),
    mark("No results"),
    mark("Choose an option"),
    mark("Choose options"),
    mark("No options to select"),
    mark("Error: Number is outside the allowed range. Please enter a value between {low} and {high}."),
    mark("Error: Number is below the allowed range. Please enter a value greater than or equal to {low}."),
    mark("Error: Number is above the allowed range. Please enter a value less than or equal to {high}."),
)
PLACES = '[data-testid="stFileUploader"], [data-testid="InputInstructions"], [data-testid="stNumberInput"] [role="alert"], [role="listbox"]'
HINTS = '[data-testid="stSelectbox"] input, [data-testid="stMultiSelect"] input'
"""Fields whose hint is Streamlit's where we give none of our own."""

SCRIPT = """
{
    const places = %(places)s, hints = %(hints)s;
    window.ownWords = %(words)s.map(([english, said]) => [new RegExp(english), said]);
    const translated = text => {
        let filled = 0;
        for (const [english, said] of window.ownWords) {
            const found = text.match(english);
            // What a text leaves open stands in the same order in every language.
            if (found) return said.replace(/\\{\\w+\\}/g, () => found[++filled]);
        }
        return text;
    };
    const say = node => {
        // React writes English when it writes: what we said ourselves is known by what stood there before.
        const english = node.ownSaid === node.data ? node.ownEnglish : node.data;
        [node.ownEnglish, node.ownSaid] = [english, translated(english)];
        if (node.data !== node.ownSaid) node.data = node.ownSaid;
    };
    const hint = field => {
        const english = field.ownSaid === field.placeholder ? field.ownEnglish : field.placeholder;
        [field.ownEnglish, field.ownSaid] = [english, translated(english)];
        if (field.placeholder !== field.ownSaid) field.placeholder = field.ownSaid;
    };
    const within = place => {
        const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) say(texts.currentNode);
    };
    const look = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.parentElement?.closest(places) && say(node);
        if (node.nodeType !== Node.ELEMENT_NODE) return;
        if (node.closest(places)) within(node);
        else node.querySelectorAll(places).forEach(within);
        if (node.matches(hints)) hint(node);
        node.querySelectorAll(hints).forEach(hint);
    };
    look(document.body);
    if (!window.ownWordsWatched) {
        window.ownWordsWatched = new MutationObserver(changes => {
            for (const change of changes) [change.target, ...change.addedNodes].slice(change.type === "childList" ? 1 : 0).forEach(look);
        });
        window.ownWordsWatched.observe(document.body, {childList: true, characterData: true, subtree: true, attributeFilter: ["placeholder"]});
    }
}
"""

OPEN = re.compile(r"\\\{\w+\\\}")
"""What a text leaves open, in an escaped text."""


def script() -> str:
    """The script that says Streamlit's words in the page's language, now and whenever they are written again."""
    words = [(_pattern(word), _(word)) for word in WORDS if _(word) != word]
    return SCRIPT % {"places": json.dumps(PLACES), "hints": json.dumps(HINTS), "words": json.dumps(words, ensure_ascii=False)}


def _pattern(word: str) -> str:
    return f"^{OPEN.sub('(.+?)', re.escape(word))}$"
