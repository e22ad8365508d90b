"""Distances on the earth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lumbago.model.activities import Column

_EARTH_M = 6_371_000.0  # the mean radius


def haversine_m(latitude: Column, longitude: Column) -> Column:
    """Metres from each point to the next along a great circle, shape (n-1,), NaN beside a point without a position.

    latitude, longitude: degrees, shape (n,).

    >>> haversine_m(np.array([0.0, 0.0]), np.array([0.0, 1.0])).round()
    array([111195.])
    """
    phi, lam = np.radians(latitude), np.radians(longitude)
    across = np.sin(np.diff(lam) / 2) ** 2 * np.cos(phi[:-1]) * np.cos(phi[1:])
    half_chord = np.sqrt(np.sin(np.diff(phi) / 2) ** 2 + across)
    steps: Column = 2 * _EARTH_M * np.arcsin(np.minimum(half_chord, 1.0))
    return steps
