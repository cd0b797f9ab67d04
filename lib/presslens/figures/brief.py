"""Figures of the brief: the other notebooks' figures from their saved tables."""

from presslens.figures.actors import tones
from presslens.figures.framing import shares
from presslens.figures.sentiment import arc

__all__ = ["arc", "shares", "tones"]
