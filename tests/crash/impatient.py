"""The server with less patience, for tests that wait until it is at its end: python -m tests.crash.impatient serve."""

from server import under_way
from server.commands import main

under_way.SILENCE_S = 1

if __name__ == "__main__":
    main()
