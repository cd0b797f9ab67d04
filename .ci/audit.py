"""Whether a known fault of a dependency is in the database of pip-audit; says so and passes where that cannot be reached."""

import json
import subprocess
import sys
from pathlib import Path

SECONDS = 120
PIP_AUDIT = Path(sys.executable).parent / "pip-audit"


def main() -> int:
    command = [str(PIP_AUDIT), "--format=json", "--progress-spinner=off", "--vulnerability-service=osv", "--timeout=10"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        print(f"pip-audit: skipped, its database did not answer in {SECONDS} seconds")
        return 0
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1][:200]
        print(f"pip-audit: skipped, its database cannot be reached ({reason})")
        return 0
    faults = [(one["name"], one["version"], fault["id"]) for one in packages for fault in one.get("vulns", [])]
    for name, version, fault in faults:
        print(f"pip-audit: {name} {version} has {fault}", file=sys.stderr)
    print(f"pip-audit: {len(packages)} packages, {len(faults)} known faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
