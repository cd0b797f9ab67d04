"""Small articles, written for these tests."""

from collections.abc import Callable

import pytest

from presslens.corpus.analysing import Settings
from presslens.corpus.entries import Entry
from presslens.framing.codebook import load

TEXTS = (
    "The mayor of Oslo praised the nurses on Monday. Their hospital is wonderful, she said. It saved many lives.",
    "Fluxel Corporation lied about its costs. Prices rose and families cannot pay the rent.\n\nFluxel said it was sorry.",
    "The court ruled that the law was unfair. Judges said the police broke the rules.\n\n“It is a disgrace,” Ada Dell said.",
)


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings((load("policy_frames"), load("entman")), draws=50)


@pytest.fixture(scope="session")
def make() -> Callable[[int], list[Entry]]:
    def made(count: int) -> list[Entry]:
        return [
            Entry(
                id=f"a{i}",
                text=f"{TEXTS[i % 3]} That was story {i}.",
                title=f"Story {i}",
                date="2020-01-02",
                source=f"c, line {i}",
            )
            for i in range(count)
        ]

    return made
