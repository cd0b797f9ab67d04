"""Imported once by the server that worker processes are copied from: everything that they need, loaded."""

import gc

gc.disable()  # all that is loaded here stays: looking through it for what can be thrown away would cost a tenth of the time

from presslens.corpus.analysing import Settings, warm  # noqa: E402
from presslens.framing.codebook import load  # noqa: E402

warm(Settings((load("policy_frames"), load("entman"))))
gc.enable()
