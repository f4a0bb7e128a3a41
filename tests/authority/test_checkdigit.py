from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.authority.checkdigit import gnd_valid, iso7064_valid

DIGITS = st.text("0123456789", min_size=1, max_size=10)
CHECKS = "0123456789X"


@pytest.mark.parametrize(
    "value",
    [
        "4005728-8",
        "4042570-8",
        "4011882-4",
        "4011889-7",
        "118540238",
        "11850553X",
        "101488358X",
        "1010346326",
        "10008839-9",
        "2004272-3",
    ],
)
def test_gnd_ids_as_the_dnb_gives_them(value: str) -> None:
    assert gnd_valid(value)


@pytest.mark.parametrize(
    "value", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X", "000000012146438X"]
)
def test_orcids_and_isnis(value: str) -> None:
    assert iso7064_valid(value)


@pytest.mark.parametrize(
    "value", ["", "-", "X", "4005728-", "-8", "4005728-10", "\u0664005728-8", "400a728-8", "4005728--8"]
)
def test_what_is_no_gnd_id_is_not_valid(value: str) -> None:
    assert not gnd_valid(value)


@pytest.mark.parametrize(
    "value", ["", "0000-0002-1825-009", "0000-0002-1825-00977", "0000-0002-1825-009x", "\u0660" * 16]
)
def test_what_is_no_orcid_is_not_valid(value: str) -> None:
    assert not iso7064_valid(value)


@given(DIGITS, st.booleans())
def test_exactly_one_check_digit_fits_a_gnd_id(body: str, hyphen: bool) -> None:
    fitting = [check for check in CHECKS if gnd_valid(f"{body}-{check}" if hyphen else body + check)]
    assert len(fitting) == 1


@given(st.text("0123456789", min_size=15, max_size=15))
def test_exactly_one_check_digit_fits_an_orcid(body: str) -> None:
    assert sum(iso7064_valid(body + check) for check in CHECKS) == 1


@given(st.text("0123456789", min_size=2, max_size=9), st.data())
def test_a_wrong_digit_in_a_gnd_id_is_noticed(body: str, data: st.DataObject) -> None:
    valid = next(body + check for check in CHECKS if gnd_valid(body + check))
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != body[place]]))
    assert not gnd_valid(valid[:place] + other + valid[place + 1 :])


@given(st.text("0123456789", min_size=2, max_size=9), st.data())
def test_two_neighbours_exchanged_in_a_gnd_id_are_noticed(body: str, data: st.DataObject) -> None:
    valid = next(f"{body}-{check}" for check in CHECKS if gnd_valid(f"{body}-{check}"))
    place = data.draw(st.integers(0, len(body) - 2))
    exchanged = valid[:place] + valid[place + 1] + valid[place] + valid[place + 2 :]
    assert gnd_valid(exchanged) == (exchanged == valid)


@given(st.text("0123456789", min_size=15, max_size=15), st.data())
def test_a_wrong_digit_in_an_orcid_is_noticed(body: str, data: st.DataObject) -> None:
    valid = next(body + check for check in CHECKS if iso7064_valid(body + check))
    place = data.draw(st.integers(0, 14))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != body[place]]))
    assert not iso7064_valid(valid[:place] + other + valid[place + 1 :])


@given(st.text(max_size=20))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert gnd_valid(text) in {True, False}
    assert iso7064_valid(text) in {True, False}
