"""The server with less patience, for tests that wait until it is at its end: python -m tests.crash.impatient serve."""

from server import serve
from server.commands import main

serve.SILENCE_S = 1

if __name__ == "__main__":
    main()
