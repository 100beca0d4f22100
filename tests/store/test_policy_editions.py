"""Editions: a new text is a new edition, the same text is none, and one alone is in force."""

import pytest
from msgspec.structs import replace

from store.database import DatabaseError, Store
from store.policies import editions, history, slots
from store.policies.clauses import flat
from store.policies.comparing import ChangeKind, ClauseChange, compare
from store.policies.editions import Published, Unchanged
from tests.handlers.event_sample import begin
from tests.store.policy_sample import CHARTER, NOW, TITLE, adopt, drafts, publish


@pytest.fixture
def river(store: Store) -> int:
    return store.call(adopt, "river")


def test_the_first_edition_adds_every_clause(store: Store, river: int) -> None:
    number = len(list(flat(drafts(CHARTER))))
    assert replace(store.call(publish, river, CHARTER), number=0) == Published(TITLE, 1, number, number, 0, 0)


def test_the_same_text_again_is_no_edition(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    again = store.call(publish, river, CHARTER)
    assert again == Unchanged(TITLE, 1, len(list(flat(drafts(CHARTER)))))


def test_a_changed_clause_makes_the_second_edition_which_alone_is_in_force(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    answer = store.call(publish, river, CHARTER.replace("交流时间为两年", "交流时间为三年"))
    assert isinstance(answer, Published)
    assert (answer.edition, answer.added, answer.changed, answer.removed) == (2, 0, 1, 0)
    assert [(each.document, each.number) for each in store.call(editions.in_force, river)] == [(TITLE, 2)]


def test_an_earlier_text_that_comes_back_is_an_edition_of_its_own(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    store.call(publish, river, CHARTER + "\n六、补充\n另行通知。")
    answer = store.call(publish, river, CHARTER)
    assert isinstance(answer, Published)
    assert (answer.edition, answer.removed) == (3, 2)


def test_the_database_itself_refuses_two_editions_in_force(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    store.call(publish, river, CHARTER + "\n六、补充")
    with pytest.raises(DatabaseError, match=r"(?i)unique"):
        store.call(lambda session: session.connection().exec_driver_sql("UPDATE edition SET in_force = (1 = 1)"))


def test_what_was_published_is_read_back_as_it_was(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    edition = store.call(editions.in_force, river)[0]
    assert store.call(editions.clauses, edition.id) == drafts(CHARTER)


def test_a_title_belongs_to_its_consortium(store: Store, river: int) -> None:
    hill = store.call(adopt, "hill")
    store.call(publish, river, CHARTER)
    answer = store.call(publish, hill, "另一份章程的正文。")
    assert answer.edition == 1
    assert [each.number for each in store.call(editions.in_force, river)] == [1]


def test_a_trial_leaves_nothing(store: Store, river: int) -> None:
    store.try_out(publish, river, CHARTER)
    assert store.call(editions.in_force, river) == []


def test_a_clause_put_in_between_changes_no_other() -> None:
    old = list(flat(drafts("一、甲\n正文一。\n正文三。")))
    new = list(flat(drafts("一、甲\n正文一。\n正文二。\n正文三。")))
    assert compare(old, new) == (ClauseChange(ChangeKind.ADDED, None, new[2]),)
    assert compare(new, old) == (ClauseChange(ChangeKind.REMOVED, new[2], None),)


def changed(before: str, after: str) -> list[tuple[str, str, str]]:
    return [(one.kind.value, *one.words) for one in compare(*(list(flat(drafts(text))) for text in (before, after)))]


def test_an_article_put_in_between_renumbers_the_others_and_changes_none() -> None:
    before = "第一条　甲方负责。\n第二条　乙方负责。"
    after = "第一条　甲方负责。\n第二条　丙方参加。\n第三条　乙方负责。"
    assert changed(before, after) == [
        ("added", "", "第二条　丙方参加。"),
        ("moved", "第二条　乙方负责。", "第三条　乙方负责。"),
    ]


def test_a_paragraph_under_another_heading_has_moved() -> None:
    before = "序言。\n一、甲\n教研每月一次。\n正文一。\n二、乙\n正文二。"
    after = "序言。\n一、甲\n正文一。\n二、乙\n正文二。\n教研每月一次。"
    assert changed(before, after) == [("moved", "教研每月一次。", "教研每月一次。")]


def test_of_a_changed_clause_the_place_that_differs_is_shown() -> None:
    opening = "核心校选派教师到两所成员校任教，" * 5
    ((kind, was, now),) = changed(f"一、甲\n{opening}交流两年。", f"一、甲\n{opening}交流三年。")
    assert (kind, was[-5:], now[-5:]) == ("changed", "交流两年。", "交流三年。")
    assert was.startswith("一、甲…")
    assert len(was) < 75
    ((_, was, now),) = changed(f"第十二条　{opening}交流两年。", f"第十二条　{opening}交流三年。")
    assert (was, now) == ("第十二条…师到两所成员校任教，交流两年。", "第十二条…师到两所成员校任教，交流三年。")


def test_a_sentence_that_is_added_at_the_end_of_a_long_clause_is_shown() -> None:
    long = "核心校选派教师到两所成员校任教，" * 5 + "交流两年。"
    ((_, was, now),) = changed(f"第十二条　{long}", f"第十二条　{long}期满可以延长。")
    assert (was, now) == ("第十二条…所成员校任教，交流两年。", "第十二条…所成员校任教，交流两年。期满可以延长。")
    ((_, was, now),) = changed(f"(一)　{long}", f"(二)　{long.replace('两年', '三年')}")
    assert (was[-5:], now[-5:]) == ("交流两年。", "交流三年。")


def test_ten_thousand_like_lines_are_compared_at_once() -> None:
    many = "\n".join(["同一句话。"] * 10_000)
    assert len(changed(f"一、甲\n{many}", f"一、甲\n{many}\n新的一句。")) == 1


def test_an_edition_is_dated_from_the_import_to_the_next_one(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    store.call(publish, river, CHARTER + "\n六、补充")
    second, first = store.call(history.history, river)
    assert (second.number, second.since, second.until) == (2, NOW, None)
    assert (first.number, first.since, first.until) == (1, NOW, NOW)
    assert store.call(editions.clauses, first.id) == drafts(CHARTER)


def test_a_withdrawn_document_answers_no_more_and_stays_readable(store: Store, river: int) -> None:
    store.call(publish, river, CHARTER)
    (edition,) = store.call(history.history, river)
    assert store.call(history.withdraw, edition.document, NOW)
    assert not store.call(history.withdraw, edition.document, NOW)
    assert store.call(editions.in_force, river) == []
    assert store.call(editions.clauses, edition.id) == drafts(CHARTER)
    back = store.call(publish, river, CHARTER)
    assert (back.edition, back.clauses) == (2, edition.number * len(list(flat(drafts(CHARTER)))))


def test_what_was_filled_in_stays_over_editions_as_long_as_the_blank_does(store: Store) -> None:
    school = begin(store)
    store.call(publish, 1, CHARTER)
    (edition,) = store.call(history.history, 1)
    every = store.call(slots.of_edition, edition.document, TITLE, drafts(CHARTER))
    stage = next(one for one in every if one.path[-1:] == ("筹备启动",))
    store.call(slots.fill, stage.slot, "2026年9月—10月", "纪要", school.person("chen"), NOW)
    text = CHARTER.replace("四、实施步骤", "五、实施步骤").replace("交流时间为两年", "交流时间为三年")
    store.call(publish, 1, text)
    path = ("五、实施步骤", "1、筹备启动")
    (filled,) = store.call(slots.beside, 1, TITLE, path, "1、筹备启动\n(20__年__月—20__年__月)\n成立筹备组")
    assert (filled.value, filled.source, filled.at) == ("2026年9月—10月", "纪要", NOW)
    assert store.call(slots.beside, 1, TITLE, ("五、实施步骤", "2、全面铺开"), "(20__年__月—20__年__月)") == []
    assert store.call(slots.beside, 1, "别的方案", path, "(20__年__月—20__年__月)") == []
