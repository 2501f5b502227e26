"""The script of a year: 48 runs, what was done before each, and the lines it must append."""

from collections.abc import Callable

from tests.year import Run, Year


def nothing(year: Year) -> None:
    """A run that nobody asked for."""


def each(*acts: Callable[[Year], object]) -> Callable[[Year], None]:
    """Several steps of one run, in order."""

    def act(year: Year) -> None:
        for one in acts:
            one(year)

    return act


def _race(year: Year) -> None:
    year.paper("race-1", "09-15")
    year.paper("race-2", "09-16")


U = ("unserved",)
SCRIPT = (
    Run("01-12 09", lambda y: y.put_item("functions", "title: 城管局机构职能\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05\n", "负责市容环境卫生管理。"), ("found chengguan/functions functions/standing",)),
    Run("01-13 09", nothing),
    Run("02-05 09", lambda y: y.paper("notice", "01-20"), ("first chengguan/notice papers/2026.notice",)),
    Run("02-10 09", lambda y: y.monthly(1), ("first chengguan/m01 monthly/2026-01",)),
    Run("03-10 09", lambda y: y.paper("person", "03-02", body="欧阳某甲家住柳树巷七排，因肾病申请救助。"), ("first chengguan/person papers/2026.person",)),
    Run("03-11 09", nothing),
    # late: due on Friday the 13th
    Run("03-17 09", each(Year.pack, lambda y: y.monthly(2)), ("first chengguan/m02 monthly/2026-02",)),
    # a stub completed in time
    Run("04-10 09", lambda y: y.monthly(3, stub="本月收入 13 万元，其余下旬补齐。"), ("first chengguan/m03 monthly/2026-03 支出",)),
    Run("04-14 09", lambda y: y.monthly(3), ("change chengguan/m03 monthly/2026-03",)),
    Run("04-20 09", lambda y: y.withdraw("person", "04-20", "reason: 含有不宜公开的内容, kind: 个人信息"), ("withdraw chengguan/person papers/2026.person",)),
    Run("04-22 09", Year.purge),
    # a stub completed late
    Run("05-12 09", lambda y: y.monthly(4, stub="本月收入 14 万元，其余下旬补齐。"), ("first chengguan/m04 monthly/2026-04 支出",)),
    Run("05-18 23", lambda y: y.monthly(4, stub="本月收入 14.2 万元，其余下旬补齐。"), ("change chengguan/m04 monthly/2026-04 支出",)),
    Run("05-25 09", lambda y: y.monthly(4), ("change chengguan/m04 monthly/2026-04",)),
    Run("05-28 09", Year.imports, (
        "first chengguan/2011/report -", "first chengguan/2012/report -", "first chengguan/2013/report -",
        "first chengguan/owed papers/2026.owed",
    )),
    Run("06-05 09", lambda y: y.monthly(5), ("first chengguan/m05 monthly/2026-05",)),
    # two ways to correct: in place, and by an item of its own
    Run("06-22 09", lambda y: y.edit("m05", "支出 12 万元", "支出 12.5 万元"), ("change chengguan/m05 monthly/2026-05",)),
    Run("06-24 09", lambda y: y.monthly(5, slug="m05-fix", more="corrects: chengguan/2026/m05\n"), ("first chengguan/m05-fix -",)),
    # one page that the address never serves
    Run("06-25 09", lambda y: y.paper("unserved", "06-15"), (), U),
    Run("07-06 09", Year.joins, ("found caizheng/m05 monthly/2026-05", "found caizheng/m06 monthly/2026-06"), U),
    Run("07-08 09", lambda y: y.monthly(6), ("first chengguan/m06 monthly/2026-06",), U),
    # a lost run and the one that does it again
    Run("08-12 09", each(Year.remember, lambda y: y.monthly(7), lambda y: y.monthly(7, "caizheng")), ("first chengguan/m07 monthly/2026-07", "first caizheng/m07 monthly/2026-07"), U),
    Run("08-13 09", Year.lose, ("first chengguan/m07 monthly/2026-07", "first caizheng/m07 monthly/2026-07"), U),
    Run("08-20 09", lambda y: y.withdraw("m06", "08-20", "reason: 数字有误, kind: 内容有误"), ("withdraw chengguan/m06 monthly/2026-06",), U),
    Run("08-25 09", lambda y: y.monthly(6, slug="m06-again"), ("first chengguan/m06-again monthly/2026-06",), U),
    # a failed deployment: the old pages, then no pages, then, on the last day, the new ones
    Run("09-10 09", each(lambda y: y.edit("m07", "formed: 2026-08-01", "formed: 2026-08-02"), lambda y: y.monthly(8)), (), ("m07", "m08", "unserved"), deployed=False),
    Run("09-11 09", lambda y: setattr(y.address, "down", True), (), ("m07", "m08", "unserved"), deployed=False),
    Run("09-14 23", lambda y: setattr(y.address, "down", False), ("change chengguan/m07 monthly/2026-07", "first chengguan/m08 monthly/2026-08"), U),
    Run("09-16 09", lambda y: y.monthly(8, "caizheng"), ("first caizheng/m08 monthly/2026-08",), U),
    Run("09-22 09", _race, ("first chengguan/race-1 papers/2026.race-1", "first chengguan/race-2 papers/2026.race-2"), U, racing=True),
    Run("10-09 09", lambda y: y.paper("pushed-1", "09-28"), ("first chengguan/pushed-1 papers/2026.pushed-1",), U),
    Run("10-12 09", lambda y: y.paper("pushed-2", "09-29"), ("first chengguan/pushed-2 papers/2026.pushed-2",), U),
    Run("10-13 09", lambda y: y.edit("pushed-1", "市容科", "办公室"), ("change chengguan/pushed-1 papers/2026.pushed-1",), U),
    Run("10-14 09", Year.force_push, (), U),
    Run("10-16 09", lambda y: y.monthly(9, "caizheng", stub="本月收入 19 万元，其余下旬补齐。"), ("first caizheng/m09 monthly/2026-09 支出",), U),
    # three days on the way, over the due day
    Run("10-19 09", lambda y: y.monthly(9), (), ("m09", "unserved"), deployed=False),
    Run("10-22 09", nothing, ("first chengguan/m09 monthly/2026-09",), U),
    # a run that dies before its seal, and the one after it
    Run("11-03 09", each(Year.remember, lambda y: y.paper("dead-run", "10-28")), ("first chengguan/dead-run papers/2026.dead-run",), U),
    Run("11-04 09", Year.die, (), U),
    Run("11-12 09", lambda y: y.monthly(10, "caizheng", stub="本月没有收支。", more="nil: 本月没有收支\n"), ("first caizheng/m10 monthly/2026-10",), U),
    # committed, so it says, a week before the due day
    Run("11-20 09", lambda y: y.monthly(10), ("first chengguan/m10 monthly/2026-10",), U, committed="11-06T09"),
    Run("11-25 09", each(lambda y: y.paper("table", "11-16", more="files: [{path: a.csv, title: 明细}]\n", body="见所附明细。"), lambda y: y.root.write("content/chengguan/files/a.csv", "项目,数\n批次,6\n")), ("first chengguan/table papers/2026.table",), U),
    Run("12-04 09", lambda y: y.monthly(11, "caizheng"), ("first caizheng/m11 monthly/2026-11",), U),
    Run("12-08 09", lambda y: y.withdraw("m11", "12-08", "reason: 数字有误, kind: 内容有误", "caizheng"), ("withdraw caizheng/m11 monthly/2026-11",), U),
    # a clock that ran back
    Run("12-01 09", lambda y: y.paper("clock", "11-30"), refused="早于上一条回执", committed="12-14T09"),
    Run("12-15 09", nothing, ("first chengguan/clock papers/2026.clock",), U),
    # a catalogue that grants more days from now on
    Run("12-16 09", lambda y: y.root.replace("content/catalog/local.yml", "20 workdays", "60 workdays"), (), U),
    Run("12-18 09", nothing, (), U),
)  # fmt: skip
