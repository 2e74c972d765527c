"""Templates, blocks and macros of the dialect as JavaScript functions."""

import json
from collections.abc import Sequence

from jinja2 import nodes
from markupsafe import escape

from server.template_compiler.expressions import shown, test, value
from server.template_compiler.refusal import left_out
from server.template_compiler.scope import Loop, Names, Scope
from server.template_compiler.sources import Source


class Body:
    """The statements of a function that builds text in `out`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.literal = ""

    def add_literal(self, text: str) -> None:
        """Text of the template itself."""
        self.literal += text

    def add_text(self, code: str) -> None:
        """An expression whose value is finished text."""
        self._end_literal()
        self.parts.append(code)

    def add_line(self, line: str) -> None:
        """A statement, after the output so far."""
        self._end_parts()
        self.lines.append(line)

    def function_end(self) -> str:
        """What stands after `=>`."""
        if not self.lines:
            self._end_literal()
            return " + ".join(self.parts) or '""'
        self._end_parts()
        return "\n".join(['{\nlet out = ""', *self.lines, "return out\n}"])

    def _end_literal(self) -> None:
        if self.literal:
            self.parts.append(json.dumps(self.literal, ensure_ascii=False))
            self.literal = ""

    def _end_parts(self) -> None:
        self._end_literal()
        if self.parts:
            self.lines.append(f"out += {' + '.join(self.parts)}")
            self.parts = []


def template_code(source: Source, macros: dict[str, nodes.Macro]) -> str:
    """The template's entry in the module."""
    scope = Scope(source, macros, Names())
    blocks = ",\n".join(
        f"{json.dumps(name)}: (context, blocks) => {_function_end(block.body, scope.fresh(in_block=True))}"
        for name, block in source.blocks.items()
    )
    name = json.dumps(source.name)
    if source.parent is not None:
        return f"templates[{name}] = extend({name}, templates[{json.dumps(source.parent)}], {{{blocks}}})"
    own = [node for node in source.tree.body if not isinstance(node, nodes.FromImport | nodes.Macro)]
    body = _function_end(own, scope.fresh())
    return f"templates[{name}] = template({name}, (context, blocks) => {body}, {{{blocks}}})"


def macro_code(macro: nodes.Macro, source: Source, macros: dict[str, nodes.Macro]) -> str:
    """The macro as a function; its name is the same in all templates."""
    scope = Scope(source, macros, Names(), in_macro=True)
    parameters = []
    required = len(macro.args) - len(macro.defaults)
    for position, parameter in enumerate(macro.args):
        if parameter.name in scope.names:
            scope.refuse(macro, f"{parameter.name} twice", "another name")
        code = scope.bind(parameter, parameter.name)
        if position >= required:
            default = macro.defaults[position - required]
            if not isinstance(default, nodes.Const):
                scope.refuse(macro, f"a default of {parameter.name} that is worked out", "text or a number")
            code += f" = {value(default, scope)}"
        parameters.append(code)
    body = _function_end(macro.body, scope)
    return f"const ${macro.name} = macro({json.dumps(source.name)}, ({', '.join(parameters)}) => {body})"


def _function_end(body: Sequence[nodes.Node], scope: Scope) -> str:
    function = Body()
    _write_all(body, scope, function)
    return function.function_end()


def _write_all(body: Sequence[nodes.Node], scope: Scope, out: Body) -> None:
    for node in body:
        _write(node, scope, out)


def _write(node: nodes.Node, scope: Scope, out: Body) -> None:
    match node:
        case nodes.Output():
            _write_output(node, scope, out)
        case nodes.For():
            _write_for(node, scope, out)
        case nodes.If():
            _write_if(node, scope, out)
        case nodes.Assign():
            _write_set(node, scope, out)
        case nodes.Include():
            _write_include(node, scope, out)
        case nodes.Block():
            _write_block(node, scope, out)
        case nodes.FromImport() | nodes.Macro():
            scope.refuse(node, "an import or a macro inside of another tag", "it at the top of the file")
        case _:
            raise left_out(scope.source.name, node)


