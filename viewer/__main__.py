"""The program: ``python -m viewer``."""

import sys


def main(arguments: list[str] | None = None) -> int:
    """Start the program and return its exit code; everything is imported here, for the engine imports this file too."""
    from viewer.app import startup

    return startup.run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    import multiprocessing

    multiprocessing.freeze_support()
    sys.exit(main())
