"""The podline command, which is also ``python -m bot``."""

import sys


def main() -> None:
    """Load the program and run it; Ctrl+C while it loads ends it as quietly as later on."""
    try:
        from bot.cli.app import run
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run())


if __name__ == "__main__":
    main()
