#pragma once

#include "workflow/time/calendar.hpp"
#include "workflow/words/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace workflow {

/// What the text of a notice may leave out and somebody has to add.
struct NoticeFacts {
    std::optional<int> year = {};            ///< whose holidays it arranges
    std::optional<std::string> number = {};  ///< 文号
    std::optional<Date> issued = {};
    std::string url = {};
};

/// Reads the text of a notice of the 国务院办公厅 (《关于…年部分节假日安排的通知》), whole or only its seven paragraphs
/// ("一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"). What `given` holds goes before what
/// the text says; only the year has to be the same in both.
///
/// Refuses what it does not understand, with the sentence: one with a day but neither 放假 nor 上班, a day that does
/// not exist, a weekday that is another, a number of days that is another, a festival that is missing or comes twice,
/// another year than the given one, and whatever check_calendar_year() finds.
Result<CalendarYear> read_notice(std::string_view text, NoticeFacts const& given);

}  // namespace workflow
