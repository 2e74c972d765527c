"""What the dialect leaves out, and what to write instead."""

from jinja2 import nodes


class CompileError(Exception):
    """A template says something that the phone's templates do not know."""

    def __init__(self, template: str, line: int, found: str, advice: str) -> None:
        super().__init__(f"{template}:{line}: {found}; write {advice}")
        self.template = template
        self.line = line
        self.found = found
        self.advice = advice


def left_out(template: str, node: nodes.Node) -> CompileError:
    """The refusal of a node that the dialect has no place for at all."""
    if isinstance(node, nodes.Scope):  # autoescape's outer node, which has no line
        return left_out(template, node.body[0])
    for kind, found, advice in LEFT_OUT:
        if isinstance(node, kind):
            return CompileError(template, node.lineno, found, advice)
    return CompileError(
        template, node.lineno, f"{type(node).__name__} is not in the dialect", "finished text in the view"
    )


LEFT_OUT: list[tuple[type[nodes.Node], str, str]] = [
    (nodes.ScopedEvalContextModifier, "an autoescape block", "the output without it, everything is escaped"),
    (nodes.AssignBlock, "a set block", "{% set name = value %}, or a macro for markup"),
    (nodes.CallBlock, "a call block", "the text as an argument of the macro"),
    (nodes.FilterBlock, "a filter block", "the filter on each value"),
    (nodes.With, "a with block", "{% set name = value %}"),
    (nodes.Import, "an import of a whole file", '{% from "file.html" import name %}'),
    (nodes.NSRef, "an assignment to an attribute", "{% set name = value %}, or the value in the view"),
    (nodes.Test, "a test with `is`", "a comparison with ==, or a flag in the view"),
    (nodes.Getitem, "a value in [ ]", "a dotted name"),
    (nodes.Slice, "a slice", "the shorter list in the view"),
    (nodes.List, "a list", "the list in the view"),
    (nodes.Tuple, "a tuple", "the list in the view"),
    (nodes.Dict, "a mapping", "the mapping in the view"),
    (nodes.BinExpr, "arithmetic", "the finished number in the view, or ~ to put texts together"),
    (nodes.UnaryExpr, "arithmetic", "the finished number in the view"),
]
