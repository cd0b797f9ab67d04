"""presslens: close and distant reading of news, with evidence for every number."""

__version__ = "0.1.0"
