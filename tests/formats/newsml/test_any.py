"""Any release the model allows, in the sample archive: valid, kept to the rules, and nothing of its text lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from lod.archive import Archive
from lod.errors import RecordError
from lod.formats import ninjs
from lod.mapping import Undescribable
from lod.release import Release
from lod.verify.news import item_faults
from lod.vocabulary import vocab_root
from tests.formats.newsml.house import House
from tests.formats.newsml.receiver import paragraphs
from tests.formats.test_ninjs import _valid
from tests.strategies import releases

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

valid = _valid


@pytest.fixture(scope="module", name="sample")
def _sample() -> House:
    return House(Archive.open(vocab_root() / "sample"))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(release=releases())
def test_any_release_is_a_valid_item(sample: House, schema: etree.XMLSchema, release: Release) -> None:
    try:
        piece = sample.piece(release)
    except (Undescribable, RecordError):
        return
    for data in (piece.data, *(other.data for other in piece.others)):
        item = etree.fromstring(data)
        schema.assertValid(item)
        assert list(item_faults(item)) == []
    if release.status == "usable" and release.text:
        assert paragraphs(etree.fromstring(piece.data)) == release.text.split("\n\n")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(release=releases())
def test_the_library_of_the_iptc_reads_any_release(sample: House, release: Release) -> None:
    newsmlg2 = pytest.importorskip("NewsMLG2")
    try:
        piece = sample.piece(release)
    except (Undescribable, RecordError):
        return
    for data in (piece.data, *(other.data for other in piece.others)):
        root = etree.fromstring(data)
        if not any(one.text is None for one in root.iter("{*}embargoed")):  # which it breaks down on
            item = newsmlg2.NewsMLG2Document(data).get_item()
            assert (item.guid, item.version) == (root.get("guid"), root.get("version"))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(release=releases())
def test_any_release_is_valid_ninjs(sample: House, valid: Draft202012Validator, release: Release) -> None:
    serializer = ninjs.Serializer(sample.setting)
    try:
        piece = serializer.encode(sample.mapping.describe(release))
    except (Undescribable, RecordError):
        return
    valid.validate(json.loads(piece.data))
    assert Path(str(piece.path)).suffix == ".json"
