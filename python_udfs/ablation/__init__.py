"""Ablation: what segments know about customers with and without reviews, and compared with RFM."""
