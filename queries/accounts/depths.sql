-- Question: how far below the account do the accounts under it lie?
-- Grain: account of the tree, in no order.
-- Columns: account_key (the store's integer), depth (0 = the account itself).
-- Parameters: account_key (of the account asked for).
-- Caveats: an account that is its own ancestor is as near as its shortest way.
select account_key, depth::bigint as depth
from visible_account_tree
where ancestor_key = $account_key
