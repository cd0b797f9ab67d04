"""Imported once by the server that worker processes are copied from: everything that they need, loaded."""

from presslens.corpus.analysing import Settings, warm
from presslens.framing.codebook import load

warm(Settings((load("policy_frames"), load("entman"))))
