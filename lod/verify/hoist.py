"""Shapes in a form that is judged faster, with the same results.

pySHACL judges the property shapes of a node shape for one focus node at a time, and reads every shape anew for each. A
property shape with the targets of its node shape is judged for all focus nodes at once. What SHACL says of both is the
same (SHACL, sections 2.1.3 and 4.7.1), but for `sh:closed`, which looks at the paths of `sh:property`: they become
`sh:ignoredProperties`, which it treats alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

__all__ = ["hoist"]

SH = Namespace("http://www.w3.org/ns/shacl#")
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def hoist(shapes: Graph) -> Graph:
    """The shapes, with targets at their property shapes wherever that changes nothing. The graph itself is changed."""
    for shape in sorted(set(shapes.subjects(RDF.type, SH.NodeShape)), key=str):
        targets = [(kind, target) for kind in _TARGETS for target in shapes.objects(shape, kind)]
        if targets and not any(shapes.subjects(None, shape)) and (shape, SH.deactivated, None) not in shapes:
            hoisted = list(_alone(shapes, shape))
            if (shape, SH.closed, Literal(True)) in shapes:  # noqa: FBT003 - the literal of rdflib
                _ignore(shapes, shape, hoisted)
            for one in hoisted:
                shapes.remove((shape, SH.property, one))
                for kind, target in targets:
                    shapes.add((one, kind, target))
    return shapes


def _alone(shapes: Graph, shape: Node) -> Iterator[Node]:
    """The property shapes that only this shape uses."""
    for one in sorted(shapes.objects(shape, SH.property), key=str):
        users = list(shapes.subject_predicates(one))
        whole = (one, SH.path, None) in shapes and (one, SH.deactivated, None) not in shapes
        if whole and users == [(shape, SH.property)]:
            yield one


def _ignore(shapes: Graph, shape: Node, hoisted: list[Node]) -> None:
    old = shapes.value(shape, SH.ignoredProperties)
    paths = list(shapes.items(old)) if old is not None else []
    paths += [path for one in hoisted for path in shapes.objects(one, SH.path) if isinstance(path, URIRef)]
    new = BNode()
    Collection(shapes, new, paths)
    shapes.remove((shape, SH.ignoredProperties, None))
    shapes.add((shape, SH.ignoredProperties, new))
