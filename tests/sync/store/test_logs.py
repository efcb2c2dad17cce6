from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aisync_desktop.sync.store.records import LogQuery, SyncStart
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import sql


@pytest.fixture
def full(store: Store) -> Store:
    """Ten lines, 2026-01-01 at one second each."""
    for i in range(10):
        client = "codex" if i % 3 == 0 else "qwen-code"
        store.log("warning" if i % 2 else "info", f"synced file number{i}", {"client": client, "path": f"/h/{i}.toml"})
    return store


def numbers(store: Store, query: LogQuery) -> list[int]:
    return [int(line.message.removeprefix("synced file number")) for line in store.logs(query)]


def test_newest_come_first_and_pages_join_without_gap(full: Store) -> None:
    first = full.logs(LogQuery(limit=4))
    rest = full.logs(LogQuery(before=first[-1].id))
    assert [line.message[-1] for line in (*first, *rest)] == list("9876543210")
    assert numbers(full, LogQuery(after=first[1].id)) == [9]


def test_lines_are_filtered_by_level_client_and_time(full: Store) -> None:
    assert numbers(full, LogQuery(levels=("warning",))) == [9, 7, 5, 3, 1]
    assert numbers(full, LogQuery(client="codex", levels=("warning",))) == [9, 3]
    middle = full.logs(LogQuery(search="number5"))[0].timestamp
    assert numbers(full, LogQuery(since=middle)) == [9, 8, 7, 6, 5]
    assert numbers(full, LogQuery(until=middle)) == [4, 3, 2, 1, 0]
    assert middle.tzinfo is not None
    assert middle > dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_lines_of_one_sync_are_found(store: Store) -> None:
    sync_id = store.begin_sync(SyncStart("user", "sync", "codex"))
    store.log("info", "of it", {}, sync_id)
    store.log("info", "of none")
    (line,) = store.logs(LogQuery(sync_id=sync_id))
    assert (line.message, line.sync_id) == ("of it", sync_id)


def test_a_clock_that_was_set_back_hides_no_line(full: Store) -> None:
    late = full.logs(LogQuery(limit=1))[0].timestamp
    sql(full, "UPDATE event_log SET timestamp = '2026-01-01T00:00:00.000000Z' WHERE message LIKE '%8'")
    assert numbers(full, LogQuery(until=late)) == [8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert numbers(full, LogQuery(since=late)) == [9]
    assert numbers(full, LogQuery(until=dt.datetime(2026, 1, 1, 0, 0, 1, tzinfo=dt.UTC))) == [8]


def test_search_takes_all_words_and_the_last_by_prefix_in_message_and_context(full: Store) -> None:
    assert numbers(full, LogQuery(search="file numb")) == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert numbers(full, LogQuery(search="NUMBER7 sync")) == [7]
    assert numbers(full, LogQuery(search="sync number7")) == numbers(full, LogQuery(search="sync ")) == []
    assert numbers(full, LogQuery(search="number7 absent")) == []
    assert numbers(full, LogQuery(search="4.toml")) == [4]
    assert numbers(full, LogQuery(search="synced", levels=("info",), limit=2, before=full.log_ids()[1])) == [6, 4]


def test_korean_is_found(store: Store) -> None:
    store.log("info", "설정을 동기화했습니다")
    assert len(store.logs(LogQuery(search="동기화"))) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_no_search_text_is_an_operator_or_an_error(store: Store, search: str) -> None:
    assert isinstance(store.logs(LogQuery(search=search)), tuple)


def test_ids_name_every_line_that_matches_and_give_it_back(full: Store) -> None:
    ids = full.log_ids(LogQuery(levels=("info",)))
    assert len(ids) == 5
    lines = full.logs_by_id([ids[0], ids[-1], 999])
    assert [lines[ids[0]].message, lines[ids[-1]].message] == ["synced file number8", "synced file number0"]
    assert 999 not in lines


def test_a_line_that_is_gone_is_no_longer_found(full: Store) -> None:
    sql(full, "DELETE FROM event_log WHERE message LIKE '%number3'")
    assert numbers(full, LogQuery(search="number3")) == []
    sql(full, "INSERT INTO log_fts (log_fts) VALUES ('integrity-check')")


def test_a_token_that_slipped_into_a_line_is_hidden(store: Store) -> None:
    token = "ghp_" + "a1" * 18
    store.log("error", f"refused {token}", {"detail": [{"url": f"https://u:{token}@h"}], token: 1})
    (line,) = store.logs()
    assert token not in f"{line.message} {line.context}"
    assert "refused ***" in line.message
