"""The vocabulary: named regular expressions. At each place of a text the one that matches longest is the word there."""

import re
from functools import cache

from scheduling.expressions.lengths import DAYS, LENGTH
from scheduling.expressions.numerals import HAN, N

X = "[一二三四五六日天1-7]"
WEEK = "(?:周|星期|礼拜)"
WEEKDAY = rf"{WEEK}(?:[一二三四五六日天]|[1-7](?![0-9]))(?!次)"
TO = r"\s*(?:到|至|-+)\s*"
AND = r"\s*(?:[、,和及与]|以及)\s*"
MORE = rf"(?:{AND}{X}+|[一二三四五六日天]+)(?![0-9{HAN[1:-1]}点时分:号日月年节周个次/.-])"  # 周一、三, but not 周三五点
CLOCK_AHEAD = rf"(?={N}(?:点|时|:))"
MONTH = r"(?:元|正|腊|冬|[0-9]{1,2}|[一二三四五六七八九十]{1,2})月"
YEAR = "[0-9]{4}|[零〇一二三四五六七八九]{4}|今|明|后"
LEAD = rf"(?:(?:提前|开?会前|开始前|活动前|课前|前)?(?:{LENGTH}|{DAYS})前?)"
SCHOOL_DAY = "(?:工作日|上班的?日子?|上课的?日子?|上学日?|教学日|上班|上课)"
ROOM = "[楼馆厅]|会议室|教室|机房"

