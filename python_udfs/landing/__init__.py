"""Landing: a shop's files, of whatever format, as text columns that staging models type and check."""
