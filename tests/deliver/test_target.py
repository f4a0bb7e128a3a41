"""A target: what its address means, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.deliver.target import target_of
from lod.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "scheme", "host", "port", "path"),
    [
        ("sftp://a:b@server.example:2222/in/x", "sftp", "server.example", 2222, "/in/x"),
        ("FTP://server.example/in%20gang", "ftp", "server.example", None, "/in gang"),
        ("https://server.example/in%20gang?x=1", "https", "server.example", None, "/in%20gang"),
        ("s3://eimer/presse/in", "s3", "eimer", None, "/presse/in"),
        ("file:///srv/ein%20gang", "file", "", None, "/srv/ein gang"),
    ],
)
def test_addresses(text: str, scheme: str, host: str, port: int | None, path: str) -> None:
    target = target_of(text, {})
    assert (target.scheme, target.host, target.port, target.path) == (scheme, host, port, path)


def test_a_path_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert target_of("eingang", {}).path == str(tmp_path / "eingang")
    assert target_of("eingang", {}).key == target_of(str(tmp_path / "eingang"), {}).key


def test_who_asks_comes_from_the_address_the_environment_or_netrc(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine server.example login n password geheim\n")
    (tmp_path / ".netrc").chmod(0o600)
    home = {"HOME": str(tmp_path)}
    both = {**home, "LOD_DELIVER_USER": "u", "LOD_DELIVER_PASSWORD": "p"}
    address = "sftp://{}server.example/in"
    assert [(one.user, one.password) for one in (target_of(address.format(who), both) for who in ("", "a:b%40@"))] == [
        ("u", "p"),
        ("a", "b@"),
    ]
    found = target_of(address.format(""), home)
    assert (found.user, found.password) == ("n", "geheim")
    other = target_of(address.format("x@"), home)
    assert (other.user, other.password) == ("x", None)


def test_secrets_are_in_nothing_that_is_told() -> None:
    target = target_of("https://kanari:geheim@server.example/in?key=versteckt", {"LOD_DELIVER_TOKEN": "marke"})
    said = f"{target.shown} {target.key} {target!r}"
    for secret in ("kanari", "geheim", "versteckt", "marke"):
        assert secret not in said
    assert target.shown == "https://server.example/in"
    error = "no\nhttps://kanari:geheim@server.example/in?key=versteckt for kanari with marke, geheim"
    assert target.scrub(error) == "no … for … with …, …"


def test_keys_tell_accounts_apart_and_survive_a_new_password() -> None:
    first, second, third = (target_of(f"ftp://{who}@s.example/in", {}) for who in ("a:1", "b:1", "a:2"))
    assert first.key == third.key != second.key
    assert target_of("s3://e/in", {"LOD_DELIVER_USER": "alt"}).key == target_of("s3://e/in", {}).key


@pytest.mark.parametrize("text", ["sftp:///in", "http://", "https://server.example:port/", "ftp://[::1/in"])
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="TARGET"):
        target_of(text, {})
