"""The usual stack over the same articles, one after the other: NLTK's sentences and words, its VADER, a dictionary, yake.

`python stack.py` reads a list of texts from standard input as JSON and prints the processor seconds of each part as JSON;
it needs NLTK with vaderSentiment's lexicon, or yake where its argument is `yake`: that one is under the AGPL and lives in
an environment of its own.
"""

import json
import sys
import time


def yake(texts: list[str]) -> dict[str, float]:
    import yake as peer

    extractor = peer.KeywordExtractor(lan="en", n=3, top=15)
    extractor.extract_keywords(texts[0])
    begin = time.process_time()
    for text in texts:
        extractor.extract_keywords(text)
    return {"yake": time.process_time() - begin}


def classic(texts: list[str], terms: list[str]) -> dict[str, float]:
    from importlib import resources

    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    vader = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)
    vader.lexicon_file = (resources.files("vaderSentiment") / "vader_lexicon.txt").read_text("utf-8").rstrip("\n")
    vader.lexicon = vader.make_lex_dict()
    vader.constants = VaderConstants()
    punkt, words, listed = PunktSentenceTokenizer(), NLTKWordTokenizer(), set(terms)
    marks = {"sentences": 0.0, "words": 0.0, "vader": 0.0, "dictionary": 0.0}
    for text in texts:
        begin = time.process_time()
        sentences = punkt.tokenize(text)
        cut = time.process_time()
        tokens = [word.lower() for sentence in sentences for word in words.tokenize(sentence)]
        worded = time.process_time()
        for sentence in sentences:
            vader.polarity_scores(sentence)
        felt = time.process_time()
        counts: dict[str, int] = {}
        for token in tokens:
            if token in listed:
                counts[token] = counts.get(token, 0) + 1
        end = time.process_time()
        for name, seconds in zip(marks, (cut - begin, worded - cut, felt - worded, end - felt), strict=True):
            marks[name] += seconds
    return marks


if __name__ == "__main__":
    given = json.load(sys.stdin)
    found = yake(given["texts"]) if sys.argv[1:] == ["yake"] else classic(given["texts"], given["terms"])
    print(json.dumps(found))
