from __future__ import annotations

import base64
import hashlib

from presslens.reports.policy import classed, content_policy


def test_a_policy_names_what_may_be_worn_and_run_by_its_hash_and_nothing_else() -> None:
    policy = content_policy(["p { color: red; }"], [])
    digest = base64.b64encode(hashlib.sha256(b"p { color: red; }").digest()).decode()
    assert f"style-src 'sha256-{digest}';" in policy
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_same_style_of_a_drawing_has_the_same_class_on_every_page() -> None:
    first, rules = classed('<svg><path style="fill: red"/><path style="fill: blue"/></svg>')
    second, others = classed('<p style="fill: red">x</p><svg><path style="fill: blue"/></svg>')
    assert "style=" not in first
    assert '<p style="fill: red">' in second  # outside drawings nothing of ours is styled so, and the policy stops it
    blue = next(line for line in rules.splitlines() if "blue" in line)
    assert others == blue
    assert blue[1:].partition("{")[0] in first
