#pragma once

#include "server/files/examine.hpp"

namespace server::files {

struct PdfActions {
    bool any = false;  ///< scripts, programs, forms that send themselves, what happens by itself
    Reading reading = Reading::ToItsEnd;
};

/// Looks for active content of a PDF in its objects as qpdf prints them, so that neither unusual spelling of names nor
/// compression hides it. Opening at a certain page is allowed. Blocks: on a worker thread.
PdfActions pdf_actions(PlainFile const& file, ChildLimits const& limits);

}  // namespace server::files
