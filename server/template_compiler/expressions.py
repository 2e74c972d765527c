"""Expressions of the dialect in JavaScript."""

import json
from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from server.template_compiler.refusal import left_out
from server.template_compiler.scope import Scope
from server.templates import LARGEST_INTEGER

ORDER = {"lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}


def shown(node: nodes.Node, scope: Scope) -> str:
    """The expression's value as escaped text."""
    if isinstance(node, nodes.Not | nodes.Compare):
        scope.refuse(node, "a true or false in the page", "'text' if test else 'other text'")
    if isinstance(node, nodes.Const) and (node.value is None or isinstance(node.value, bool)):
        scope.refuse(node, f"a bare {_spelled(node.value)} in the page", "the text itself")
    return f"text({value(node, scope)})"


def value(node: nodes.Node, scope: Scope) -> str:
    """The expression's value."""
    if type(node) not in VALUES:
        raise left_out(scope.source.name, node)
    return VALUES[type(node)](node, scope)


def test(node: nodes.Node, scope: Scope) -> str:
    """Whether Python takes the expression for true, as a JavaScript boolean."""
    match node:
        case nodes.Not():
            return f"!{test(node.node, scope)}"
        case nodes.And():
            return f"({test(node.left, scope)} && {test(node.right, scope)})"
        case nodes.Or():
            return f"({test(node.left, scope)} || {test(node.right, scope)})"
        case nodes.Compare():
            return _comparison(node, scope)
    return f"truthy({value(node, scope)})"


def _constant(node: nodes.Const, scope: Scope) -> str:
    if isinstance(node.value, float):
        scope.refuse(node, "a number with a fraction", "the finished text in the view")
    if isinstance(node.value, int) and node.value > LARGEST_INTEGER:
        scope.refuse(node, "a number that JavaScript rounds", "the finished text in the view")
    return json.dumps(node.value, ensure_ascii=False)


def _name(node: nodes.Name, scope: Scope) -> str:
    return scope.read(node, node.name) or f'get(context, "{node.name}")'


def _choice(node: nodes.CondExpr, scope: Scope) -> str:
    if node.expr2 is None:
        scope.refuse(node, "an inline if without else", "… if test else ''")
    return f"({test(node.test, scope)} ? {value(node.expr1, scope)} : {value(node.expr2, scope)})"


def _lazy(node: nodes.And | nodes.Or, scope: Scope) -> str:
    return f"{node.operator}({value(node.left, scope)}, () => {value(node.right, scope)})"


def _concatenation(node: nodes.Concat, scope: Scope) -> str:
    return f"concat({', '.join(value(part, scope) for part in node.nodes)})"


def _spelled(constant: bool | None) -> str:
    return "none" if constant is None else str(constant).lower()


def _dotted(node: nodes.Getattr, scope: Scope) -> str:
    keys = [node.attr]
    root = node.node
    while isinstance(root, nodes.Getattr):
        keys.append(root.attr)
        root = root.node
    path = ", ".join(json.dumps(key) for key in reversed(keys))
    if not isinstance(root, nodes.Name):
        return f"get({value(root, scope)}, {path})"
    if root.name == "loop":
        return _loop_fact(node, scope)
    local = scope.read(root, root.name)
    return f"get({local}, {path})" if local else f'get(context, "{root.name}", {path})'


def _loop_fact(node: nodes.Getattr, scope: Scope) -> str:
    if scope.loop is None:
        scope.refuse(node, f"loop.{node.attr} outside of a for", "it in the for of this file, or hand it over with set")
    rows, index = scope.loop.rows, scope.loop.index
    facts = {
        "index": f"({index} + 1)",
        "index0": index,
        "first": f"({index} === 0)",
        "last": f"({index} === {rows}.length - 1)",
        "length": f"{rows}.length",
    }
    if not isinstance(node.node, nodes.Name) or node.attr not in facts:
        scope.refuse(node, f"loop's {node.attr}", f"one of {', '.join(facts)}")
    return facts[node.attr]


def _comparison(node: nodes.Compare, scope: Scope) -> str:
    if len(node.ops) > 1:
        scope.refuse(node, "a chain of comparisons", "a < b and b < c")
    [operand] = node.ops
    left, right = value(node.expr, scope), value(operand.expr, scope)
    match operand.op:
        case "eq":
            return f"equal({left}, {right})"
        case "ne":
            return f"!equal({left}, {right})"
        case "in":
            return f"within({left}, {right})"
        case "notin":
            return f"!within({left}, {right})"
    return f"(order({left}, {right}) {ORDER[operand.op]} 0)"


def _filter(node: nodes.Filter, scope: Scope) -> str:
    if node.name == "safe":
        scope.refuse(node, "the filter safe", "plain text in the view; markup belongs in a macro")
    if node.name not in ("length", "join"):
        scope.refuse(node, f"the filter {node.name}", "the finished text in the view, or one of length, join")
    if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
        scope.refuse(node, f"such a use of {node.name}", f"value|{node.name}")
    subject = value(node.node, scope)
    texts = [value(part, scope) for part in node.args if isinstance(part, nodes.Const) and isinstance(part.value, str)]
    if len(texts) < len(node.args) or len(texts) > (node.name == "join"):
        scope.refuse(node, f"such arguments of {node.name}", "list|length, or list|join(', ') with the text itself")
    return f"{node.name}({', '.join([subject, *texts])})"


def _macro_call(node: nodes.Call, scope: Scope) -> str:
    if isinstance(node.node, nodes.Getattr):
        scope.refuse(
            node, f"a call of .{node.node.attr}()", "a list of pairs in the view; mappings have no methods here"
        )
    if not isinstance(node.node, nodes.Name):
        scope.refuse(node, "a call of something that is no macro", "the value in the view")
    name = node.node.name
    if name == "super":
        scope.refuse(node, "super()", "a block of its own for what the parent shows")
    if name not in scope.source.macros and name not in scope.source.imported:
        scope.refuse(
            node, f"{name}(), which is no macro of this file", f'{{% from "file.html" import {name} %}} at the top'
        )
    if node.dyn_args or node.dyn_kwargs:
        scope.refuse(node, "arguments out of a list or mapping", "each argument by itself")
    return f"${name}({', '.join(_arguments(node, scope, name))})"


def _arguments(node: nodes.Call, scope: Scope, name: str) -> list[str]:
    macro = scope.macros[name]
    parameters = [parameter.name for parameter in macro.args]
    wanted = f"{name}({', '.join(parameters)})"
    if len(node.args) > len(parameters):
        scope.refuse(node, f"{len(node.args)} arguments for {name}", wanted)
    given = dict(zip(parameters, (value(part, scope) for part in node.args), strict=False))
    for keyword in node.kwargs:
        if keyword.key not in parameters or keyword.key in given:
            scope.refuse(node, f"the argument {keyword.key} for {name}", wanted)
        given[keyword.key] = value(keyword.value, scope)
    for parameter in parameters[: len(parameters) - len(macro.defaults)]:
        if parameter not in given:
            scope.refuse(node, f"{name} without {parameter}", wanted)
    last = max((parameters.index(parameter) for parameter in given), default=-1)
    return [given.get(parameter, "undefined") for parameter in parameters[: last + 1]]


VALUES: dict[type[nodes.Node], Callable[[Any, Scope], str]] = {
    nodes.Const: _constant,
    nodes.Name: _name,
    nodes.Getattr: _dotted,
    nodes.CondExpr: _choice,
    nodes.And: _lazy,
    nodes.Or: _lazy,
    nodes.Not: test,
    nodes.Compare: test,
    nodes.Concat: _concatenation,
    nodes.Filter: _filter,
    nodes.Call: _macro_call,
}
