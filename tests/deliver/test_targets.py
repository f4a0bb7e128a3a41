"""Every kind of target gets every message, whole, in order and once, from a server that is really there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lod.deliver import Delivery, deliver
from lod.deliver.run import Manner
from lod.deliver.target import target_of
from lod.errors import MissingExtra
from tests.deliver.servers import PASSWORD, USER, certificate, ftp_server, http_server, s3_server, sftp_server
from tests.dump.archives import record, tree
from tests.feed.stages import Stage, step

QUICK = Manner(pauses=(0.0, 0.0), sleep=lambda _seconds: None)


class Running(NamedTuple):
    """A target that runs: its address with user and password, and how to see what it has."""

    address: str
    folder: Path

    def names(self) -> list[str]:
        return [path.name.partition("_")[2] for path in sorted(self.folder.rglob("*_*.xml"))]


@pytest.fixture(params=["folder", "file", "ftp", "ftps", "sftp", "s3"])
def running(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A target of each kind that keeps files."""
    with start(request.param, tmp_path, monkeypatch) as target:
        yield target


@contextmanager
def start(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    inbox, account = folder / "inbox", f"{USER}:{PASSWORD}@127.0.0.1"
    if kind in {"folder", "file"}:
        yield Running(str(inbox / "ein gang") if kind == "folder" else (inbox / "ein gang").as_uri(), inbox)
    elif kind in {"ftp", "ftps"}:
        pem = certificate(folder) if kind == "ftps" else None
        monkeypatch.setenv("SSL_CERT_FILE", str(pem or ""))
        (inbox / "in").mkdir(parents=True)
        with ftp_server(inbox, pem) as server:
            yield Running(f"{kind}://{account}:{server.port}/in", server.folder)
    elif kind == "sftp":
        monkeypatch.setenv("LOD_DELIVER_KNOWN_HOSTS", str(folder / "known_hosts"))
        (inbox / "in").mkdir(parents=True)
        with sftp_server(inbox, folder / "known_hosts") as server:
            yield Running(f"sftp://{account}:{server.port}/in", server.folder)
    else:
        with s3_server(monkeypatch, "eingang"):
            yield Bucket("s3://eingang/presse/in", folder)


class Bucket(Running):
    """A bucket, seen through its service."""

    def names(self) -> list[str]:
        import boto3

        found = boto3.client("s3").list_objects_v2(Bucket="eingang", Prefix="presse/in/").get("Contents", [])
        return [one["Key"].rpartition("/")[2].partition("_")[2] for one in found]


def send(stage: Stage, address: str, manner: Manner = QUICK) -> Delivery:
    return deliver(stage.out, target_of(address), manner)


def test_everything_arrives_once_and_in_order(stage: Stage, running: Running) -> None:
    done = send(stage, running.address)
    assert (done.failure, done.sent, done.last) == (None, 5, 5)
    assert running.names() == stage.messages
    again = send(stage, running.address)
    assert (again.failure, again.sent, again.last) == (None, 0, 5)
    stage.export(*(record(number) for number in range(1, 7)))
    third = send(stage, running.address)
    assert (third.sent, third.last) == (1, 6)
    assert running.names() == stage.messages


def test_the_bytes_are_the_same(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = {path.name: path.read_bytes() for path in (stage.out / "newsml" / "messages").iterdir()}
    for kind in ("folder", "ftp", "sftp"):
        (tmp_path / kind).mkdir()
        with start(kind, tmp_path / kind, monkeypatch) as running:
            send(stage, running.address)
            assert {Path(name).name: data for name, data in tree(running.folder).items()} == messages


def test_a_reader_may_take_messages_away(stage: Stage, running: Running) -> None:
    send(stage, running.address)
    if isinstance(running, Bucket):
        return  # what it holds is not a folder here
    for path in sorted(running.folder.rglob("*.xml")):
        path.unlink()
    assert send(stage, running.address).sent == 0
    assert running.names() == []


def test_a_kill_takes_away_what_was_delivered_before(stage: Stage, running: Running) -> None:
    send(stage, running.address)
    records = [record(1, **step("cancel")), *(record(number) for number in range(2, 6))]
    stage.export(*records)
    assert send(stage, running.address).sent == 1
    assert running.names() == stage.messages
    assert "stadt.2017.1_v1.xml" not in running.names()
    assert "stadt.2017.1_v2.xml" in running.names()


def test_no_secret_is_told(stage: Stage, running: Running, capfd: pytest.CaptureFixture[str]) -> None:
    done = send(stage, running.address)
    printed = capfd.readouterr()
    said = repr(done) + printed.out + printed.err + repr(target_of(running.address))
    said += "".join(data.decode("utf-8", "replace") for data in tree(stage.out.with_name("out.report")).values())
    assert PASSWORD not in said
    assert USER not in said


@pytest.mark.parametrize("kind", ["ftp", "sftp"])
def test_a_wrong_password_is_one_line_without_it(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    with start(kind, tmp_path, monkeypatch) as running:
        done = send(stage, running.address.replace(PASSWORD, "kanari-falsch"))
    assert done.sent == 0
    assert done.failure
    assert "login failed" in done.failure
    assert "kanari" not in done.failure
    assert "\n" not in done.failure


def test_a_server_with_an_unknown_key_gets_nothing(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start("sftp", tmp_path, monkeypatch) as running:
        (tmp_path / "known_hosts").write_text("")
        done = send(stage, running.address)
        assert "the key of the server is not in known_hosts" in (done.failure or "")
        assert running.names() == []


def test_a_server_with_an_unknown_certificate_gets_nothing(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start("ftps", tmp_path, monkeypatch) as running:
        monkeypatch.delenv("SSL_CERT_FILE")
        done = send(stage, running.address)
        assert "certificate verify failed" in (done.failure or "")
        assert running.names() == []


def test_a_post_is_a_message_and_2xx_its_receipt(stage: Stage) -> None:
    with http_server() as inbox:
        done = send(stage, f"http://{USER}:{PASSWORD}@127.0.0.1:{inbox.port}/in/presse?mandant=7")
    assert (done.sent, done.failure) == (5, None)
    messages = [path.read_bytes() for path in sorted((stage.out / "newsml" / "messages").iterdir())]
    assert [body for _, body in inbox.requests] == messages
    headers = inbox.requests[0][0]
    assert headers["path"] == "/in/presse?mandant=7"
    assert headers["Content-Type"] == "application/vnd.iptc.g2.newsmessage+xml"
    assert headers["Authorization"].startswith("Basic ")
    assert len({one["Idempotency-Key"] for one, _ in inbox.requests}) == 5
    assert "mandant" not in done.target


@pytest.mark.parametrize("status", [500, 503, 429])
def test_what_may_be_over_soon_is_tried_again(stage: Stage, status: int) -> None:
    waited: list[float] = []
    with http_server(status, status) as inbox:
        manner = Manner(pauses=(1.0, 2.0, 4.0), sleep=waited.append)
        done = send(stage, f"http://127.0.0.1:{inbox.port}/", manner)
    assert (done.sent, waited) == (5, [1.0, 2.0])
    assert len(inbox.requests) == 5


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 410])
def test_a_no_ends_the_delivery_and_is_no_receipt(stage: Stage, status: int) -> None:
    with http_server(201, 201, status) as inbox:
        address = f"http://127.0.0.1:{inbox.port}/"
        done = send(stage, address)
        assert (done.sent, done.last) == (2, 2)
        assert f"000000000003_stadt.2017.4_v1.xml: {status} " in (done.failure or "")
        assert send(stage, address).sent == 3
        assert len(inbox.requests) == 5


def test_a_target_that_is_not_there_ends_it_after_all_attempts(stage: Stage) -> None:
    waited: list[float] = []
    done = send(stage, "ftp://127.0.0.1:9/in", Manner(pauses=(1.0, 2.0), sleep=waited.append))
    assert (done.sent, done.last, waited) == (0, 0, [1.0, 2.0])
    assert "Connection refused" in (done.failure or "")


def test_a_token_is_sent_instead_of_an_account(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOD_DELIVER_TOKEN", "kanari-token")
    with http_server() as inbox:
        send(stage, f"http://127.0.0.1:{inbox.port}/")
    assert inbox.requests[0][0]["Authorization"] == "Bearer kanari-token"


def test_two_targets_know_nothing_of_each_other(stage: Stage, tmp_path: Path) -> None:
    assert send(stage, str(tmp_path / "a")).sent == 5
    assert send(stage, str(tmp_path / "b")).sent == 5
    with http_server() as inbox:
        assert send(stage, f"http://eins@127.0.0.1:{inbox.port}/").sent == 5
        assert send(stage, f"http://zwei@127.0.0.1:{inbox.port}/").sent == 5
        assert send(stage, f"http://zwei:neu@127.0.0.1:{inbox.port}/").sent == 0


def test_a_new_target_may_begin_late(stage: Stage, tmp_path: Path) -> None:
    assert send(stage, str(tmp_path / "a"), QUICK._replace(since=3)).sent == 2
    assert send(stage, str(tmp_path / "a"), QUICK._replace(since=5)).sent == 0


def test_the_feed_in_another_markup_goes_its_own_way(tmp_path: Path) -> None:
    stage = Stage(tmp_path, newsml='body = "both"')
    stage.export(record(1))
    assert send(stage, str(tmp_path / "a")).sent == 1
    assert send(stage, str(tmp_path / "a"), QUICK._replace(feed="nitf")).sent == 1
    assert b"NITF" in b"".join(tree(tmp_path / "a").values())


def test_what_is_not_installed_is_named(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    found: Any = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "paramiko" else found(name))
    with pytest.raises(MissingExtra, match=r'pip install "lod-press\[deliver\]"'):
        send(stage, "sftp://127.0.0.1/in")


def test_an_address_that_nobody_knows_is_refused(stage: Stage) -> None:
    assert "not a kind of target that is installed here" in (send(stage, "gopher://127.0.0.1/in").failure or "")
