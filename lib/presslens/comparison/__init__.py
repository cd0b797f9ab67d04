"""Several articles side by side: what they share, in what they differ, and which differences chance does not explain."""
