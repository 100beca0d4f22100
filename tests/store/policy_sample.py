"""A sample charter of our own wording, with every structure that a plan may have, and the index of it."""

from datetime import UTC, datetime

from store import blueprint, consortiums
from store.blueprint import Blueprint
from store.consortiums import Consortium
from store.database import Session
from store.policies import editions
from store.policies.clauses import ClauseDraft, tree
from store.policies.editions import Published, Unchanged
from store.policies.margins import Line
from store.policies.passages import passages
from store.policies.ranking import Entry, Index

NOW = datetime(2026, 9, 1, tzinfo=UTC)
TITLE = "河东教联体章程(样本)"
CHARTER = """为办好河东教联体，依据《__县教育振兴办法》，由河东中学牵头，联合__中学、__学校，制定本章程。
一、总则
坚持以____精神为指导，各校平等协商，共同提高。
二、组织机构
理事会
设理事长1名、副理事长3名。下设处室2个(协作办、督评室)，负责日常协调。
教师队伍
1、河东中学选派12名教师到成员校任教(均任教八年级)，交流时间为两年。
2、成员校教师到河东中学跟岗学习。
三、共同工作
(一)教研联动。每月开展一次联合教研，每学期举办一次课例展评。
(二)评价改革。推行“三共”(共备课、共上课、共评课)，建立常态化巡课制度，每学年开展一次教学视导。
(三)学生成长。开设阅读节、劳动节两个节日，秋季举办体育节。
四、实施步骤
1、筹备启动
(20__年__月—20__年__月)
成立筹备组，拟订实施细则。
2、全面铺开
(2027年3月—2028年6月)
三校同时挂牌，统一组织招生。
五、附则
本章程由理事会负责解释。"""


def drafts(text: str) -> tuple[ClauseDraft, ...]:
    return tree([Line(line, at) for at, line in enumerate(text.split("\n"), 1) if line.strip()])


def index(text: str = CHARTER, title: str = TITLE) -> Index:
    return Index(tuple(Entry(passage, title, 1) for passage in passages(drafts(text))))


def adopt(session: Session, key: str) -> int:
    """A consortium whose file says nothing more."""
    file = Blueprint(consortium=blueprint.Consortium(key=key, name=key, timezone="Asia/Shanghai", public_holidays="cn"))
    applied = consortiums.spelt(file)
    session.add(Consortium(key=key, name=key, timezone="Asia/Shanghai", applied=applied, since=NOW))
    session.flush()
    found = consortiums.by_key(session, key)
    assert found is not None
    assert found.id is not None
    return found.id


def publish(session: Session, consortium: int, text: str) -> Published | Unchanged:
    return editions.publish(session, consortium, TITLE, "sample.txt", drafts(text), text, NOW)
