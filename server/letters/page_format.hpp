#pragma once

#include "workflow/time/date.hpp"

#include <string>

/// The measures of GB/T 9704-2012, in points (1/72 inch).
namespace server::letters {

constexpr double millimetres(double length) { return length * 72.0 / 25.4; }

inline constexpr double kPaperWidth = millimetres(210);  ///< A4 (5.1)
inline constexpr double kPaperHeight = millimetres(297);
inline constexpr double kTopMargin = millimetres(37);   ///< 天头 (5.2.1)
inline constexpr double kLeftMargin = millimetres(28);  ///< 订口 (5.2.1)
inline constexpr double kTextWidth = millimetres(156);  ///< 版心 (5.2.1)
inline constexpr double kTextHeight = millimetres(225);
inline constexpr int kLinesOnPage = 22;  ///< 5.2.3
inline constexpr int kCharactersOnLine = 28;
inline constexpr double kLine = kTextHeight / kLinesOnPage;
inline constexpr double kCharacter = kTextWidth / kCharactersOnLine;
inline constexpr double kFootDistance = millimetres(7);  ///< the page number below the text (7.5)

inline constexpr double kTitleSize = 22;       ///< 2号 (7.3.1)
inline constexpr double kBodySize = 16;        ///< 3号 (5.2.2)
inline constexpr double kPageNumberSize = 14;  ///< 4号 (7.5)
inline constexpr double kTableSize = 12;       ///< 小4号: the standard leaves tables open (7.6)
inline constexpr double kTableLine = 18;
inline constexpr double kCellPadding = 3.5;

/// Blank lines above 落款 where a seal of 42 mm has to stand with its upper rim within a line of the text (7.3.5.1).
inline constexpr int kLinesForSeal = 2;

/// 成文日期 in Arabic figures, without leading zeros (7.3.5.5): "2026年7月1日".
std::string written_date(workflow::Date date);

}  // namespace server::letters
