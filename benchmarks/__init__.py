"""What is measured rather than tested: the segmentation on shops whose truth is known."""
