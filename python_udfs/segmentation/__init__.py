"""Segmentation: features to fused vectors, vectors to clusters, clusters to segments that keep their keys."""
