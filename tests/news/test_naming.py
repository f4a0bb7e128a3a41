from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.news.naming import Naming

NAMES = Naming("urn:newsml:presse.example.org:20260101:")
slugs = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
paths = st.lists(slugs, min_size=1, max_size=4).map("/".join)


@given(path=paths)
def test_a_guid_can_be_read_back(path: str) -> None:
    assert NAMES.path(NAMES.guid(path)) == path


@given(one=paths, other=paths)
def test_two_paths_never_share_a_name(one: str, other: str) -> None:
    assert (NAMES.guid(one) == NAMES.guid(other)) == (one == other)
    assert (NAMES.file(one, 1) == NAMES.file(other, 1)) == (one == other)


def test_paths_that_differ_in_a_slash_only_differ_in_name() -> None:
    assert NAMES.guid("stgb/nrw-2017-15") != NAMES.guid("stgb-nrw/2017-15")


def test_a_guid_of_somebody_else_is_refused() -> None:
    with pytest.raises(ValueError, match="not a guid of this archive"):
        NAMES.path("urn:newsml:other.example:20260101:a.b")
