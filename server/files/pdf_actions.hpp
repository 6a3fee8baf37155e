#pragma once

#include "server/files/examine.hpp"

namespace server::files {

struct PdfActions {
    bool any = false;  ///< scripts, programs, forms that send themselves, what happens by itself
    Reading reading = Reading::ToItsEnd;
};

/// Looks for what a PDF does beside being read, in its objects as qpdf writes them out: however their names are spelled
/// and wherever they are packed. That it opens at a page is no such thing. Blocks: on a worker thread.
PdfActions pdf_actions(PlainFile const& file, ChildLimits const& limits);

}  // namespace server::files