WORDS = {
    # which days again and again
    "every": rf"(?:每(?:个|逢|周|星期)?|逢)(?={WEEKDAY}|[单双])|每(?:个|一)?(?:"
    rf"(?P<day>天|日|工作日|上班日|上课日|教学日|上学日)|{WEEK}(?!{X}(?!次))|(?P<month>月)|(?P<term>学期))|(?P<daily>天天)|一(?:周|(?P<monthly>月)|(?P<termly>学期))(?={N}次)",
    "every_other": rf"每?隔一?个?(?:{WEEK}(?!{X})|(?={WEEKDAY}))|每[两二2]个?{WEEK}",
    "no_rule": rf"每个?(?:季度|学年|年)|每半个?(?:月|学期|年)|每?隔(?:天|日|月|{N}(?:天|日|周|个月))"
    rf"|每(?!一){N}个?(?:天|日|{WEEK}|月|年)|单双周|一(?:学年|年|季度)(?={N}次)",
    "times": rf"(?P<n>{N})[次回]",
    "parity": rf"(?:(?P<odd>单|奇)|双|偶)(?:数?{WEEK}(?!{X})|(?={WEEKDAY}))",
    "weeks": rf"第?{N}周?(?:(?:{AND}|{TO})第?{N}周?)+(?<!周)周(?!{X})|第?{N}周(?:(?:{AND}|{TO})第?{N}周)+(?!{X})"
    rf"|(?P<until>(?<!考)(?<!试)前{N}周)(?!{X})|(?P<since>从?第{N}周(?:开始|起))",
    "weekday": rf"{WEEKDAY}{TO}{WEEK}?{X}(?![0-9:点])|{WEEKDAY}(?:(?:{AND})?{WEEKDAY}|{MORE})*",
    "ordinal": rf"(?:第(?P<n>{N})|(?P<last>最后一|最末一)|(?P<first>头一|首)|倒数第{N})个(?={WEEKDAY}|{SCHOOL_DAY})"
    rf"|(?P<finally>最后)个?(?={WEEKDAY})",
    "school_day": SCHOOL_DAY,
    "edge": rf"{SCHOOL_DAY}?(?:(?P<first>第一|头一)天|(?P<last>最后一)天|一天|(?P<nth>第{N}天)){SCHOOL_DAY}?的?",
    "week_number": rf"第(?P<n>{N})(?:教学)?周(?!{X})",
    "two_ways": rf"第{N}(?={WEEKDAY})|第{N}个{WEEK}(?!{X})|第{N}{WEEK}(?={X})",
    # one day
    "date": rf"(?:(?P<year>{YEAR})年)?(?P<month>{MONTH})份?(?P<day>{N}(?=号|日)|[0-9]{{1,2}}(?![0-9]))"
    r"(?:号|日)?(?![节点时:])"
    r"|(?P<y>20[0-9]{2})(?P<sep>[-./])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})(?![0-9])"
    rf"|(?P<mm>[0-9]{{1,2}})(?:[./]|-(?![0-9]+周))(?P<dd>[0-9]{{1,2}})(?:号|日)?(?![0-9:.点时节小个分h]|周(?!{X})|{TO}[0-9]+[周节点])",
    "month": rf"(?P<month>{MONTH})份?的?(?=第|最后|首|头)",
    "this_month": rf"(?P<shift>下+|上+|本|这|当)个?月份?(?=的?(?:{N}[号日]|第|最后|首|头))",
    "month_day": rf"(?P<n>{N})(?:号(?!{ROOM})|日)",
    "relative": "今[天日]|明[天日]|大后天|后天|昨[天日]|大前天|前天|当天|[今明后](?=早|晚)",
    "distance": rf"(?P<n>{N})(?:(?P<days>天|日)|个?{WEEK})(?:之|以)?后"
    rf"|(?P<about>(?:半|{N})个?多?(?:月|学期|年)(?:之|以)?后)",
    "this_week": rf"(?P<shift>下+|上+|本|这|当)一?个?(?:(?={WEEKDAY})|{WEEK}(?!{X}|末))",
    "weekend": r"(?P<shift>下+|上+|本|这)?个?周末",
    "festival": "(?:(?:国庆|元旦|中秋|端午|清明|元宵)节?|春节|大年初一|除夕|教师节|儿童节|六一(?:儿童)?节?|劳动节"
    "|五一(?:劳动)?节?|妇女节|三八(?:妇女)?节|青年节|五四(?:青年)?节|建党节|七一|植树节|建队日)(?:假期|长假|放假)?",
    "exam": "期中考试|期末考试|期中考?|期末考?|中考|高考|月考",
    "holidays": "(?:节假日|假期|长假|放假|节)(?=之?前|之?后)",
    "side": "(?:之|以)?(?:(?P<before>前)|后)(?![勤进沿期续任台])",
    "lunar": "(?:农历.{1,3}|[腊正冬])月(?:初?[一二三四五六七八九十廿]{1,3})?|腊八节?|小年",
    "term": "(?:(?P<next>下)|(?P<last>上)|本|这)个?学期",
    "stretch": rf"(?:(?:本|这|下|上)?个?月|学期|年)(?:底|初|末|中旬|内)|(?<=月)份?(?:底|初|末|中)|(?<=学期)末"
    rf"|[上中下]旬|[周月]内|近期|最近|尽快|改天|过[几{HAN[1:-1]}]天|这[两几]天|几天后|有空|回头|随时|不定期"
    rf"|开学(?:初|后|前|第一[周天])|年[前后]|(?<=[前后])一周|(?:学期|{MONTH}|工作日)(?=$|\s)|放?(?:寒假|暑假)之?[前后中]?",
    "last_time": "(?:(?:本|这)?个?学期|放?(?:寒假|暑假|假)之?前)的?最后一次",
    # the time of day
    "part": "(?P<morning>早上|清晨|早晨|上午)|(?P<noon>中午|正午)|(?P<afternoon>下午|午后)|(?P<dusk>傍晚)"
    rf"|(?P<night>凌晨)|(?P<evening>晚上|晚间|夜里)|(?P<early>早{CLOCK_AHEAD}|(?<=[今明后])早上?)"
    rf"|(?P<late>晚{CLOCK_AHEAD}|(?<=[今明后])晚上?)",
    "clock": rf"差(?P<short>{N}分?|一刻钟?)(?:钟)?到?(?P<short_hour>{N})点"
    rf"|(?P<hour>{N})(?:点|时)(?:钟|整|(?P<half>半)|(?P<quarters>[一三])刻|过?零?(?P<minute>{N})(?!分钟|个|小时|号|日|节|月|周)分?)?"
    rf"|(?P<h>[0-9]{{1,2}}):(?P<m>[0-9]{{2}})(?![0-9])分?|(?P<bare>{N})(?={TO}(?:上午|中午|下午|晚上)?{N}(?:点|时|:))",
    "period": rf"第(?P<n>{N})节课?|(?P<final>最后一节课?)"
    rf"|第?(?P<one>{N})节?课?(?:{AND}|{TO})第?(?P<two>{N})节课?"
    "|第?(?P<a>[一二三四五六七八九])(?P<b>[二三四五六七八九十])节课?",
    "lessons": rf"{N}节课?",
    "bell": "放学后?|大课间|课间操?|晚自习|早自习|早读|晨读|午休|午间|午饭后|饭后|上班前|下班[前后]?"
    "|课后服务|升旗后?|课后",
    "rough": "左右|前后|大约|大概|大致",
    "to": TO,
    # the rest
    "remind": rf"(?:{LEAD}(?:{AND}|\s+)?)+(?:再|各)?(?:提醒|通知)(?:我|大家|一下|一次|老师们?)*",
    "length": LENGTH,
    "follows": rf"(?:补上?|上|按|走|执行)(?P<weekday>{WEEKDAY})的?(?:课表|课程表?|作息|课)(?:上课)?",
    "school": "正常上[课班]|照常上[课班]|调休上[课班]|调休|补课|补班",
    "off": "(?:调休)?放假|停课|休息|不上课",
    "filler": "[的在于为共]|定在|安排在|时间|时长|历时|用时|为期|开始|准时|从|是|约|起|请"
    "|(?<!.)(?:请|麻烦)?(?:提醒|通知)(?:一下|大家|老师们|我)?",
}
LATER = "顺延|推迟|延后|延迟|往后推|后延|晚"
REPLIES = {
    "move": "[改调挪换移延推提][期整后迟前动]?[到至在为成]|(?:提早|顺延)[到至]|改期|顺延|推迟|延期|提前",
    "shift": rf"(?:(?P<earlier>提前|提早|往前)|{LATER})(?P<by>{LENGTH}|{DAYS})(?!前|提醒)",
    "stop": "(?:[这本此]?一?[次回])?先?(?:停一次|停开一次|暂停一次|取消(?:一次)?|不开了?|停开|停了?|不办了?)[吧了]?",
    "same_time": "同一?样?个?时间|原(?:来的?)?时间|时间不变|老时间",
}
VERB = "召开|举行|举办|进行|开展|开|安排"
# Where other words follow at once, these belong to a title: 元旦晚会.
GLUED = {"festival", "exam", "bell", "month", "stretch", "school_day", "school", "off", "lunar", "lessons", "filler"}
# What an expression at the end of a title's run may begin with: 教研会12月9日下午两点.
STRONG = {"date", "month_day", "weekday", "this_week", "relative", "every", "clock", "part", "period", "length", "to"}
STRONG |= {"week_number", "remind"}


@cache  # at first use: all of them together take longer to compile than most modules to load
def pattern(name: str) -> re.Pattern[str]:
    return re.compile(WORDS.get(name) or REPLIES[name])
