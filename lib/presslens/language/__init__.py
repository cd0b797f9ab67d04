"""What is shared about the English language: tokens, and small word lists with their sources."""
