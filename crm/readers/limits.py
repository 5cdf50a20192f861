"""How large an upload may be: enough for real lists, too little to stop the service."""

UPLOAD_BYTES = 10 * 1024 * 1024
"""Largest table file that is read, in bytes."""

ADVERT_BYTES = 100 * 1024 * 1024
"""Largest file of adverts that is read, in bytes; adverts stream, so the whole is never parsed at once."""

ROWS = 50_000
"""Most rows in one table, the header not counted."""

COLUMNS = 200
"""Most columns in one table."""

CELL_CHARACTERS = 32_767
"""Longest cell, in characters: the limit of spreadsheets themselves."""

ARCHIVE_ENTRIES = 1_000
"""Most files inside one workbook (a workbook is a zip)."""

ADVERT_ENTRIES = 50_000
"""Most adverts' files inside one zip."""

UNPACKED_BYTES = 100 * 1024 * 1024
"""Most bytes that a workbook may unpack to."""

ADVERTS_UNPACKED_BYTES = 1024 * 1024 * 1024
"""Most bytes that a zip of adverts may unpack to; its files are unpacked one at a time."""

ADVERT_ENTRY_BYTES = 50 * 1024 * 1024
"""Most bytes that one file inside a zip of adverts may unpack to."""

PACKING_RATIO = 100
"""Most times that a zip may grow when unpacked; real workbooks measured grow 1 to 60 times."""

CHILD_MEMORY_BYTES = 512 * 1024 * 1024
"""Address space of the process that reads an upload."""

CHILD_SECONDS = 10
"""Processor time, in seconds, after which the process that reads a table is stopped."""

ADVERT_SECONDS = 180
"""The same for a lot of adverts: 50,000 of them take two minutes."""

VOCABULARY_SECONDS = 30
"""The same for a vocabulary: ESCO takes about three seconds."""

CHILD_ANSWER_BYTES = 256 * 1024 * 1024
"""Most bytes that such a process may answer with."""

CHILD_TEXT_CHARACTERS = 40_000_000
"""Most characters of text that one sheet may hold."""
