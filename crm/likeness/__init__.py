"""How alike are two organisations or people? Pure: words, keys and a small model; no database, no screens."""
