"""Records: save, join, read, exchange. Knows no HTTP and no SQL."""
