"""The roster file: reading it with errors that say where, and writing one."""
