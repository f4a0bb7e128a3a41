"""The strategies reach every field of the model, so that what is tested with them is tested whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from lod import release
from lod.release import Part, Release
from tests.strategies import BERLIN, FIELDS, records, releases

PARTS = [one for one in vars(release).values() if isinstance(one, type) and issubclass(one, Part) and one is not Part]


@pytest.mark.parametrize("cls", PARTS)
def test_every_field_of_every_part_is_drawn(cls: type[Part]) -> None:
    assert set(FIELDS[cls]) == set(cls.model_fields)


def test_every_field_is_reached() -> None:
    """The rules between fields take none of them away."""
    defaults = {name: info.get_default() for name, info in Release.model_fields.items()}
    reached: set[str] = set()

    @settings(derandomize=True, max_examples=100)
    @given(one=releases())
    def collect(one: Release) -> None:
        reached.update(name for name, default in defaults.items() if getattr(one, name) != default)

    collect()
    assert reached == set(Release.model_fields)


@given(record=records())
def test_records_are_valid_and_survive_their_own_json(record: dict[str, object]) -> None:
    one = Release.model_validate(record, context=BERLIN)
    assert Release.model_validate_json(one.model_dump_json(), context=BERLIN) == one
