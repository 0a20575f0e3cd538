"""The face of the stand-in: a workspace in the browser, served on loopback, fetching nothing from anywhere else."""
