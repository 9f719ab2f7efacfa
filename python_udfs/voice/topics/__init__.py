"""What reviews are about: clusters of their embeddings, with words, quotes and labels that say what each is."""
