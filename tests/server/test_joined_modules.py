import subprocess

import pytest

from server.joined_modules import NotJoined, join_modules
from server.places import ROOT

NODE = ROOT / ".venv" / "bin" / "node"

GREETING = {
    "words/hello.js": "export const hello = name => `Hello, ${name}`;\nexport class Bye {}\nexport { hello as hi, Bye };",
    "names.js": "export function who() {\n  return 'Mara';\n}\nexport async function later() {\n  return who();\n}",
    "page/start.js": """\
import * as words from "../words/hello.js";
import {
  later,
  who as name,
} from "../names.js";
export const said = words.hi(name());
export const soon = later();""",
}


def run(script: str) -> str:
    command = [str(NODE), "--input-type=module", "-e", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_joined_modules_do_what_they_did_apart() -> None:
    joined = join_modules(GREETING, "page/start.js")
    assert run(f'{joined}\nconst {{ said, soon }} = modules["page/start.js"];\nconsole.log(said, await soon);') == (
        "Hello, Mara Mara"
    )


def test_a_module_that_two_import_runs_once() -> None:
    sources = {
        "one.js": 'console.log("here");\nexport const one = {};',
        "left.js": 'import { one } from "./one.js";\nexport const left = one;',
        "right.js": 'import { one } from "./one.js";\nexport const right = one;',
    }
    joined = join_modules(sources, "left.js", "right.js")
    assert run(f'{joined}\nconsole.log(modules["left.js"].left === modules["right.js"].right);') == "here\ntrue"


@pytest.mark.parametrize(
    "source",
    [
        'import "./other.js";',
        'import whole from "./other.js";',
        "export default 5;",
        "export let count = 0;",
        'export * from "./other.js";',
        'import { one } from "./a.js";',
    ],
)
def test_what_would_not_do_the_same_is_refused(source: str) -> None:
    with pytest.raises(NotJoined, match=r"a\.js"):
        join_modules({"a.js": source, "other.js": ""}, "a.js")
