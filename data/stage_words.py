"""The words by which deals end in our customers' other systems, in the languages that these speak."""

WON_WORDS = (
    "won", "closed won", "closed-won", "closedwon", "ganado", "ganada", "cerrado ganado", "cerrada ganada", "cierre ganado", "vendido", "vendida", "gewonnen", "gagné", "gagnée", "ganho", "ganha",
    "fechado ganho", "fechada ganha", "vinto", "vinta", "wygrana", "wygrane", "wygrany", "zamknięte wygrane", "赢单", "成交", "受注", "成約",
)  # fmt: skip
LOST_WORDS = (
    "lost", "closed lost", "closed-lost", "closedlost", "perdido", "perdida", "cerrado perdido", "cerrada perdida", "cierre perdido", "descartado", "descartada", "verloren", "perdu", "perdue",
    "fechado perdido", "fechada perdida", "perso", "persa", "przegrana", "przegrane", "przegrany", "zamknięte przegrane", "utracone", "输单", "丢单", "失注",
)  # fmt: skip
