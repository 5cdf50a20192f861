"""Work done beside the pages: the kinds of it, what is done regularly, and the worker that does it."""
