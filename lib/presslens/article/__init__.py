"""From a file to an Article: reading, cleaning, segmenting."""
