"""The shell: every file that the phone needs to answer by itself, under one version made from their contents."""

import gzip
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import msgspec
import rjsmin

from server.kinds import exported
from server.places import WEB
from server.template_compiler import compile_templates

FOLDERS = ("page", "phone", "styles", "vendor", "words")  # of web/
DATA = ("headers.json", "routes.json")
BESIDE = {  # kept with the shell under addresses of their own, and what they are made from
    "/manifest.webmanifest": ("manifest.en.json", "manifest.es.json"),
    "/icons/unlearn.svg": ("icons/unlearn.svg",),
}
SUFFIXES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
COMPILER = Path(__file__).parent / "template_compiler"
IMPORT = re.compile(r'(?:from|import)\s*"(\.[^"]+)"')


class ShellFile(msgspec.Struct, frozen=True):
    """One file of the shell: its bytes by content encoding ("" as they are) and its media type."""

    bodies: dict[str, bytes]
    media_type: str


class Shell(msgspec.Struct, frozen=True):
    """The files by path below `prefix`, and the worker's script that names them all."""

    version: str
    files: dict[str, ShellFile]
    worker: bytes

    @property
    def prefix(self) -> str:
        """Where the files are served; another content is another address."""
        return f"/shell/{self.version}"


def build_shell(cache: Path) -> Shell:
    """Gather, compile and compress the shell; `cache` keeps what was compiled and compressed, by content."""
    cache.mkdir(parents=True, exist_ok=True)
    contents = dict(_contents(cache))
    beside = [(WEB / name).read_bytes() for names in BESIDE.values() for name in names]
    version = _digest(*(part for path, body in sorted(contents.items()) for part in (path.encode(), body)), *beside)[
        :16
    ]
    files = {path: ShellFile(_bodies(body, cache), media_type(path)) for path, body in contents.items()}
    return Shell(version, files, _worker(version, sorted(contents.keys() - _of_worker_alone(contents))))


def media_type(path: str) -> str:
    """The media type of a file by its ending."""
    suffix = Path(path).suffix
    return SUFFIXES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def _contents(cache: Path) -> Iterator[tuple[str, bytes]]:
    for folder in FOLDERS:
        for path in sorted((WEB / folder).rglob("*")):
            if path.is_file() and path.suffix in SUFFIXES and not path.name.startswith("tsconfig"):
                yield path.relative_to(WEB).as_posix(), _small(path)
    for name in DATA:
        yield name, (WEB / name).read_bytes()
    yield "kinds.json", exported()
    yield "templates.js", _compiled(cache)


def _small(path: Path) -> bytes:
    """The file; our scripts without their comments, which half of them is."""
    if path.suffix != ".js" or path.name.endswith(".min.js"):
        return path.read_bytes()
    return str(rjsmin.jsmin(path.read_text(encoding="utf-8"))).encode()


def _of_worker_alone(contents: dict[str, bytes]) -> set[str]:
    """The scripts that only the worker runs: browsers keep those with the worker, so the cache need not."""
    worker = _imported(contents, "phone/worker.js") | _imported(contents, "templates.js")
    return worker - _imported(contents, "page/start.js")


def _imported(contents: dict[str, bytes], script: str) -> set[str]:
    """The script and all that it imports."""
    found, to_read = {script}, [script]
    while to_read:
        at = to_read.pop()
        for name in IMPORT.findall(contents[at].decode()):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(at), name))
            if path not in found:
                found.add(path)
                to_read.append(path)
    return found


def _compiled(cache: Path) -> bytes:
    """The templates as a JavaScript module; compiled again when a template or the compiler changed."""
    sources = sorted((WEB / "templates").glob("*.html")) + sorted(COMPILER.glob("*.py"))
    digest = _digest(*(part for path in sources for part in (path.name.encode(), path.read_bytes())))
    kept = cache / f"templates-{digest}.js"
    if not kept.exists():
        _write(kept, compile_templates(WEB / "templates", "./phone/render.js").encode())
    return kept.read_bytes()


def _bodies(body: bytes, cache: Path) -> dict[str, bytes]:
    kept = cache / f"{_digest(body)}.br"
    if not kept.exists():
        _write(kept, brotli.compress(body, quality=11))
    return {"": body, "br": kept.read_bytes(), "gzip": gzip.compress(body, 9, mtime=0)}


def _write(path: Path, body: bytes) -> None:
    """Write a whole file or none: a start that was cut short leaves nothing half made."""
    half = path.with_suffix(".half")
    half.write_bytes(body)
    half.replace(path)


def _worker(version: str, paths: list[str]) -> bytes:
    files = msgspec.json.encode([*(f"/shell/{version}/{path}" for path in paths), *BESIDE]).decode()
    return f"""\
import {{ listen }} from "/shell/{version}/phone/worker.js";
import * as templates from "/shell/{version}/templates.js";
listen(self, {{ version: "{version}", templates, files: {files} }});
""".encode()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
