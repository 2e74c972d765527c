"""Letters on their way: handed to the mail server in threads of their own, so that nobody waits and nothing fails for them."""

import asyncio
import logging
import smtplib
import ssl
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid

from server.attempts import Attempts
from server.mail_server import MailServer

log = logging.getLogger("unlearn")

PATIENCE_S = 20  # for each answer of the mail server
LAST_LETTERS_S = 2  # when closing
MOST_WAITING = 1000
MOST_AN_HOUR, HOUR_MS = 30, 60 * 60 * 1000  # to one person, and for one address: nobody is buried in letters of ours
REMEMBERED = 20_000


class Mail:
    """What goes out by one mail server; with none, nothing does."""

    def __init__(self, server: MailServer | None) -> None:
        self.server = server
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="mail")
        self._under_way: set[asyncio.Future[None]] = set()
        self._posted = Attempts(MOST_AN_HOUR, HOUR_MS, REMEMBERED)

    def post(self, to: str, subject: str, text: str, asked_from: str) -> None:
        """Send a letter in a while, unless `asked_from`, an address of the network, or the person had too many."""
        if not self.server or len(self._under_way) >= MOST_WAITING:
            return
        if self._posted.take([f"to {to}", f"from {asked_from}"], time.monotonic_ns() // 1_000_000):
            return
        sending = asyncio.get_running_loop().run_in_executor(self._threads, _send, self.server, to, subject, text)
        self._under_way.add(sending)
        sending.add_done_callback(self._under_way.discard)

    async def sent(self, patience: float | None = None) -> None:
        """Wait until what is under way has gone, but no longer than so many seconds."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)

    async def close(self) -> None:
        """Let go of what takes too long."""
        await self.sent(LAST_LETTERS_S)
        self._threads.shutdown(wait=False, cancel_futures=True)


@asynccontextmanager
async def open_mail(server: MailServer | None) -> AsyncIterator[Mail]:
    """The mail of an application, for as long as it runs."""
    mail = Mail(server)
    try:
        yield mail
    finally:
        await mail.close()


def _send(server: MailServer, to: str, subject: str, text: str) -> None:
    try:
        letter = _letter(server, to, subject, text)
        with _connected(server) as smtp:
            if server.user:
                smtp.login(server.user, server.password)
            smtp.send_message(letter, server.sender, [to])
    except (OSError, ValueError) as failed:  # smtplib's own are OSErrors; what they say can hold an address
        log.warning("a letter could not be sent: %s", type(failed).__name__)


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_S, context=context)
    smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S)
    if server.security == "starttls":
        try:
            smtp.starttls(context=ssl.create_default_context())
        except BaseException:
            smtp.close()
            raise
    return smtp


def _letter(server: MailServer, to: str, subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = server.sender, to, subject
    letter["Date"] = format_datetime(localtime())
    letter["Message-ID"] = make_msgid(domain=server.sender.partition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers to this
    letter.set_content(text)
    return letter
