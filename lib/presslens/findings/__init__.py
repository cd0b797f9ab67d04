"""Findings: the sentences that state what tables show, computed from them and never beyond them."""

from presslens.findings import article, brief, framing, keywords, sentiment

__all__ = ["article", "brief", "framing", "keywords", "sentiment"]