def _write_output(node: nodes.Output, scope: Scope, out: Body) -> None:
    for part in node.nodes:
        if isinstance(part, nodes.TemplateData):
            out.add_literal(part.data)
        elif isinstance(part, nodes.Const) and isinstance(part.value, str):
            out.add_literal(str(escape(part.value)))
        else:
            out.add_text(shown(part, scope))


def _write_for(node: nodes.For, scope: Scope, out: Body) -> None:
    if node.test is not None or node.recursive:
        scope.refuse(node, "a for with if or recursive", "the list as it is to be shown in the view")
    inner = scope.inner()
    rows, index = f"$rows{inner.depth}", f"$at{inner.depth}"
    out.add_line("{")
    out.add_line(f"const {rows} = list({value(node.iter, scope)})")
    out.add_line(f"for (let {index} = 0; {index} < {rows}.length; {index}++) {{")
    out.add_line(f"const {_loop_target(node, inner, f'{rows}[{index}]')}")
    _write_all(node.body, inner.within(Loop(rows, index)), out)
    out.add_line("}")
    if node.else_:
        out.add_line(f"if (!{rows}.length) {{")
        _write_all(node.else_, scope.inner(), out)
        out.add_line("}")
    out.add_line("}")


def _loop_target(node: nodes.For, scope: Scope, row: str) -> str:
    if isinstance(node.target, nodes.Name):
        return f"{scope.bind(node.target, node.target.name)} = {row}"
    assert isinstance(node.target, nodes.Tuple)
    names: list[tuple[str, str]] = []
    for item in node.target.items:
        if not isinstance(item, nodes.Name):
            scope.refuse(node, "names inside of names after for", "a flat list of names")
        if item.name in {name for name, _ in names}:
            scope.refuse(node, f"{item.name} twice after for", "another name")
        names.append((item.name, scope.bind(item, item.name)))
    return f"[{', '.join(code for _, code in names)}] = unpack({row}, {len(names)})"


def _write_if(node: nodes.If, scope: Scope, out: Body) -> None:
    side = scope.branch()
    out.add_line(f"if ({test(node.test, scope)}) {{")
    _write_all(node.body, side, out)
    for other in node.elif_:
        out.add_line(f"}} else if ({test(other.test, scope)}) {{")
        _write_all(other.body, side, out)
    if node.else_:
        out.add_line("} else {")
        _write_all(node.else_, side, out)
    out.add_line("}")


def _write_set(node: nodes.Assign, scope: Scope, out: Body) -> None:
    if not isinstance(node.target, nodes.Name):
        if isinstance(node.target, nodes.Tuple):
            scope.refuse(node, "set of several names", "one set for each name")
        raise left_out(scope.source.name, node.target)
    if scope.source.blocks and scope.depth == 0 and not (scope.in_block or scope.in_macro):
        scope.refuse(node, "set outside of the blocks of a template that has some", "it inside the block that needs it")
    code = value(node.node, scope)
    out.add_line(f"const {scope.bind_set(node, node.target.name)} = {code}")


def _write_include(node: nodes.Include, scope: Scope, out: Body) -> None:
    if node.ignore_missing or not node.with_context:
        scope.refuse(node, "an include with conditions", '{% include "file.html" %}')
    if scope.in_macro:
        scope.refuse(node, "an include in a macro", "another macro, and call it")
    assert isinstance(node.template, nodes.Const)
    given = "".join(f", {name}: {code}" for name, code in sorted(scope.names.items()))
    context = f"{{ ...context{given} }}" if given else "context"
    out.add_text(f"templates[{json.dumps(node.template.value)}].show({context})")


def _write_block(node: nodes.Block, scope: Scope, out: Body) -> None:
    if node.scoped or node.required:
        scope.refuse(node, f"a scoped or required block {node.name}", f"{{% block {node.name} %}}")
    if scope.depth or scope.in_branch or scope.in_macro:
        scope.refuse(node, f"block {node.name} inside of for, if or macro", "the block around the whole")
    out.add_text(f"blocks[{json.dumps(node.name)}](context, blocks)")
