from __future__ import annotations

import datetime as dt

from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.sync.store.models import Blob, Fact, Version, WatchedPath
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import TickingClock

NAME = "00112233445566778899aabbccddeeff"


def test_values_are_written_and_read_as_the_fields_do(store: Store, clock: TickingClock) -> None:
    store.set_pause({"a": [1, None]})
    query = Prepared(lambda name: Fact.select(Fact.name, Fact.value).where(Fact.name == name))
    assert query.rows(store._writer.db, "pause") == [("pause", {"a": [1, None]})]
    assert query.first(store._writer.db, "shape") is None
    moments = Prepared(lambda since: Version.select(Version.created_at).where(Version.created_at > since))
    store.keep_version("/x", b"x", "seen", "me")
    ((found,),) = moments.rows(store._writer.db, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert found == clock.time


def test_a_list_has_as_many_places_as_values_and_a_name_is_bytes(store: Store) -> None:
    db = store._writer.db
    for path in ("/a", "/b", "/c"):
        store.keep_version(path, path.encode(), "seen", "me")
    query = Prepared(lambda paths: WatchedPath.select(WatchedPath.path).where(WatchedPath.path.in_(paths)))
    assert [sorted(query.rows(db, asked)) for asked in (["/c", "/a"], [], ["/b"], ["/a", "/b"])] == [
        [("/a",), ("/c",)],
        [],
        [("/b",)],
        [("/a",), ("/b",)],
    ]
    names = Prepared(lambda names: Blob.select(Blob.name, Blob.size).where(Blob.name.in_(names)).order_by(Blob.id))
    known = [version.hash for path in ("/a", "/b") for version in store.versions(path)]
    assert names.rows(db, [NAME, *known]) == [(known[0], 2), (known[1], 2)]


def test_a_change_tells_how_many_rows_it_changed(store: Store) -> None:
    store.set_pause("noon")
    store.set_lost_texts({"/a": "one"})
    change = Prepared(lambda value, names: Fact.update(value=value).where(Fact.name.in_(names)))
    assert [change.run(store._writer.db, 7, names) for names in (["pause", "lost_texts"], ["three"], [])] == [
        2,
        0,
        0,
    ]
    assert store.pause() == 7
