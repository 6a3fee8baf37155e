#pragma once

#include "workflow/cases/case_files.hpp"

#include <cstdint>
#include <string>

#include "server/files/child.hpp"
#include "server/files/plain_file.hpp"

/// Renders the pages of a PDF as pictures with poppler in a child process, and makes a PDF of such pictures. Where
/// poppler fails, the result tells how it ended. Blocks: on a worker thread.
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

/// A PDF of pictures of all pages, with the areas blackened in the pictures: nothing of the original's text, marks and
/// properties is left. Fails where a page cannot be rendered, and with more than kMostPages.
ChildResult<PlainFile> black_out(PlainFile const& pdf, workflow::Redaction const& redaction);

}  // namespace server::files
