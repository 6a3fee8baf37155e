#pragma once

#include "workflow/cases/case_files.hpp"

#include <cstdint>
#include <string>

#include "server/files/child.hpp"
#include "server/files/plain_file.hpp"

/// The pages of a PDF as pictures, made by poppler in a process of its own, and a PDF made of such pictures. What
/// poppler cannot read is told as it ended. Blocks: on a worker thread.
namespace server::files {

inline constexpr int kMostPages = 300;

/// One at least.
ChildResult<int> page_count(PlainFile const& pdf);

/// One byte for each pixel.
struct GrayPage {
    int width;
    int height;
    std::string pixels;
};
/// At 72 pixels to the inch times `scale`: one pixel is 1/scale point.
ChildResult<GrayPage> gray_page(PlainFile const& pdf, int page, int scale);

/// For the browser.
ChildResult<std::string> page_png(PlainFile const& pdf, int page);

/// Every page as a picture, the areas blackened in the pictures: no text, no marks and no properties are left of the
/// original. Fails where a page cannot be made, and with more than kMostPages.
ChildResult<PlainFile> black_out(PlainFile const& pdf, workflow::Redaction const& redaction);

}  // namespace server::files
