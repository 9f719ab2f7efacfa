"""What customers say: redaction, embeddings and sentiment of review texts."""
