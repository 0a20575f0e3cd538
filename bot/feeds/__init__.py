"""Calendar feeds fetched from the web: carefully, politely, and believed only after a second look."""
