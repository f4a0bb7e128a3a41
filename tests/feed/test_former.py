"""What came with a release is stopped with it, in the folder and in the message, whatever the record still says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from lod.archive import Archive
from lod.feed import export
from lod.vocabulary import vocab_root
from tests.dump.archives import make, record, tree

PHOTO = {
    "name": "kanarienvogel.jpg",
    "url": "https://stadt.example/4711.jpg",
    "media_type": "image/jpeg",
    "role": "picture",
    "caption": "Ein Bild mit Worten.",
}
NS = {"g2": "http://iptc.org/std/nar/2006-10-01/"}


def change(version: int, kind: str) -> dict[str, Any]:
    return {"version": version, "at": f"2026-11-{10 + version}T10:00:00+01:00", "kind": kind, "note": "Zahlen falsch."}


def fed(folder: Path, *states: dict[str, Any]) -> dict[str, bytes]:
    """The dump after a release went through these states, exported after each."""
    for number, state in enumerate(states):
        archive = make(folder / f"a{number}", [record(1, **state), record(2)])
        export(Archive.open(archive), folder / "out", ["newsml"])
    return tree(folder / "out")


@pytest.mark.parametrize(("kind", "status"), [("cancel", "canceled"), ("withhold", "withheld")])
@pytest.mark.parametrize("named", [True, False])
def test_pictures_are_stopped_with_their_release(tmp_path: Path, kind: str, status: str, named: bool) -> None:
    attachments = {"attachments": [PHOTO]}
    stop = {"version": 2, "status": status, "changes": [change(2, kind)], **(attachments if named else {})}
    files = fed(tmp_path, attachments, stop, stop)
    local = "stadt.2017.1"
    items = {name for name in files if name.startswith("newsml/2017/") and local in name}
    assert items == {f"newsml/2017/{local}{part}_v2.xml" for part in ("", "_kanarienvogel.jpg", "__package")}
    (message,) = (name for name in files if "/messages/" in name and f"{local}_v" in name)
    root = etree.fromstring(files[message])
    assert root.xpath("//g2:itemMeta/g2:pubStatus/@qcode", namespaces=NS) == [f"stat:{status}"] * 3
    assert sorted(root.xpath("//g2:itemMeta/g2:itemClass/@qcode", namespaces=NS)) == [
        "ninat:composite",
        "ninat:picture",
        "ninat:text",
    ]
    for gone in (b"4711.jpg", b"Ein Bild mit Worten", "Mitteilung 1 über".encode()):
        assert not any(gone in data for data in files.values())


def test_what_never_was_published_is_named_nowhere(tmp_path: Path) -> None:
    stop = {"version": 2, "status": "canceled", "changes": [change(2, "cancel")], "attachments": [PHOTO]}
    assert not any(b"kanarienvogel" in data for data in fed(tmp_path, {}, stop).values())


def test_a_release_that_comes_back_brings_its_pictures(tmp_path: Path) -> None:
    pictured = {"attachments": [PHOTO]}
    withheld = {"version": 2, "status": "withheld", "changes": [change(2, "withhold")], **pictured}
    back = {"version": 3, "changes": [change(2, "withhold"), change(3, "reinstate")], **pictured}
    files = fed(tmp_path, pictured, withheld, back)
    item = etree.fromstring(files["newsml/2017/stadt.2017.1_kanarienvogel.jpg_v3.xml"])
    assert item.xpath("//g2:remoteContent/@href", namespaces=NS) == ["https://stadt.example/4711.jpg"]


STUDY = {"name": "studie.pdf", "url": "https://stadt.example/studie.pdf", "media_type": "application/pdf"}


def statuses(files: dict[str, bytes], name: str) -> dict[str, str]:
    """The status of each item of a message, by what its guid ends in."""
    (message,) = (path for path in files if "/messages/" in path and path.endswith(name))
    items = etree.fromstring(files[message]).find("g2:itemSet", NS)
    assert items is not None
    found = {str(item.get("guid")): item.find("g2:itemMeta/g2:pubStatus", NS) for item in items}
    return {guid.rpartition(":")[2]: str(status.get("qcode")) for guid, status in found.items() if status is not None}


def test_a_picture_that_is_left_out_is_canceled(tmp_path: Path) -> None:
    both, one = (
        {"attachments": [PHOTO, STUDY]},
        {"attachments": [STUDY], "version": 2, "changes": [change(2, "update")]},
    )
    files = fed(tmp_path, both, one, one)
    local = "stadt.2017.1"
    assert statuses(files, f"{local}_v2.xml") == {
        f"{local}__package": "stat:usable",
        local: "stat:usable",
        f"{local}_studie.pdf": "stat:usable",
        f"{local}_kanarienvogel.jpg": "stat:canceled",
    }
    item = etree.fromstring(files[f"newsml/2017/{local}_kanarienvogel.jpg_v2.xml"])
    (message,) = (data for name, data in files.items() if name.endswith(f"_{local}_v2.xml") and "/messages/" in name)
    assert etree.fromstring(message).findtext(".//g2:priority", namespaces=NS) == "1", "it is a kill, too"
    assert item.findtext(".//g2:edNote", "", NS).startswith("Rückruf: Bitte nicht verwenden")
    assert item.findtext(".//g2:headline", namespaces=NS) == "Zurückgezogene Datei"
    package = etree.fromstring(files[f"newsml/2017/{local}__package_v2.xml"])
    assert package.xpath("//g2:itemRef/@residref", namespaces=NS)[1:] == [
        item.get("guid", "").replace(PHOTO["name"], "studie.pdf")
    ]
    for gone in (b"4711.jpg", b"Ein Bild mit Worten"):
        assert not any(gone in data for data in files.values())


def test_a_release_without_its_only_picture_keeps_a_package_that_says_so(tmp_path: Path) -> None:
    bare = {"version": 2, "changes": [change(2, "update")]}
    later = {"version": 3, "changes": [change(2, "update"), change(3, "update")], "attachments": [STUDY]}
    files = fed(tmp_path, {"attachments": [PHOTO]}, bare, later)
    package = etree.fromstring(files["newsml/2017/stadt.2017.1__package_v3.xml"])
    assert len(package.xpath("//g2:itemRef", namespaces=NS)) == 2
    assert statuses(files, "stadt.2017.1_v3.xml")["stadt.2017.1_kanarienvogel.jpg"] == "stat:canceled"
    schema = etree.RelaxNG(file=str(vocab_root() / "newsml" / "press-release.rng"))
    for name, data in files.items():
        if name.startswith("newsml/201"):
            schema.assertValid(etree.fromstring(data))


def test_a_name_that_was_left_out_never_comes_back(tmp_path: Path) -> None:
    bare = {"version": 2, "changes": [change(2, "update")]}
    back = {"version": 3, "changes": [change(2, "update"), change(3, "update")], "attachments": [PHOTO]}
    fed(tmp_path, {"attachments": [PHOTO]}, bare, back)
    rejects = (tmp_path / "out.report" / "rejects.jsonl").read_text(encoding="utf-8")
    assert '"attachments.0.name"' in rejects
    assert "was canceled when it was left out, and that is final; a file that comes back needs another name" in rejects


def test_what_was_left_out_stays_canceled_when_its_release_is_withheld(tmp_path: Path) -> None:
    one = {"attachments": [STUDY], "version": 2, "changes": [change(2, "update")]}
    held = {"version": 3, "status": "withheld", "changes": [change(2, "update"), change(3, "withhold")]}
    files = fed(tmp_path, {"attachments": [PHOTO, STUDY]}, one, held)
    found = statuses(files, "stadt.2017.1_v3.xml")
    assert found.pop("stadt.2017.1_kanarienvogel.jpg") == "stat:canceled"
    assert set(found.values()) == {"stat:withheld"}
