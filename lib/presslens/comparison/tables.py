"""The tables of a comparison, each from tables of single articles put one below the other."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from presslens.comparison import permuting
from presslens.keywords.keyness import benjamini_hochberg, keyness
from presslens.language.stems import stem

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
Q = 0.05
PRIOR = (
    100.0  # words' worth of the prior: a quarter of a short article, so that it steadies counts and does not drown them
)


def unified(mentions: pd.DataFrame) -> pd.DataFrame:
    """Mentions of several articles with one name for an actor that some name in full and others by surname alone.

    A person whose only name in one article is a single word is taken for the one person of the other articles whose last
    name it is; where two have it, each stays as it is.

    Args:
        mentions: as `actors.mentions.mentions` gives them, of several articles.
    """
    people = mentions.loc[mentions["kind"].eq("person"), "actor"].drop_duplicates()
    full = people[people.str.contains(" ")]
    last = full.str.split().str[-1].str.casefold()
    alone = last[~last.duplicated(keep=False)]
    named = dict(zip(alone, full[alone.index], strict=True))
    single = {name: named[name.casefold()] for name in people if " " not in name and name.casefold() in named}
    return mentions.assign(actor=mentions["actor"].replace(single))


def shared_tones(tones: pd.DataFrame, *, least: int = 2) -> pd.DataFrame:
    """Tone in the author's voice toward the actors that at least `least` articles name, those in most articles first.

    Args:
        tones: as `targets_actors.actor_tones` gives it, of several articles.
        least: articles that must name the actor in the author's voice.

    Returns:
        Those rows, with `articles` (how many name the actor).
    """
    own = tones[tones["voice"] == "author"]
    articles = own.groupby("actor")["article"].transform("nunique")
    total = own.groupby("actor")["mentions"].transform("sum")
    table = own.assign(articles=articles, total=total)[articles >= least]
    order = {name: place for place, name in enumerate(dict.fromkeys(tones["article"]))}
    table = table.assign(order=table["article"].map(order)).sort_values(
        ["articles", "total", "actor", "order"], ascending=[False, False, True, True], kind="stable"
    )
    return table.drop(columns=["total", "order"]).reset_index(drop=True)


def sentence_differences(scores: pd.DataFrame, *, draws: int = 10_000, seed: int = 0) -> pd.DataFrame:
    """How different the mean tone of each pair of articles is.

    Args:
        scores: as `sentiment.scoring.score` gives them, of several articles.
        draws: deals of the permutation test.
        seed: of the deals.

    Returns:
        As `permuting.differences`, with `p_corrected` and `clear`.
    """
    values = scores.assign(value=scores["score"])[["article", "value"]]
    return permuting.corrected(permuting.differences(values, draws=draws, seed=seed))


def tone_differences(toned: pd.DataFrame, *, least: int = 3, draws: int = 10_000, seed: int = 0) -> pd.DataFrame:
    """How differently articles feel toward an actor that both name `least` times or more in the author's voice.

    Args:
        toned: mentions with `article`, `actor`, `voice`, `score`.
        least: mentions that either article needs.
        draws: deals of the permutation test.
        seed: of the deals.

    Returns:
        As `permuting.differences` by `actor`, with `p_corrected` and `clear`.
    """
    own = toned[toned["voice"] == "author"]
    often = own.groupby(["article", "actor"])["score"].transform("size")
    values = own[often >= least].assign(value=own["score"])[["article", "actor", "value"]]
    return permuting.corrected(permuting.differences(values, by="actor", draws=draws, seed=seed))


def distinguishing(tokens: pd.DataFrame, *, least: int = 2, prior: float = PRIOR) -> pd.DataFrame:
    """The words that set each article apart from the others: log odds with an informative Dirichlet prior.

    Monroe, Colaresi and Quinn 2008 (Political Analysis 16:4), by `keywords.keyness` with the other articles as reference;
    content words only. The words of an article are not drawn one by one, as the test supposes: one used once comes again.

    Args:
        tokens: of several articles.
        least: how often a word must come in the article.
        prior: words' worth of the prior.

    Returns:
        One row an article and word, by falling `z`: `article`, `term`, `count`, `elsewhere` (in the others together),
        `per_1000`, `elsewhere_per_1000`, `log_odds`, `low`, `high` (95 %), `z`, `q` (two-sided, Benjamini-Hochberg over all
        rows), `paragraphs`, `clear` (q < .05, above 0, and in two paragraphs or more).
    """
    from scipy.special import erfc

    parts = []
    for article, own in tokens.groupby("article", sort=False):
        others = tokens[tokens["article"] != article]
        if (others["kind"] == "word").any() and (own["kind"] == "word").any():
            parts.append(keyness(own, reference=others, least=least, prior=prior, content_only=True))
    columns = {
        "article": "str", "term": "str", "count": "int64", "elsewhere": "int64", "per_1000": "float64",
        "elsewhere_per_1000": "float64", "log_odds": "float64", "low": "float64", "high": "float64", "z": "float64",
        "q": "float64", "paragraphs": "int64", "clear": "bool",
    }  # fmt: skip
    if not parts:
        return pd.DataFrame(columns=list(columns)).astype(columns)
    table = pd.concat(parts, ignore_index=True)
    error = (table["log_odds"] / table["z"].replace(0, np.nan)).abs().fillna(0.0)
    q = benjamini_hochberg(np.asarray(erfc(table["z"].abs().to_numpy() / np.sqrt(2))))
    table = table.assign(
        elsewhere=table["reference_count"],
        per_1000=table["per_million"] / 1000,
        elsewhere_per_1000=table["reference_per_million"] / 1000,
        low=table["log_odds"] - 1.96 * error,
        high=table["log_odds"] + 1.96 * error,
        q=q,
        clear=(q < Q) & (table["log_odds"] > 0) & (table["paragraphs"] > 1),
    )
    order = {name: place for place, name in enumerate(dict.fromkeys(tokens["article"]))}
    table = table.assign(order=table["article"].map(order), z=table["z"].round(9)).sort_values(
        ["order", "z", "term"], ascending=[True, False, True], kind="stable"
    )
    return table[list(columns)].astype(columns).reset_index(drop=True)


def frame_differences(
    codings: pd.DataFrame, *, residual: str = "Other", least: int = 4, draws: int = 10_000, seed: int = 0
) -> pd.DataFrame:
    """In how many more of its sentences one article uses a frame than another.

    Args:
        codings: as `framing.coding.code` gives them, of several articles and one codebook.
        residual: the residual frame, left out.
        least: sentences of all articles together that must use a frame; of fewer no difference could be told.
        draws: deals of the permutation test.
        seed: of the deals.

    Returns:
        As `permuting.differences` by `frame` (shares of sentences), with `p_corrected` and `clear`.
    """
    times = codings.loc[codings["coded"] & codings["frame"].ne(residual), "frame"].value_counts()
    some = codings[codings["frame"].isin(times.index[times >= least])]
    values = some.assign(value=some["coded"].astype("float64"))[["article", "frame", "value"]]
    return permuting.corrected(permuting.differences(values, by="frame", draws=draws, seed=seed))


def quoted_shares(scores: pd.DataFrame, *, draws: int = 1000, seed: int = 0) -> pd.DataFrame:
    """The share of the sentences of each article of which half or more stands in quotation marks.

    Args:
        scores: as `sentiment.scoring.score` gives them, of several articles.
        draws: of the bootstrap.
        seed: of the bootstrap.

    Returns:
        One row an article: `article`, `share`, `low`, `high` (95 %), `sentences`.
    """
    found = []
    for article, part in scores.groupby("article", sort=False):
        values = (part["quoted"] >= 0.5).to_numpy(dtype=np.float64)
        generator = permuting._generator(seed, "quoted", str(article))
        drawn = generator.binomial(len(values), values.mean(), size=draws) / len(values)
        low, high = np.quantile(drawn, [0.025, 0.975])
        found.append((article, values.mean(), low, high, len(values)))
    columns = ["article", "share", "low", "high", "sentences"]
    return pd.DataFrame(found, columns=columns).astype({"article": "str", "sentences": "int64"})


def one_name(quotations: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The quotations of several articles, their speakers named as `unified` names the actors."""
    new = unified(mentions)["actor"].to_numpy()
    names = {old: now for old, now in zip(mentions["actor"], new, strict=True) if old != now}
    return quotations.assign(speaker=quotations["speaker"].replace(names))


