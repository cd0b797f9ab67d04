"""Figures of the brief: the other notebooks' figures from their saved tables."""

from presslens.figures.article import actors
from presslens.figures.framing import shares
from presslens.figures.sentiment import arc

__all__ = ["actors", "arc", "shares"]
