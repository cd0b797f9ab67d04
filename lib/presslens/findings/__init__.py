"""Findings: the sentences that state what tables show, computed from them and never beyond them."""
