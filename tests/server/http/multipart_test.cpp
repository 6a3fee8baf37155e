#include "server/http/multipart.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>

namespace server::http {
namespace {

/// A body that comes in pieces of one size.
class Pieces final : public BodyReader {
public:
    Pieces(std::string text, std::size_t size) : text_(std::move(text)), size_(size) {}
    net::awaitable<std::size_t> read_some(std::span<char> buffer) override {
        auto const count = std::min({size_, buffer.size(), text_.size() - at_});
        std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(at_), count, buffer.begin());
        at_ += count;
        co_return count;
    }

private:
    std::string text_;
    std::size_t size_;
    std::size_t at_ = 0;
};

/// "name/file=content;" of every part.
net::awaitable<std::string> read_all(BodyReader& body) {
    MultipartReader form(body, "b");
    std::string all;
    while (auto const part = co_await form.next()) {
        all += part->name + "/" + part->file_name.value_or("-") + "=";
        all += co_await form.read_text(100'000);
        all += ";";
    }
    co_return all;
}

std::string parts_of(std::string text, std::size_t size) {
    net::io_context io;
    Pieces body(std::move(text), size);
    auto result = net::co_spawn(io, read_all(body), net::use_future);
    io.run();
    return result.get();
}

constexpr std::string_view kForm =
    "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
    "one\r\n--bother\r\n-\r\n--two\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n\r\n\r\n--b--\r\n";

TEST(Multipart, ReadsPartsHoweverTheyAreCut) {
    // A line that begins like the delimiter is the delimiter (RFC 2046 section 5.1.1): "--b" must not be in the
    // content.
    std::string form(kForm);
    form.replace(form.find("--bother"), 8, "--aother");
    auto const expected = "token/-=abc;files/a.pdf=one\r\n--aother\r\n-\r\n--two;files/=;";
    for (std::size_t const size : {1UL, 2UL, 3UL, 7UL, 64UL, 100'000UL})
        EXPECT_EQ(parts_of(form, size), expected) << size;
}

TEST(Multipart, RefusesWhatIsCutOff) {
    for (auto const* form :
         {"", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc", "--x\r\n"}) {
        EXPECT_THROW(parts_of(form, 5), BodyFailure) << form;
    }
    EXPECT_THROW(parts_of("--b\r\nContent-Type: text/plain\r\n\r\nabc\r\n--b--", 100), BodyFailure);
    EXPECT_THROW(parts_of("--b\r\nX: " + std::string(100'000, 'x'), 1000), BodyFailure);
}

TEST(Multipart, BoundaryAndHeads) {
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
    for (auto const* type : {"", "text/plain; boundary=a", "multipart/form-data", "multipart/form-data; boundary="}) {
        EXPECT_EQ(multipart_boundary(type), std::nullopt) << type;
    }
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(100, 'a')), std::nullopt);
    EXPECT_EQ(
        parse_part_head("content-disposition: form-data; name=a; filename=\"授权;委托书.pdf\"\r\n"),
        (PartHead{"a", "授权;委托书.pdf"})
    );
    EXPECT_EQ(parse_part_head("Content-Disposition: form-data\r\n"), std::nullopt);
    EXPECT_EQ(parse_part_head("Content-Disposition: form-data; name=\"a\r\n"), std::nullopt);
}

}  // namespace
}  // namespace server::http
