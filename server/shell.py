"""The shell: every file that the phone needs to answer by itself, under one version made from their contents."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import brotli
import msgspec
import rjsmin

from server.joined_modules import join_modules
from server.key_scripts import key_scripts
from server.kinds import exported
from server.languages import LANGUAGES
from server.lifelines import Lifelines, read_lifelines
from server.openid.providers import Provider, shown_providers
from server.places import WEB
from server.settings import SignUp
from server.template_compiler import compile_templates
from server.words import Words, own_names, words_of

FOLDERS = ("page", "phone", "styles", "vendor")  # of web/
BESIDE = ("/icons/unlearn.svg", "/icons/measures.svg")  # kept with the shell, under addresses of their own
SUFFIXES = {".js": "text/javascript", ".css": "text/css", ".webmanifest": "application/manifest+json"}
WORKER = ("data.js", "phone/worker.js", "templates.js")  # what worker.js starts with
# Fetched in place of what they are joined from, which is there for whoever wants to look.
JOINED = {"phone.js": WORKER, "page.js": ("page/start.js",)}
STYLES = "styles.css"  # every style sheet in one, the ground first
COMPILER = Path(__file__).parent / "template_compiler"


class ShellFile(msgspec.Struct, frozen=True):
    """One file of the shell: its bytes by content encoding ("" as they are) and its media type."""

    bodies: dict[str, bytes]
    media_type: str


class Shell(msgspec.Struct, frozen=True):
    """The files by path below `prefix`, and the worker's script that names them all."""

    version: str
    files: dict[str, ShellFile]
    worker: ShellFile
    keys: dict[str, ShellFile]  # what makes keys from passphrases, under addresses without the version

    @property
    def prefix(self) -> str:
        """Where the files are served; another content is another address."""
        return f"/shell/{self.version}"


def build_shell(
    cache: Path, lifelines: Lifelines | None = None, sign_up: SignUp = "open", providers: Sequence[Provider] = ()
) -> Shell:
    """Gather, compile and compress the shell; `cache` keeps what was compiled and compressed, by content."""
    cache.mkdir(parents=True, exist_ok=True)
    sources = dict(_sources(cache, _data(lifelines or read_lifelines(), sign_up, providers)))
    keys = key_scripts(sources)
    sources |= {path: join_modules(sources, *modules) for path, modules in JOINED.items()}
    sources[STYLES] = _joined_styles(sources)
    contents = {path: _small(path, source).encode() for path, source in sources.items()}
    icons = [(WEB / path.removeprefix("/")).read_bytes() for path in BESIDE]
    parts = [*(part for path, body in sorted(contents.items()) for part in (path.encode(), body)), *icons]
    version = _digest(*parts)[:16]
    return Shell(
        version,
        {path: _file(body, media_type(path), cache) for path, body in contents.items()},
        _file(_worker(version, contents), SUFFIXES[".js"], cache),
        {name: _file(_small(name, text).encode(), SUFFIXES[".js"], cache) for name, text in keys.items()},
    )


def media_type(path: str) -> str:
    """The media type of a file by its ending."""
    suffix = Path(path).suffix
    return SUFFIXES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def manifest_path(language: str) -> str:
    """Where the shell has what a browser installs the app by."""
    return f"manifest.{language}.webmanifest"


def _sources(cache: Path, data: str) -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((WEB / folder).rglob("*")):
            if path.is_file() and path.suffix in SUFFIXES and not path.name.startswith("tsconfig"):
                yield path.relative_to(WEB).as_posix(), path.read_text(encoding="utf-8")
    for language in LANGUAGES:
        yield manifest_path(language), (WEB / f"manifest.{language}.json").read_text(encoding="utf-8")
    yield "templates.js", _compiled(cache)
    yield "data.js", data


def _joined_styles(sources: Mapping[str, str]) -> str:
    sheets = [path for path in sources if path.startswith("styles/")]
    return "\n".join(sources[path] for path in sorted(sheets, key=lambda path: (path != "styles/unlearn.css", path)))


def _small(path: str, source: str) -> str:
    """The file; our scripts without their comments, which half of them is."""
    return str(rjsmin.jsmin(source)) if path.endswith(".js") and not path.endswith(".min.js") else source


def _compiled(cache: Path) -> str:
    """The templates as a JavaScript module; compiled again when a template or the compiler changed."""
    sources = sorted((WEB / "templates").glob("*.html")) + sorted(COMPILER.glob("*.py"))
    digest = _digest(*(part for path in sources for part in (path.name.encode(), path.read_bytes())))
    kept = cache / f"templates-{digest}.js"
    return _kept(kept, lambda: compile_templates(WEB / "templates", "./phone/render.js").encode()).decode()


def _data(lifelines: Lifelines, sign_up: SignUp, providers: Sequence[Provider]) -> str:
    """What pages are made from besides templates; in a module, for a worker has its modules at hand when it starts."""
    words = {language: _words(language) for language in LANGUAGES}
    headers, routes = (msgspec.Raw((WEB / f"{name}.json").read_bytes()) for name in ("headers", "routes"))
    data = {
        "words": words,
        "languages": own_names(),
        "headers": headers,
        "routes": routes,
        "kinds": msgspec.Raw(exported()),
        "lifelines": lifelines,
        "sign_up": sign_up,
        "providers": shown_providers(providers),
    }
    text = msgspec.json.format(msgspec.json.encode(data), indent=-1).decode()
    literal = msgspec.json.encode(text).decode()
    return f"export const data = JSON.parse({literal});\n"  # read twice as fast as a literal


def _words(language: str) -> Words:
    """The words that a phone needs: pages about accounts are the server's alone."""
    return {section: said for section, said in words_of(language).items() if section != "accounts"}


def _file(body: bytes, media_type: str, cache: Path) -> ShellFile:
    digest = _digest(body)
    brotlied = _kept(cache / f"{digest}.br", lambda: brotli.compress(body, quality=11))
    gzipped = _kept(cache / f"{digest}.gz", lambda: gzip.compress(body, 9, mtime=0))
    return ShellFile({"": body, "br": brotlied, "gzip": gzipped}, media_type)


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    if not path.exists():
        _write(path, make())
    return path.read_bytes()


def _write(path: Path, body: bytes) -> None:
    """Write a whole file or none: a start that was cut short leaves nothing half made."""
    half = path.with_name(f"{path.name}.half")
    half.write_bytes(body)
    half.replace(path)


def _worker(version: str, contents: dict[str, bytes]) -> bytes:
    """The worker's script. Browsers keep with it what it imports, so that only what pages need is left to be cached."""
    kept = {path for path in contents if not path.startswith(("page/", "phone", "styles/")) and path not in WORKER}
    files = msgspec.json.encode([*(f"/shell/{version}/{path}" for path in sorted(kept)), *BESIDE]).decode()
    return f"""\
import {{ modules }} from "/shell/{version}/phone.js";
const [{{ data }}, {{ listen }}, {{ render }}] = {msgspec.json.encode(WORKER).decode()}.map(path => modules[path]);
listen(self, {{ version: "{version}", data, render, files: {files} }});
""".encode()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
