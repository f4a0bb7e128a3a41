"""A delivery (SIP) for the DA NRW: premis.xml, and documents that do not share a name.

What is known comes from the specifications and the code of DNSCore (April 2024), read and not tried: no archive has
taken a package of this program yet. The schemas an operator uses today, the rules of a contract and the profile of
DiPS.kommunal were not at hand. From the code: premis.xml needs an object, an event SIP_CREATION and one rights block
with the contract extension; dates have milliseconds and an offset. Publication is not asked for, since DNSCore only
publishes what METS, EAD or LIDO describe: a licence is stated for whoever reads it, and no start of publication is.
What is still under embargo is not in a dump at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from lxml import etree

from lod.bag.payload import Item, digests_of
from lod.bag.receivers import document
from lod.bag.tagfiles import manifest
from lod.formats import FORMATS
from lod.version import TOOL
from lod.vocabulary import Vocabulary, vocab_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lod.bag.facts import Facts, Rights
    from lod.bag.receivers import Receiver

__all__ = ["apart", "premis", "relisted"]

_PREMIS = "info:lc/xmlns/premis-v2"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_CONTRACT = "http://www.danrw.de/contract/v1"
_SCHEMAS = {
    _PREMIS: "http://www.loc.gov/standards/premis/v2/premis-v2-2.xsd",
    _CONTRACT: "http://www.danrw.de/schemas/contract/v1/danrw-contract-v1-01.xsd",
}
_LISTS = ("manifest.json", "SHA256SUMS")


def apart(items: Iterable[Item]) -> dict[str, str]:
    """Files at the top that share a document name, such as dataset.ttl and dataset.jsonld: a folder for each format."""
    folders = {form.suffix: form.name for form in FORMATS.values()}
    same: dict[str, list[str]] = {}
    for item in items:
        same.setdefault(document(item.path), []).append(item.path)
    moved = {}
    for path in (path for some in same.values() if len(some) > 1 for path in some):
        suffix = "." + path.rpartition(".")[2]
        if "/" not in path and suffix in folders:
            moved[path] = f"{folders[suffix]}/{path}"
    return moved


def relisted(items: list[Item], moved: Mapping[str, str], added: Item, media_type: str) -> list[Item]:
    """The payload, some files moved and one added, with lists of what is sent: what lies in data/ is a dump again."""
    lists = {item.path: item for item in items if item.path in _LISTS}
    rest = [item._replace(path=moved.get(item.path, item.path)) for item in items if item.path not in lists]
    source = lists["manifest.json"].source
    assert source is not None  # noqa: S101 - the lists are files of the dump
    top = orjson.loads(source.read_bytes())
    digests, size = digests_of([added.data], ["sha256"])
    sent = {item.path for item in rest}
    rows = [{**row, "path": moved.get(row["path"], row["path"])} for row in top.pop("files")]
    rows = [row for row in rows if row["path"] in sent]
    rows.append({"path": added.path, "media_type": media_type, "bytes": size, "sha256": digests["sha256"]})
    rows.sort(key=lambda row: row["path"])
    lines = b",\n    ".join(map(orjson.dumps, rows))
    data = orjson.dumps(top, option=orjson.OPT_INDENT_2)[:-2] + b',\n  "files": [\n    ' + lines + b"\n  ]\n}\n"
    whole = digests_of([data], ["sha256"])[0]["sha256"]
    sums = manifest([(row["path"], row["sha256"]) for row in rows] + [("manifest.json", whole)])
    made = [Item("manifest.json", None, None, data), Item("SHA256SUMS", None, None, sums)]
    return sorted([*rest, added, *made])


def premis(name: str, facts: Facts, rights: Rights, licence: str | None, receiver: Receiver) -> bytes:
    """premis.xml (PREMIS 2.2): the object, how the package was made, by what, and what the archive may do with it."""
    assert facts.instant is not None  # noqa: S101 - the rules ask for it
    instant = facts.instant.strftime("%Y-%m-%dT%H:%M:%S.000+00:00")
    root = etree.Element(f"{{{_PREMIS}}}premis", nsmap={None: _PREMIS, "xsi": _XSI}, version="2.2")
    root.set(f"{{{_XSI}}}schemaLocation", f"{_PREMIS} {_SCHEMAS[_PREMIS]}")
    one = _add(root, "object")
    one.set(f"{{{_XSI}}}type", "representation")
    _identify(one, "object", "PACKAGE_NAME", name)
    event = _add(root, "event")
    _identify(event, "event", "SIP_CREATION_ID", f"Sip_Creation_{instant}")
    _add(event, "eventType", "SIP_CREATION")
    _add(event, "eventDateTime", instant)
    _identify(event, "linkingAgent", "APPLICATION_NAME", TOOL)
    _identify(event, "linkingObject", "PACKAGE_NAME", name)
    agent = _add(root, "agent")
    _identify(agent, "agent", "APPLICATION_NAME", TOOL)
    _add(agent, "agentType", "APPLICATION")
    _rights(_add(root, "rights"), facts, rights, licence, instant, receiver.migration)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _rights(
    block: etree._Element, facts: Facts, rights: Rights, licence: str | None, instant: str, migration: str
) -> None:
    """The rights block: the licence or the rights statements of the records, the right to migrate, the contract."""
    statement = _add(block, "rightsStatement")
    _identify(statement, "rightsStatement", "rightsid", facts.identifier)
    chosen = licence or next(iter(rights.licences), None)
    if chosen is not None:
        _add(statement, "rightsBasis", "license")
        _identify(_add(statement, "licenseInformation"), "licenseDocumentation", "URI", chosen)
    else:
        _add(statement, "rightsBasis", "other")
        information = _add(statement, "otherRightsInformation")
        for iri in sorted(rights.statements):
            _identify(information, "otherRightsDocumentation", "URI", iri)
        _add(information, "otherRightsBasis", "rights statement of each record")
    granted = _add(statement, "rightsGranted")
    _add(granted, "act", "MIGRATION")
    _add(granted, "restriction", "see rightsExtension")
    _add(_add(granted, "termOfGrant"), "startDate", instant)
    contract = etree.SubElement(
        _add(block, "rightsExtension"), f"{{{_CONTRACT}}}rightsGranted", nsmap={None: _CONTRACT, "xsi": _XSI}
    )
    contract.set(f"{{{_XSI}}}schemaLocation", f"{_CONTRACT} {_SCHEMAS[_CONTRACT]}")
    right = etree.SubElement(contract, f"{{{_CONTRACT}}}migrationRight")
    etree.SubElement(right, f"{{{_CONTRACT}}}condition").text = migration
    if chosen is not None:
        label = _label(chosen, facts.base)
        made = etree.SubElement(contract, f"{{{_CONTRACT}}}publicationLicense", href=chosen, displayLabel=label)
        made.text = label


def _label(licence: str, base: str) -> str:
    """What a licence is called in German; its IRI where the code tables do not know it."""
    vocabulary = Vocabulary.load([vocab_root() / "schemes"], base)
    found = vocabulary.by_iri(licence, "licence", "rights")
    return found.labels.get("de", licence) if found else licence


def _identify(parent: etree._Element, name: str, kind: str, value: str) -> None:
    one = _add(parent, f"{name}Identifier")
    _add(one, f"{name}IdentifierType", kind)
    _add(one, f"{name}IdentifierValue", value)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_PREMIS}}}{name}")
    made.text = text
    return made
