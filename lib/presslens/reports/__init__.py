"""From notebooks to reports: parameters, running, exporting, the index, and where everything came from."""
