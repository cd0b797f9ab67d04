"""Import this before anything of Jupyter: it keeps out what costs seconds and is never used here."""

import os
import sys

# What jsonschema checks web addresses and durations with, where it is there: rfc3987_syntax compiles a grammar for two to
# three seconds, the others long patterns. No field of a notebook is checked for them.
for name in ("rfc3987_syntax", "rfc3986_validator", "isoduration"):
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]
# One article is too small for threads of linear algebra to pay, and forked processes are safer without them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
