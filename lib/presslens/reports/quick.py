"""Import this before anything of Jupyter: it keeps out what costs seconds and is never used here."""

import os
import sys

# jsonschema imports rfc3987_syntax for an optional check of web addresses, and that compiles a grammar for two to three
# seconds; no notebook field is checked for it. A missing module is a case that jsonschema provides for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
# One article is too small for threads of linear algebra to pay, and forked processes are safer without them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
