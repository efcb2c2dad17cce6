from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from aisync_desktop.kernel.messages import fill, text
from aisync_desktop.observe.catalogue import catalogue
from tests.helpers.messages import templates
from tests.helpers.wording import COMMANDS, engine_word

_TOOL = Path(__file__).parents[2] / "tools" / "translations.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_tool", _TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated_and_the_built_files_are_up_to_date(tool: ModuleType) -> None:
    assert tool.check() == []


def test_every_message_is_known_to_the_translators(tool: ModuleType) -> None:
    sources = {message.source for message in tool.messages(tool.FOLDER / "aisync_ko.ts")}
    assert [code for code, template in templates().items() if template not in sources] == []


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (("{line}행", "행"), "has other parameters"),
        (("<translation>일치</translation>", "<translation></translation>"), "is not translated"),
        (("다시 보기(&amp;L)", "다시 보기"), "has a mnemonic on one side only"),
        (("%n개를 맞췄습니다", "를 맞췄습니다"), "has other parameters"),
        (("{path:은/는/ 파일은} 하드", "{path}은(는) 하드"), "has a particle that need not fit"),
        (("{path:은/는/ 파일은} 하드", "{path}는 하드"), "has a particle that need not fit"),
    ],
)
def test_a_bad_translation_is_found(
    damage: tuple[str, str], complaint: str, tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ts in tool.FOLDER.glob("*.ts"):
        shutil.copy(ts, tmp_path)
    korean = tmp_path / "aisync_ko.ts"
    whole = korean.read_text("utf-8")
    assert damage[0] in whole
    korean.write_text(whole.replace(*damage), encoding="utf-8")
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    assert any(complaint in fault for fault in tool.faults("ko"))


def test_an_english_plural_that_does_not_agree_with_its_count_is_found(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = (tool.FOLDER / "aisync_en.ts").read_text("utf-8")
    damaged = english.replace("<numerusform>%n file brought", "<numerusform>%n file(s) brought")
    assert damaged != english
    (tmp_path / "aisync_en.ts").write_text(damaged, encoding="utf-8")
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    assert any("does not agree" in fault for fault in tool.faults("en"))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_sentence_can_be_said_of_one_and_of_more(language: str, tool: ModuleType) -> None:
    translations = {message.source: message.translations[0] for message in tool.messages(tool.FOLDER / "aisync_ko.ts")}
    for template in templates().values():
        said = template if language == "en" else translations[template]
        names = {name for _, name, _, _ in Formatter().parse(said) if name}
        for value in (1, 2):
            assert fill(said, dict.fromkeys(names, value))
        assert "(s)" not in template


def test_nobody_reads_a_word_of_the_engine(tool: ModuleType) -> None:
    messages = tool.messages(tool.FOLDER / "aisync_ko.ts")
    sources = {message.source for message in messages if message.context != "pages"}  # a page is called Decisions
    assert [source for source in sorted(sources) if engine_word(source)] == []


def test_nobody_is_begged_or_shouted_at(tool: ModuleType) -> None:
    sources = {message.source for message in tool.messages(tool.FOLDER / "aisync_ko.ts")}
    begging = re.compile(r"!|\b(?:please|successfully|oops)\b", re.IGNORECASE)
    assert [source for source in sorted(sources) if begging.search(COMMANDS.sub("", source))] == []


def test_the_command_line_speaks_korean_without_qt() -> None:
    message = text("status.in-step.line", items=12, clients=4)
    assert message.render(catalogue("ko")) == "클라이언트 4개, 항목 12개"
    assert message.render(catalogue("en")) == "12 items in 4 clients"


def test_a_language_that_we_do_not_speak_is_english() -> None:
    assert catalogue("xx")("template") == "template"
