"""What is chosen for this browser, whoever uses it: the language, and the country whose crisis lines to show."""

from litestar.datastructures import Cookie
from litestar.response import Redirect

from server.languages import accepted_languages, choose_language
from server.request import AnyRequest
from server.sessions import is_secure

LANGUAGE, COUNTRY = "language", "country"  # the cookies' names
YEAR = 365 * 24 * 60 * 60  # seconds


def language_of(request: AnyRequest) -> str:
    """The language that the person chose here, else one that their browser asks for."""
    chosen = request.cookies.get(LANGUAGE, "")
    return choose_language(chosen, accepted_languages(request.headers.get("accept-language", "")))


def country_of(request: AnyRequest) -> str:
    """The country that the person chose here, or ""."""
    return request.cookies.get(COUNTRY, "")


def remember(request: AnyRequest, choice: str, value: str, answer: Redirect) -> Redirect:
    """The answer, with which the browser remembers the choice for a year."""
    secure = is_secure(request.app.state.settings)
    answer.set_cookie(Cookie(choice, value=value, max_age=YEAR, samesite="lax", path="/", httponly=True, secure=secure))
    return answer
