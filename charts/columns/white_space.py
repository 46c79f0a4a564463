"""Columns of the white space."""

from data.language import mark

LABELS: dict[str, str] = {
    "added": mark("Came to be known"),
    "because": mark("Goes with"),
    "both": mark("Buy both"),
    "buyer_rate": mark("Buyers, share"),
    "buyers": mark("Buyers"),
    "buys": mark("Buys itself"),
    "came_with": mark("Came with it"),
    "came_with_rate": mark("Came with it, share"),
    "channel_status": mark("Kind of channel"),
    "channels": mark("Channels"),
    "confidence": mark("Of its buyers, share"),
    "contacts": mark("Contacts"),
    "cosine": mark("Nearness"),
    "elsewhere": mark("Buys elsewhere, as reported"),
    "expected_quantity": mark("Expected units a year"),
    "first_buyers": mark("First-time buyers"),
    "first_month": mark("First purchase"),
    "hits": mark("Found"),
    "k": mark("First k"),
    "known_before": mark("Known before"),
    "lapsed": mark("Bought once"),
    "last_touch": mark("Last activity"),
    "opening_wins": mark("Won deals that open a customer"),
    "previous_sales": mark("Net sales before"),
    "proposals": mark("Proposals"),
    "proposed": mark("Proposed"),
    "prospect": mark("Prospects"),
    "reached_before": mark("Reached before"),
    "recall_at_k_hi": mark("Found, upper bound"),
    "recall_at_k_lo": mark("Found, lower bound"),
    "sales_per_buyer": mark("Net sales per buyer"),
    "sales_share": mark("Share of net sales"),
    "stated_accounts": mark("Stated"),
    "supplied_accounts": mark("Supplied through another"),
    "support": mark("Of all accounts, share"),
    "taken_up": mark("Taken up"),
    "town": mark("Town"),
    "top_channel": mark("Largest channel"),
    "top_channel_share": mark("Its share"),
    "universe_basis": mark("Universe is"),
    "untouched": mark("Known by name only"),
    "value_per_deal": mark("Won value per deal"),
    "with_id": mark("With product ID"),
    "with_product": mark("With"),
}

MONEY = frozenset({"elsewhere", "sales_per_buyer", "value_per_deal"})
RATES = frozenset({"confidence", "recall_at_k_hi", "recall_at_k_lo", "sales_share", "support", "top_channel_share"})
COUNTS = frozenset(
    {
        "added", "both", "buyers", "buys", "came_with", "channels", "contacts", "expected_quantity", "first_buyers", "hits", "k", "known_before", "lapsed",
        "opening_wins", "proposals", "proposed", "prospect", "reached_before", "stated_accounts", "supplied_accounts", "taken_up", "untouched",
    }
)  # fmt: skip
