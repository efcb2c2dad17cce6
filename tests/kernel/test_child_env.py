from __future__ import annotations

from aisync_desktop.kernel.child_env import child_env

USER = {"PATH": "/usr/bin", "LD_LIBRARY_PATH": "/opt/lib"}


def test_from_source_a_child_gets_the_users_environment() -> None:
    assert child_env(USER | {"PYDANTIC_DISABLE_PLUGINS": "__all__"}, frozen=False) == USER


def test_from_a_bundle_the_loaders_paths_are_undone() -> None:
    frozen = USER | {"LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/opt/lib", "QT_PLUGIN_PATH": "/bundle/qt"}
    assert child_env(frozen, frozen=True) == USER


def test_a_path_that_only_the_loader_set_goes() -> None:
    assert child_env({"PATH": "/usr/bin", "LD_LIBRARY_PATH": "/bundle"}, frozen=True) == {"PATH": "/usr/bin"}
