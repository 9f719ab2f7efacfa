"""The Python behind the Python models: voice, segmentation, description, and the engine seam beside them."""
