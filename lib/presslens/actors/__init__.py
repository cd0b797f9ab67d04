"""Who is in an article: mentions of people, countries, organisations and places, resolved to actors."""
