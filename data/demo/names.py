"""Invented names: people, businesses, beers. No real company or person is meant."""

import unicodedata

import numpy as np

_FIRST = (
    "Ana Beatriz Carla Diego Elena Fabián Gabriela Hugo Inés Joaquín Karina Lautaro Marta Nicolás Olga Pablo Raquel Santiago "
    "Teresa Ulises Valeria Xavier Yolanda Zoe Agustín Belén Claudio Daniela Esteban Florencia Gonzalo Helena Ignacio Julieta "
    "Leandro Mercedes Néstor Octavio Pilar Ramiro Sofía Tomás Úrsula Víctor Lucía Mateo Natalia Óscar Patricia Rodrigo "
    "Silvia Andrés Cecilia Emilio Graciela Iván Jimena Luciano Mónica Sebastián"
)
FIRST_NAMES = tuple(_FIRST.split())

_LAST = (
    "Quiroga Benavente Arrieta Salvatierra Montiel Zubiría Carranza Echegaray Maldonado Ferreyra Olmedo Villalba Cifuentes "
    "Paredes Urrutia Galarza Bustamante Solano Iriarte Peñaloza Lezama Anzorena Cabrera Robledo Achával Ocampo Sandoval "
    "Mansilla Tejada Guerrero Aldana Barrientos Cárdenas Dávila Escudero Figueroa Gallardo Herrera Izquierdo Jáuregui "
    "Larrañaga Medrano Navarrete Orellana Pizarro Quintana Rivadeneira Saavedra Toledano Uriarte Valdivieso Yáñez Zamorano "
    "Alarcón Berríos Contreras Donoso Espinosa Fuentes Godoy Hinojosa Ibáñez Juárez Leiva Miranda Nieto Ortega Ponce "
    "Requena Sepúlveda Tapia Ulloa Vergara Zárate Belmonte Cepeda Duarte Elizalde Farías Gamboa Luque Moncada Novoa "
    "Pedraza Rosales Serrano Trujillo Vidal Almazán Bermúdez"
)
SURNAMES = tuple(_LAST.split())

DISTRIBUTOR_PATTERNS = (
    "Distribuidora Hermanos {}", "Distribuciones {}", "Bebidas {}", "Comercial {} e Hijos", "Distribuidora {}", "Logística {}",
    "Cervezas y Refrescos {}", "{} y Compañía", "Reparto {}", "Grupo {} Bebidas",
)  # fmt: skip
WHOLESALER_PATTERNS = (
    "Mayorista {}", "Depósito {}", "Almacenes {}", "Bodega {}", "Suministros {}", "Hijos de {}", "Bebidas al Mayor {}", "Casa {}",
    "Abastos {}", "Cash {}", "Proveeduría {}",
)  # fmt: skip
KEY_ACCOUNT_PATTERNS = (
    "Hoteles {}", "Supermercados {}", "Grupo Hostelero {}", "Cafeterías {}", "Autoservicios {}", "Catering {}",
)  # fmt: skip
PROSPECT_PATTERNS = (
    "Distribuidora {} de {}", "Bebidas Unidas {} · {}", "Reparto {} de {}", "Cervezas {} de {}", "Logística {} de {}",
)  # fmt: skip
"""With a surname and a city."""

OUTLET_PATTERNS = (
    "Bar {}", "Taberna {}", "Restaurante {}", "Cervecería {}", "Parrilla {}", "Kiosco {}", "Almacén {}", "Cantina {}", "Mesón {}",
    "Café {}", "Bodegón {}", "Despensa {}",
)  # fmt: skip
OUTLET_WORDS = (
    "El Rincón", "La Esquina", "Don Ramiro", "Las Acacias", "El Farol", "La Terraza", "El Puerto", "Los Álamos", "La Estación", "El Molino",
    "Doña Inés", "El Trébol", "La Ribera", "El Mirador", "Los Tilos", "La Parra", "El Andén", "La Gaviota", "El Quebracho", "Santa Lucía",
    "El Faro", "La Plazuela", "Los Pinos", "El Aljibe", "La Barranca", "El Tonel", "La Espiga", "El Ceibo", "La Higuera", "El Patio",
    "La Noria", "El Cruce", "Los Naranjos", "La Buhardilla", "El Galeón", "La Marea", "El Zorzal", "La Fragua", "El Olivar", "La Cumbre",
)  # fmt: skip

INTERESTS = (
    "fútbol", "pesca", "cocina", "ciclismo", "música", "ajedrez", "senderismo", "cine", "huerta", "pádel", "vela", "caballos", "lectura",
)  # fmt: skip


def plain(text: str) -> str:
    """Lower-case ASCII without spaces, for an e-mail address."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def businesses(patterns: tuple[str, ...], words: tuple[str, ...], count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` business names; they repeat only where the combinations run out."""
    every = np.array([pattern.format(word) for word in words for pattern in patterns], dtype=object)
    rounds = -(-count // len(every))
    return np.concatenate([rng.permutation(every) for _ in range(rounds)])[:count]


def people(count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` full names, a first name and two surnames."""
    first = rng.choice(np.array(FIRST_NAMES, dtype=object), count)
    surnames = np.array(SURNAMES, dtype=object)
    father = rng.integers(0, len(surnames), count)
    mother = (father + rng.integers(1, len(surnames), count)) % len(surnames)
    return first + " " + surnames[father] + " " + surnames[mother]


def emails(full_names: np.ndarray, domains: np.ndarray) -> list[str]:
    """first.surname@domain for each full name; the domains are of the reserved kind .example."""
    parts = [name.split() for name in full_names]
    return [f"{plain(part[0])}.{plain(part[1])}@{domain}" for part, domain in zip(parts, domains, strict=True)]
