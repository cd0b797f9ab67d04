"""What a text is about: key phrases, keyness, concordance, collocations."""