def long(table: pd.DataFrame, *, item: str) -> pd.DataFrame:
    """What `by_article` gives, a row an article that has the item: `article`, the item, `value`, `articles`."""
    fixed = [name for name in (item, "articles", "total", "listed") if name in table.columns]
    found = table.melt(id_vars=fixed, var_name="article", value_name="value").astype({"article": "str"})
    return found.loc[found["value"] > 0, ["article", item, "value", "articles"]].reset_index(drop=True)


def by_article(table: pd.DataFrame, names: Sequence[str], *, item: str, value: str) -> pd.DataFrame:
    """An item a row and an article a column: how much of each item each article has; 0 where it has none.

    Args:
        table: `article`, the `item` and its `value`.
        names: the articles, in order.
        item: the column that names the rows (a speaker, a key phrase).
        value: the column with the numbers, added up.

    Returns:
        `item`, `articles` (how many have it), `total`, then a column an article; those in most articles first, then the
        largest.
    """
    wide = table.pivot_table(index=item, columns="article", values=value, aggfunc="sum", fill_value=0, sort=True)
    wide = wide.reindex(columns=list(names), fill_value=0)
    found = wide.assign(articles=(wide > 0).sum(axis=1), total=wide.sum(axis=1)).rename_axis(columns=None).reset_index()
    found = found.sort_values(["articles", "total", item], ascending=[False, False, True], kind="stable")
    return found[[item, "articles", "total", *names]].reset_index(drop=True)


