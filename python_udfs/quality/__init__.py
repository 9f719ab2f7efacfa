"""Quality: which build this is, and how far its customers are from those of the build before."""
