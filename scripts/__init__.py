"""What the two commands run: the main job, publishing, and what a build prints."""
