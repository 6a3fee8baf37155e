#include "server/files/pdf_pages.hpp"

#include <cairo-pdf.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace server::files {
namespace {

/// The longer side of a page in pixels: about 200 to the inch on A4.
constexpr int kLongerSide = 2340;
constexpr int kBrowserSide = 1400;
constexpr double kA4Longer = 841.9;  ///< points

/// Portable pixmaps (P5 gray, P6 colour) as pdftoppm writes them.
struct Pixmap {
    int width;
    int height;
    std::string pixels;
};

std::optional<Pixmap> parse_pixmap(std::string text, std::string_view magic, std::size_t channels) {
    if (!text.starts_with(magic)) return std::nullopt;
    std::array<int, 3> numbers{};  // width, height, highest value
    std::size_t at = magic.size();
    for (int& number : numbers) {
        at = text.find_first_of("0123456789", at);
        if (at == std::string::npos) return std::nullopt;
        auto const end = std::from_chars(text.data() + at, text.data() + text.size(), number).ptr;
        at = static_cast<std::size_t>(end - text.data());
    }
    auto const [width, height, highest] = numbers;
    bool const sensible = width > 0 && height > 0 && width <= 10'000 && height <= 10'000 && highest == 255;
    auto const size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * channels;
    if (!sensible || text.size() != at + 1 + size) return std::nullopt;
    text.erase(0, at + 1);
    return Pixmap{width, height, std::move(text)};
}

/// For a program that finished without the expected output.
constexpr ChildOutcome kNothingOfUse{ChildEnd::Failed};

ChildResult<std::string> picture(PlainFile const& pdf, int page, std::vector<std::string> const& how) {
    auto const number = std::to_string(page);
    std::vector<std::string> command{"pdftoppm", "-q", "-f", number, "-l", number};
    command.insert(command.end(), how.begin(), how.end());
    command.emplace_back(kInput);
    auto made = child_text(command, pdf);
    if (made && made->empty()) return kNothingOfUse;
    return made;
}

ChildResult<Pixmap> pixmap(
    PlainFile const& pdf, int page, std::vector<std::string> const& how, std::string_view magic, std::size_t channels
) {
    auto made = picture(pdf, page, how);
    if (!made) return made.error();
    auto parsed = parse_pixmap(std::move(*made), magic, channels);
    if (!parsed) return kNothingOfUse;
    return std::move(*parsed);
}

void blacken(Pixmap& page, workflow::RedactedArea const& area) {
    auto const scaled = [](int thousandth, int of) { return std::clamp((thousandth * of + 999) / 1000, 0, of); };
    int const left = std::max(area.x * page.width / 1000 - 1, 0);
    int const top = std::max(area.y * page.height / 1000 - 1, 0);
    int const right = std::min(scaled(area.x + area.width, page.width) + 1, page.width);
    int const bottom = std::min(scaled(area.y + area.height, page.height) + 1, page.height);
    for (int y = top; y < bottom; ++y) {
        auto const line = static_cast<std::size_t>(y) * static_cast<std::size_t>(page.width);
        std::fill_n(
            page.pixels.begin() + static_cast<std::ptrdiff_t>((line + static_cast<std::size_t>(left)) * 3),
            std::max(right - left, 0) * 3,
            '\0'
        );
    }
}

struct DestroySurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

/// cairo wants 32 bits for each pixel, blue first.
Surface to_surface(Pixmap const& page) {
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, page.width, page.height));
    cairo_surface_flush(surface.get());
    auto* line = cairo_image_surface_get_data(surface.get());
    auto const stride = cairo_image_surface_get_stride(surface.get());
    auto const* from = page.pixels.data();
    for (int y = 0; y < page.height; ++y, line += stride) {
        for (int x = 0; x < page.width; ++x, from += 3) {
            line[4 * x] = static_cast<unsigned char>(from[2]);
            line[4 * x + 1] = static_cast<unsigned char>(from[1]);
            line[4 * x + 2] = static_cast<unsigned char>(from[0]);
        }
    }
    cairo_surface_mark_dirty(surface.get());
    return surface;
}

cairo_status_t append(void* closure, unsigned char const* data, unsigned int size) {
    try {
        // NOLINTNEXTLINE: cairo knows bytes as unsigned
        static_cast<PlainFile*>(closure)->write({reinterpret_cast<char const*>(data), size});
    } catch (std::exception const&) {
        return CAIRO_STATUS_WRITE_ERROR;
    }
    return CAIRO_STATUS_SUCCESS;
}

/// The page becomes as large as A4 on its longer side; its original paper size is not kept.
void add_page(cairo_surface_t* document, Pixmap const& page) {
    double const scale = kA4Longer / std::max(page.width, page.height);
    cairo_pdf_surface_set_size(document, page.width * scale, page.height * scale);
    Surface const image = to_surface(page);
    cairo_t* const context = cairo_create(document);
    cairo_scale(context, scale, scale);
    cairo_set_source_surface(context, image.get(), 0, 0);
    cairo_paint(context);
    cairo_show_page(context);
    cairo_destroy(context);
}

}  // namespace

ChildResult<int> page_count(PlainFile const& pdf) {
    auto const info = child_text({"pdfinfo", std::string(kInput)}, pdf);
    if (!info) return info.error();
    constexpr std::string_view kPages = "\nPages:";
    auto const line = info->find(kPages);
    if (line == std::string::npos) return kNothingOfUse;
    auto const digits = info->find_first_not_of(' ', line + kPages.size());
    int count = 0;
    std::from_chars(info->data() + digits, info->data() + info->size(), count);
    if (count <= 0) return kNothingOfUse;
    return count;
}

ChildResult<GrayPage> gray_page(PlainFile const& pdf, int page, int scale) {
    auto made = pixmap(pdf, page, {"-gray", "-r", std::to_string(72 * scale)}, "P5", 1);
    if (!made) return made.error();
    return GrayPage{made->width, made->height, std::move(made->pixels)};
}

ChildResult<std::string> page_png(PlainFile const& pdf, int page) {
    return picture(pdf, page, {"-png", "-scale-to", std::to_string(kBrowserSide)});
}

ChildResult<PlainFile> black_out(PlainFile const& pdf, workflow::Redaction const& redaction) {
    auto const count = page_count(pdf);
    if (!count) return count.error();
    if (*count > kMostPages) return kNothingOfUse;
    PlainFile made;
    Surface const document(cairo_pdf_surface_create_for_stream(append, &made, kA4Longer, kA4Longer));
    for (int number = 1; number <= *count; ++number) {
        auto page = pixmap(pdf, number, {"-scale-to", std::to_string(kLongerSide)}, "P6", 3);
        if (!page) return page.error();
        for (auto const& area : redaction.areas) {
            if (area.page == number) blacken(*page, area);
        }
        add_page(document.get(), *page);
    }
    cairo_surface_finish(document.get());
    if (cairo_surface_status(document.get()) != CAIRO_STATUS_SUCCESS) return kNothingOfUse;
    return made;
}

}  // namespace server::files
