"""Where the store lies. Alone in its file: the question before every start whether there is a store should not wait for DuckDB."""

DEFAULT_STORE = ".store"
STORE_VARIABLE = "CARTERA_STORE"
