"""An afternoon to report on: one is late and reflects, one asks for leave, one says she comes and does not."""

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.leave import StartLeave, start_leave
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from handlers.respond import Respond, respond
from store.leaves import LeaveKind
from store.responses import ParticipationStatus
from tests.handlers.event_sample import LI, WANG, ZHAO, School


def play(school: School, research: int) -> School:
    """样李芳 came late and wrote a reflection, 样王强 asks for leave, 样赵敏 said she would come."""
    school.take(respond, Respond(research, ZHAO, ParticipationStatus.ACCEPTED))
    school.take(start_leave, StartLeave(WANG, research, LeaveKind.PERSONAL, "私事"))
    school.until("10-14 14:47")
    school.take(check_in, CheckIn(research, LI))
    school.until("10-14 16:30")
    school.take(start_reflection, StartReflection(research, LI))
    school.take(answer_prompt, AnswerPrompt(LI, "课堂提问要少而精", message="9"))
    school.take(step_reflection, StepReflection(research, LI, ReflectionStep.SUBMIT))
    school.until("10-16 12:00")
    return school
