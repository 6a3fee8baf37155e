#include "workflow/time/notice_text.hpp"

#include "tests/workflow/time/day.hpp"
#include "workflow/time/holidays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace workflow {
namespace {

/// The paragraphs as the notices word them, each year in its own way.
std::map<int, std::string> const kParagraphs{
    {2021,
     "一、元旦：2021年1月1日至3日放假，共3天。二、春节：2月11日至17日放假调休，共7天。2月7日（星期日）、2月20日（星期六"
     "）上班。"
     "三、清明节：4月3日至5日放假调休，共3天。四、劳动节：5月1日至5日放假调休，共5天。4月25日（星期日）、5月8日（星期六"
     "）上班。"
     "五、端午节：6月12日至14日放假，共3天。六、中秋节：9月19日至21日放假调休，共3天。9月18日（星期六）上班。"
     "七、国庆节：10月1日至7日放假调休，共7天。9月26日（星期日）、10月9日（星期六）上班。"},
    {2022,
     "一、元旦：2022年1月1日至3日放假，共3天。二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星"
     "期日）上班。"
     "三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。四、劳动节：4月30日至5月4日放假调休，共5天。"
     "4月24日（星期日）、5月7日（星期六）上班。五、端午节：6月3日至5日放假，共3天。六、中秋节：9月10日至12日放假，共3天"
     "。"
     "七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。"},
    {2023,
     "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。二、春节：1月21日至27日放假调休，共7天。"
     "1月28日（星期六）、1月29日（星期日）上班。三、清明节：4月5日放假，共1天。四、劳动节：4月29日至5月3日放假调休，共5"
     "天。"
     "4月23日（星期日）、5月6日（星期六）上班。五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。"
     "六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。"},
    {2024,
     "一、元旦：1月1日放假，与周末连休。二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班"
     "。"
     "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。三、清明节：4月4日至6日放假调休，共3天。"
     "4月7日（星期日）上班。四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。"
     "五、端午节：6月10日放假，与周末连休。六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。"
     "七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。"},
    {2025,
     "一、元旦：1月1日（周三）放假1天，不调休。\n二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假"
     "调休，"
     "共8天。1月26日（周日）、2月8日（周六）上班。\n三、清明节：4月4日（周五）至6日（周日）放假，共3天。\n"
     "四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。\n"
     "五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。\n"
     "六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。"},
    {2026,
     "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n"
     "二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。"
     "2月14日（周六）、2月28日（周六）上班。\n三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n"
     "四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n"
     "五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n"
     "七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"},
};

/// The notice around the paragraphs.
std::string notice_of(int year, std::string const& paragraphs) {
    return "国务院办公厅关于\n" + std::to_string(year) +
           "年部分节假日安排的通知\n国办发明电〔2099〕7号\n\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n"
           "　　经国务院批准，现将" +
           std::to_string(year) +
           "年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。\n　　" + paragraphs +
           "\n　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，"
           "要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。\n　　国务院办公厅\n　　" +
           std::to_string(year - 1) + "年12月6日";
}

Result<CalendarYear> read(int year, std::string const& paragraphs) {
    return read_notice(notice_of(year, paragraphs), {});
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// By date, so that the order of listing does not matter.
std::map<Date, std::string> by_date(std::vector<SpecialDay> const& days) {
    std::map<Date, std::string> map;
    for (SpecialDay const& each : days) map[each.date] = each.festival;
    return map;
}

TEST(NoticeText, EachYearsNoticeGivesTheCalendarOfThatYear) {
    for (CalendarYear const& known : statutory_years()) {
        auto const paragraphs = kParagraphs.find(known.year);
        if (paragraphs == kParagraphs.end()) continue;  // 2019 and 2020 were changed by a second notice
        auto const year = read(known.year, paragraphs->second);
        ASSERT_TRUE(year) << known.year << ' ' << year.error().detail;
        EXPECT_EQ(by_date(year->off), by_date(known.off)) << known.year;
        EXPECT_EQ(by_date(year->work), by_date(known.work)) << known.year;
    }
}

TEST(NoticeText, ANewYearThatBeginsInDecember) {
    auto const year = read(
        2019,
        "一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。"
        "二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。"
        "三、清明节：4月5日放假，与周末连休。四、劳动节：5月1日放假。五、端午节：6月7日放假，与周末连休。"
        "六、中秋节：9月13日放假，与周末连休。七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、"
        "10月12日（星期六）上班。"
    );
    ASSERT_TRUE(year) << year.error().detail;
    EXPECT_EQ(year->off.front().date, day("2018-12-30"));
    EXPECT_EQ(year->work.front().date, day("2018-12-29"));
    // Also without the years.
    auto const short_form = replaced(kParagraphs.at(2023), "2022年12月31日至2023年1月2日", "12月31日至1月2日");
    EXPECT_EQ(read(2023, short_form)->off.front().date, day("2022-12-31"));
    EXPECT_EQ(read(2023, short_form)->off[2].date, day("2023-01-02"));
}

TEST(NoticeText, YearNumberAndDayOfIssueStandInTheText) {
    auto const year = read(2026, kParagraphs.at(2026)).value();
    EXPECT_EQ(year.year, 2026);
    ASSERT_EQ(year.notices.size(), 1U);
    EXPECT_EQ(year.notices[0].number, "国办发明电〔2099〕7号");
    EXPECT_EQ(year.notices[0].issued, day("2025-12-06"));
    EXPECT_TRUE(year.notices[0].confirmed);
}

TEST(NoticeText, OfTheParagraphsAloneSomebodySaysWhichYearTheyAre) {
    auto const& paragraphs = kParagraphs.at(2026);
    EXPECT_EQ(read_notice(paragraphs, {}).error().code, "year_missing");
    EXPECT_EQ(read_notice(paragraphs, {.year = 2026}).error().code, "number_missing");
    EXPECT_EQ(read_notice(paragraphs, {.year = 2026, .number = "某号"}).error().code, "issued_missing");
    auto const year = read_notice(
        paragraphs, {.year = 2026, .number = "某号", .issued = day("2025-11-04"), .url = "https://www.gov.cn/"}
    );
    ASSERT_TRUE(year) << year.error().detail;
    EXPECT_EQ(year->notices[0].url, "https://www.gov.cn/");
}

TEST(NoticeText, TitleAndNumberMayStandRightBeforeTheFirstParagraph) {
    auto const text = "国务院办公厅关于2026年部分节假日安排的通知\n国办发明电〔2025〕7号\n" + kParagraphs.at(2026) +
                      "\n国务院办公厅\n2025年11月4日";
    auto const year = read_notice(text, {});
    ASSERT_TRUE(year) << year.error().detail;
    EXPECT_EQ(year->off.size(), 33U);
    EXPECT_EQ(year->notices[0].issued, day("2025-11-04"));
    // A stop that is missing between two paragraphs loses nothing: it is refused.
    auto const joined = read_notice(replaced(text, "上班。\n二、春节", "上班\n二、春节"), {});
    ASSERT_FALSE(joined);
    EXPECT_EQ(joined.error().code, "sentence_unreadable");
}

TEST(NoticeText, TheNoticeOfAnotherYearIsRefused) {
    auto const notice = notice_of(2026, kParagraphs.at(2026));
    EXPECT_TRUE(read_notice(notice, {.year = 2026}));
    auto const wrong = read_notice(notice, {.year = 2027});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "year_wrong");
    EXPECT_EQ(wrong.error().detail, "这是2026年的放假通知，不是2027年的。");
}

TEST(NoticeText, RefusesWithTheSentenceWhatItDoesNotUnderstand) {
    struct Case {
        std::string_view from, to, code, quoted;
    };
    for (auto const& [from, to, code, quoted] :
         {Case{"1月4日（周日）上班", "1月4日（周一）上班", "weekday_wrong", "“1月4日（周一）上班。”"},
          Case{"至3日（周六）放假", "至3日（周日）放假", "weekday_wrong", "1月1日（周四）至3日（周日）放假调休，共3天"},
          Case{"共9天", "共8天", "length_wrong", "起止日期一共9天"},
          Case{"4月4日（周六）至6日（周一）放假", "4月4日（周六）至6日（周一）休息", "sentence_unreadable", "休息"},
          Case{"5月9日（周六）上班", "5月9日（周六）照常上课", "sentence_unreadable", "照常上课"},
          Case{"放假，共3天。\n四、", "放假，共3天，另行通知。\n四、", "sentence_unreadable", "另行通知"},
          Case{"至5日（周二）放假调休，共5天", "至2096年5月5日放假调休", "too_long", "2096年5月5日"},
          Case{"5月1日（周五）", "5月32日（周五）", "no_such_day", "5月32日"},
          Case{"5月1日（周五）", "257月1日（周五）", "no_such_day", "257月1日"},
          Case{"4月4日（周六）", "4月260日（周六）", "no_such_day", "4月260日"},
          Case{"2月14日（周六）、2月28日", "2月14日（周六）、2月30日", "no_such_day", "2月30日"},
          Case{"五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n", "", "festival_missing", "端午节"},
          Case{"6月19日（周五）至21日（周日）放假，共3天。", "另行通知。", "festival_unarranged", "端午节"},
          Case{
              "10月1日（周四）至7日（周三）放假调休，共7天",
              "10月2日（周五）至7日（周三）放假调休，共6天",
              "holiday_missing",
              "10月1日"},
          Case{"2月28日（周六）上班", "2月27日（周五）上班", "already_a_workday", "2月27日"}}) {
        auto const year = read(2026, replaced(kParagraphs.at(2026), from, to));
        ASSERT_FALSE(year) << to;
        EXPECT_EQ(year.error().code == "calendar_invalid" ? year.error().errors.front().code : year.error().code, code)
            << to;
        EXPECT_NE(year.error().detail.find(quoted), std::string::npos) << year.error().detail;
    }
    EXPECT_FALSE(read(2026, ""));
    EXPECT_FALSE(read_notice("", {.year = 2026, .number = "某号", .issued = day("2025-11-04")}));
}

/// From 2027 on all statutory days are known, so a notice that lacks one was misread.
TEST(NoticeText, OfTheYearsToComeEveryStatutoryDayMustBeThere) {
    std::string const paragraphs =
        "一、元旦：1月1日（周五）至3日（周日）放假，共3天。二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共"
        "8天。"
        "2月14日（周日）、2月20日（周六）上班。三、清明节：4月3日（周六）至5日（周一）放假，共3天。"
        "四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。"
        "五、端午节：6月9日（周三）放假1天，不调休。六、中秋节：9月15日（周三）放假1天，不调休。"
        "七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。";
    auto const year = read(2027, paragraphs);
    ASSERT_TRUE(year) << year.error().detail;
    EXPECT_EQ(year->off.size(), 28U);
    auto const wrong = read(2027, replaced(paragraphs, "6月9日（周三）", "6月10日（周四）"));
    EXPECT_NE(wrong.error().detail.find("端午节"), std::string::npos);
}

}  // namespace
}  // namespace workflow
