"""Seeded chance: one independent stream of random numbers per subject, so that a change in one leaves the others alone."""

import zlib

import numpy as np


def stream(seed: int, subject: str) -> np.random.Generator:
    """Random numbers for one subject, the same for the same seed and subject."""
    return np.random.default_rng([seed, zlib.crc32(subject.encode())])


def shares_to_counts(weights: np.ndarray, total: int) -> np.ndarray:
    """Whole counts in proportion to `weights` (any shape) which add up to `total` exactly."""
    cumulative = np.cumsum(weights, dtype=float).ravel()
    steps = np.floor(cumulative / cumulative[-1] * total + 1e-9)
    steps[-1] = total
    return np.diff(steps, prepend=0).astype(np.int64).reshape(np.shape(weights))


def dealt(weights: np.ndarray, total: int, rng: np.random.Generator) -> np.ndarray:
    """`total` category numbers in proportion to `weights`, shuffled."""
    return rng.permutation(np.repeat(np.arange(len(weights)), shares_to_counts(weights, total)))


def spread_normal(rows: int, columns: int, rng: np.random.Generator, block: int = 24) -> np.ndarray:
    """Normal noise, rows × columns, with mean 0 and deviation 1 inside each row's blocks of `block` columns.

    Blocks are counted back from the last column. Noise of an exact size is what makes an account stable
    or erratic by construction and not only on average.
    """
    noise = rng.standard_normal((rows, columns))
    for end in range(columns, 0, -block):
        part = noise[:, max(0, end - block) : end]
        part -= part.mean(axis=1, keepdims=True)
        part /= np.maximum(part.std(axis=1, keepdims=True), 0.25)
    return noise


def pick_by_group(wanted: np.ndarray, members: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One random position for each entry of `wanted` (group numbers) among `members` (each position's group); -1 for an empty group."""
    order = np.argsort(members, kind="stable")
    groups = int(max(wanted.max(initial=0), members.max(initial=0))) + 1
    size = np.bincount(members, minlength=groups)
    start = np.cumsum(size) - size
    place = np.floor(rng.random(len(wanted)) * size[wanted]).astype(np.int64)
    found = order[np.minimum(start[wanted] + place, len(order) - 1)]
    return np.where(size[wanted] > 0, found, -1)
