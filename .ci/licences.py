"""Whether every package of this environment has a licence of `licences.txt`; names those that have not, and ends with 1."""

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def allowed() -> tuple[set[str], dict[str, str]]:
    """Licences, and the licence of packages whose metadata do not say it."""
    lines = [line.strip() for line in (HERE / "licences.txt").read_text("utf-8").splitlines()]
    entries = [line for line in lines if line and not line.startswith("#")]
    named = dict(entry.split(": ", 1) for entry in entries if ": " in entry)
    return {entry for entry in entries if ": " not in entry}, named


def is_fine(licence: str, known: set[str]) -> bool:
    """Whether an expression of licences is: `A OR B`, `A AND B`, or several names with `;` between (all needed)."""
    if licence in known:
        return True
    if " OR " in licence and " AND " not in licence:
        return any(is_fine(part.strip(" ()"), known) for part in licence.split(" OR "))
    parts = [part.strip(" ()") for part in re.split(r" AND |;", licence)]
    return len(parts) > 1 and all(is_fine(part, known) for part in parts)


def main() -> int:
    command = ["pip-licenses", "--from=mixed", "--format=json", "--with-system"]
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]], check=True, capture_output=True, text=True
    )
    known, named = allowed()
    packages = [(one["Name"], one["License"]) for one in json.loads(done.stdout)]
    bad = [
        (name, licence)
        for name, licence in packages
        if name != "presslens" and not is_fine(named.get(name, licence), known)
    ]
    for name, licence in bad:
        print(f"{name}: its licence {licence!r} is not on the list of .ci/licences.txt", file=sys.stderr)
    if not bad:
        print(f"licences: {len(packages)} packages, all on the list")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
