"""Deliveries for the DA NRW: what it would refuse is refused here, and premis.xml has what its code reads."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest
from lxml import etree

from lod.bag import Refused, make_bag
from lod.bag.da_nrw import premis
from lod.bag.facts import Facts, Rights
from lod.bag.receivers import RECEIVERS, document, read_receiver
from lod.verify import verify
from tests.verify.dumps import FIRST, SECOND, Dump

P = "{info:lc/xmlns/premis-v2}"
C = "{http://www.danrw.de/contract/v1}"
CC0, BY = "https://creativecommons.org/publicdomain/zero/1.0/", "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def unpacked(exported: Path, tmp_path: Path) -> Path:
    """The bag of the sample archive for the DA NRW, unpacked."""
    made = make_bag(exported, tmp_path / "beispielhausen-presse", receiver="da-nrw")
    assert made.path.name == "beispielhausen-presse.tgz"
    with tarfile.open(made.path) as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
    return tmp_path / "unpacked" / "beispielhausen-presse"


def test_a_delivery_is_a_bag_with_md5_in_one_folder(unpacked: Path) -> None:
    assert [path.name for path in unpacked.parent.iterdir()] == ["beispielhausen-presse"]
    bag = bagit.Bag(str(unpacked))
    bag.validate()
    assert set(bag.algorithms) == {"md5", "sha256", "sha512"}
    assert (unpacked / "data" / "premis.xml").is_file()


def test_no_two_files_are_one_document(unpacked: Path) -> None:
    paths = [path.relative_to(unpacked / "data") for path in (unpacked / "data").rglob("*") if path.is_file()]
    # As the archive's code does it: the last extension of the path is cut off, whatever stands before it.
    documents = [str(path.with_suffix("")) if path.suffix else str(path) for path in paths]
    assert len(documents) == len(set(documents))
    assert {"turtle/dataset.ttl", "jsonld/dataset.jsonld"} <= set(map(str, paths))
    assert all(str(path).isascii() for path in paths)


def test_what_is_sent_is_a_dump_again(unpacked: Path) -> None:
    verdict = verify(unpacked / "data", jobs=0, quick=True)
    assert [str(one) for one in verdict.findings] == []


def test_the_feed_is_not_sent() -> None:
    receiver = read_receiver("da-nrw")
    left = ["newsml/feed.xml", "newsml/index.json", "newsml/messages/000000000001_x_v1.xml", "rss.xml"]
    assert not any(map(receiver.takes, left))
    assert all(map(receiver.takes, ["newsml/2026/x_v1.xml", "ntriples/2026.nt", "manifest.json", "dataset.ttl"]))


def read(data: bytes) -> etree._Element:
    return etree.fromstring(data)


def facts(instant: datetime | None = datetime(2026, 11, 25, 12, tzinfo=UTC)) -> Facts:
    base = "https://presse.example.org/"
    return Facts(base, "Titel", "", "", f"{base}dataset", "", instant, 2, 10)


def rights(*licences: str, statements: int = 0) -> Rights:
    made = Rights(records=2)
    made.licences.update(licences)
    if statements:
        made.statements["http://rightsstatements.org/vocab/CNE/1.0/"] = statements
    return made


def test_premis_has_what_the_archive_reads() -> None:
    root = read(premis("presse-2026", facts(), rights(CC0, CC0), None, read_receiver("da-nrw")))
    assert (root.tag, root.get("version")) == (f"{P}premis", "2.2")
    assert [
        root.findtext(f"{P}object/{P}objectIdentifier/{P}objectIdentifier{part}") for part in ("Type", "Value")
    ] == [
        "PACKAGE_NAME",
        "presse-2026",
    ]
    event = root.find(f"{P}event")
    assert event is not None
    assert event.findtext(f"{P}eventType") == "SIP_CREATION"
    assert event.findtext(f"{P}eventDateTime") == "2026-11-25T12:00:00.000+00:00"
    linked = event.findtext(f"{P}linkingAgentIdentifier/{P}linkingAgentIdentifierValue")
    assert linked == root.findtext(f"{P}agent/{P}agentIdentifier/{P}agentIdentifierValue")
    assert len(root.findall(f"{P}rights")) == 1
    assert [act.text for act in root.iter(f"{P}act")] == ["MIGRATION"]
    contract = root.find(f"{P}rights/{P}rightsExtension/{C}rightsGranted")
    assert contract is not None
    assert contract.findtext(f"{C}migrationRight/{C}condition") == "NONE"


def test_one_licence_is_stated_once_for_the_contract() -> None:
    root = read(premis("a", facts(), rights(CC0, CC0), None, read_receiver("da-nrw")))
    stated = list(root.iter(f"{C}publicationLicense"))
    assert [one.get("href") for one in stated] == [CC0]
    assert stated[0].text == stated[0].get("displayLabel") == "CC0 1.0, kein Urheberrechtsvorbehalt"
    assert root.findtext(f".//{P}rightsBasis") == "license"


def test_a_rights_statement_is_no_licence() -> None:
    root = read(premis("a", facts(), rights(statements=2), None, read_receiver("da-nrw")))
    assert list(root.iter(f"{C}publicationLicense")) == []
    assert root.findtext(f".//{P}rightsBasis") == "other"
    told = [one.text for one in root.iter(f"{P}otherRightsDocumentationIdentifierValue")]
    assert told == ["http://rightsstatements.org/vocab/CNE/1.0/"]


def licensed(*licences: str) -> Callable[[Dump], None]:
    def change(dump: Dump) -> None:
        for record, iri, licence in zip(dump.records, (FIRST, SECOND), licences, strict=False):
            record.append(f"<{iri}> <http://purl.org/dc/terms/license> <{licence}> .\n")

    return change


def extra(path: str) -> Callable[[Dump], None]:
    return lambda dump: dump.files.update({path: b"<a/>"})


REFUSED: list[tuple[str, str, Callable[[Dump], None], str]] = [
    ("name", "pr\u00e4sse 2026", lambda _dump: None, '"pr\u00e4sse 2026": The name of the bag'),
    ("document", "presse", extra("newsml/2026/1_v1.pdf"), "newsml/2026/1_v1.pdf and newsml/2026/1_v1.xml"),
    ("reserved", "presse", extra("premis.xml"), "premis.xml: The dump has no premis.xml"),
    ("source", "presse", lambda dump: dump.formats.remove("ntriples"), "ntriples/: The dump has N-Triples"),
    ("licence", "presse", licensed(CC0, BY), f"{BY} (1 records), {CC0} (1 records), of 2 records in all"),
    ("licence", "presse", licensed(CC0), f"{CC0} (1 records), of 2 records in all"),
]


@pytest.mark.parametrize(("rule", "name", "change", "expected"), REFUSED)
def test_what_the_archive_would_refuse_is_refused_before(
    rule: str, name: str, change: Callable[[Dump], None], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764072000")
    dump = Dump()
    change(dump)
    folder = dump.write(tmp_path / "dump")
    with pytest.raises(Refused) as caught:
        make_bag(folder, tmp_path / name, receiver="da-nrw")
    reasons = caught.value.reasons
    assert len(reasons) == 1
    assert expected in reasons[0]
    assert reasons[0].endswith(read_receiver("da-nrw").rules[rule])
    assert [path.name for path in tmp_path.iterdir()] == ["dump"]


def test_a_day_has_to_be_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with pytest.raises(Refused, match=r"dataset\.ttl: The day of the delivery"):
        make_bag(Dump().write(tmp_path / "dump"), tmp_path / "presse", receiver="da-nrw")


def test_every_rule_is_broken_by_a_test() -> None:
    assert {rule for rule, *_ in REFUSED} | {"date"} == set(read_receiver("da-nrw").rules)


def test_a_licence_of_the_whole_settles_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764072000")
    dump = Dump()
    licensed(CC0, BY)(dump)
    made = make_bag(dump.write(tmp_path / "dump"), tmp_path / "presse", receiver="da-nrw", licence=BY, package="tar")
    with tarfile.open(made.path) as tar:
        content = tar.extractfile("presse/data/premis.xml")
        assert content is not None
        root = read(content.read())
    assert [one.get("href") for one in root.iter(f"{C}publicationLicense")] == [BY]


def test_documents_are_named_as_the_archive_names_them() -> None:
    paths = ["a.jpg", "folder.d/a", "turtle/2026.ttl.gz", "a.b.c/d.e"]
    assert [document(path) for path in paths] == ["a", "folder.d/a", "turtle/2026.ttl", "a.b.c/d"]


def test_all_receivers_are_read() -> None:
    assert all(read_receiver(name).rules for name in RECEIVERS)