def phrase_places(phrases: pd.DataFrame, sentences: pd.DataFrame, *, names: Sequence[str]) -> pd.DataFrame:
    """In how many sentences of each article each key phrase of any of them stands, inflections and case apart.

    Args:
        phrases: as `keywords.ranking.keyphrases` gives them, of several articles.
        sentences: of those articles.
        names: the articles, in order.

    Returns:
        As `by_article` with `phrase`; a phrase that several list stands once, as first written, with `listed` (how many
        articles have it among their key phrases).
    """
    keyed = phrases.assign(key=[_stems(str(phrase)) for phrase in phrases["phrase"]])
    listed = keyed.groupby("key")["article"].nunique()
    first = keyed.drop_duplicates("key").set_index("key")["phrase"]
    held = sentences.assign(stems=[f" {_stems(str(text))} " for text in sentences["text"]])
    found = [
        (phrase, int(listed.loc[str(name)]), article, int(part["stems"].str.contains(f" {name} ", regex=False).sum()))
        for name, phrase in first.items()
        for article, part in held.groupby("article", sort=False)
    ]
    long = pd.DataFrame(found, columns=["phrase", "listed", "article", "sentences"])
    wide = by_article(long, names, item="phrase", value="sentences")
    counts = long.drop_duplicates("phrase").set_index("phrase")["listed"]
    return wide.assign(listed=wide["phrase"].map(counts).astype("int64")) if len(wide) else wide.assign(listed=0)


def _stems(text: str) -> str:
    """The stems of the words of a text, possessives apart."""
    words = (POSSESSIVE.sub("", word) for word in WORD.findall(text.casefold()))
    return " ".join(stem(word) for word in words)
