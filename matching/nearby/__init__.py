"""One person beside very many jobs: those within their reach are gathered from the map, then all compared."""
