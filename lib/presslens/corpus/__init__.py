"""Many articles: reading corpora, batches, and what the aggregates show."""
