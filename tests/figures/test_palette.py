"""The palette for every eye: contrast (WCAG 2.2) on paper, light and dark, and distances under each colour blindness."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest

from presslens.figures import style
from presslens.reports.exporting import stylesheet

# Full dichromacy, in linear RGB: Machado, Oliveira and Fernandes 2009, IEEE TVCG 15:6, severity 1.0.
BLINDNESS = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]])
MODES = ("light", "dark")
TEXT = ("ink", "muted", "negative", "positive", "accent", "series-3", "series-4", "series-5", "series-6")
MARKS = ("mark-negative", "mark-positive", "mark-frame", "mark-plain")


def palettes() -> dict[str, dict[str, str]]:
    """The colours of the style sheet by role, in each mode."""
    light, dark = re.findall(r":root \{([^{}]*)\}", stylesheet())[:2]
    found = {
        mode: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rules))
        for mode, rules in (("light", light), ("dark", dark))
    }
    return {"light": found["light"], "dark": {**found["light"], **found["dark"]}}


PALETTES = palettes()


def linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, eye: str) -> np.ndarray:
    """CIE Lab of a colour as an eye sees it (D65)."""
    xyz = XYZ @ np.clip(np.array(BLINDNESS[eye]) @ linear(colour), 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, eye: str) -> float:
    return float(np.linalg.norm(seen(one, eye) - seen(other, eye)))


def test_the_arithmetic_of_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the well-known grey that just fails


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("role", TEXT)
def test_what_is_written_stands_out_from_the_paper(role: str, mode: str) -> None:
    colours = PALETTES[mode]
    assert contrast(colours[role], colours["paper"]) >= 4.5
    assert contrast(colours[role], colours["wash"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_words_can_be_read_on_every_mark_and_points_can_be_seen(mode: str) -> None:
    colours = PALETTES[mode]
    assert min(contrast(colours["ink"], colours[mark]) for mark in MARKS) >= 7
    assert contrast(colours["neutral"], colours["paper"]) >= 3  # a graphic, no text (WCAG 1.4.11)


@pytest.mark.parametrize("eye", BLINDNESS)
@pytest.mark.parametrize("mode", MODES)
def test_negative_neutral_and_positive_differ_for_every_eye(mode: str, eye: str) -> None:
    colours = [PALETTES[mode][role] for role in ("negative", "neutral", "positive")]
    assert min(apart(*pair, eye) for pair in combinations(colours, 2)) >= 15


TOGETHER = ("positive", "negative", "accent", "series-3", "series-4", "series-5", "series-6")  # layers of one text


@pytest.mark.parametrize("eye", BLINDNESS)
@pytest.mark.parametrize("mode", MODES)
def test_colours_that_stand_together_differ_for_every_eye(mode: str, eye: str) -> None:
    colours = {role: PALETTES[mode][role] for role in (*TOGETHER, "neutral")}
    near = {pair: apart(colours[pair[0]], colours[pair[1]], eye) for pair in combinations(colours, 2)}
    assert {pair: round(distance) for pair, distance in near.items() if distance < 15} == {}
    # an interval is drawn in ink over a bar
    assert apart(PALETTES[mode]["series-3"], PALETTES[mode]["ink"], eye) >= 25


def test_figures_are_drawn_in_the_colours_of_the_page() -> None:
    for colour, role in style.ROLES.items():
        assert PALETTES["light"][role] == colour
