"""What is written beside the records, and the commands that read a run."""
