"""`unlearn` with each push in a commit of its own, to show what sharing them is worth; no setting of the product's."""

from server import commands
from server.storage import sqlite_file

sqlite_file.MAX_TOGETHER = 1
commands.main()
