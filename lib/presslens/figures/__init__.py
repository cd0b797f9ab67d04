"""Figures in one house style: each module takes tables and returns Figures with title, caption, alt text and data."""

from presslens.figures import article, brief, framing, keywords, sentiment

__all__ = ["article", "brief", "framing", "keywords", "sentiment"]
