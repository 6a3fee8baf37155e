#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <limits>
#include <string>
#include <vector>

#include "tests/server/api/filed_case.hpp"
#include "tests/server/files/sample_files.hpp"
#include "tests/server/http/test_server.hpp"

/// What uploads may take from the service together, while they come in and when they are to be kept.
namespace server::api {
namespace {

namespace json = boost::json;

constexpr std::string_view kRefused =
    "http_requests_total{method=\"POST\",route=\"/api/v1/cases/{id}/attachments\",status=\"4xx\"}";

/// An upload over a connection of its own that the test sends as it likes.
class SlowUpload {
public:
    SlowUpload(FiledCase const& filed, HttpClient const& who, std::string const& framing)
        : connection_(filed.service.endpoint()) {
        connection_.send(
            "POST " + filed.c.path("/attachments?name=a.txt") +
            " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(filed.service.endpoint().port()) +
            "\r\nCookie: " + who.cookie() + "\r\nX-CSRF-Token: " + who.csrf + "\r\n" + framing + "\r\n\r\n"
        );
    }
    /// All of the content but its last byte.
    SlowUpload(FiledCase const& filed, HttpClient const& who, std::string_view content, char last)
        : SlowUpload(filed, who, "Content-Length: " + std::to_string(content.size() + 1)) {
        connection_.send(content);
        last_ = last;
    }

    void send(std::string_view bytes) { connection_.send(bytes); }
    http::Answer end() {
        connection_.send({&last_, 1});
        return connection_.receive();
    }
    http::Answer receive() { return connection_.receive(); }

private:
    http::Client connection_;
    char last_ = 0;
};

/// Files in the clear that this process has in memory.
std::ptrdiff_t clear_copies() {
    std::ptrdiff_t count = 0;
    for (auto const& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code closed;
        auto const target = std::filesystem::read_symlink(entry.path(), closed).string();
        count += target.find("memfd:file under examination") != std::string::npos;
    }
    return count;
}

std::size_t attached(Service& service, FiledCase const& filed) {
    return service.sign_in("reviewer").get(filed.c.path("/attachments")).json().at("items").as_array().size();
}

TEST(Uploads, HeldOneByteBeforeTheirEndAreNoMoreThanTheLimit) {
    constexpr std::size_t kUploads = 60;
    constexpr std::size_t kSize = 100'000;
    Service service;
    FiledCase const filed(service);
    auto const most = static_cast<std::size_t>(service.config().files_per_step);
    auto const handler = service.sign_in("handler");
    std::vector<SlowUpload> uploads;
    for (std::size_t i = 0; i < kUploads; ++i) {
        auto const content = std::to_string(i) + std::string(kSize, 'a');
        uploads.emplace_back(filed, handler, content.substr(0, kSize - 1), 'a');
    }
    ASSERT_TRUE(service.reaches(kRefused, kUploads - most));
    EXPECT_EQ(service.figure("uploads_in_flight"), most);
    EXPECT_EQ(service.figure("uploads_in_flight_bytes"), most * kSize);
    EXPECT_EQ(files_on_disk(service).size(), most);
    EXPECT_EQ(clear_copies(), 0);

    std::size_t taken = 0;
    for (auto& upload : uploads) {
        auto const answer = upload.end();
        EXPECT_TRUE(answer.status == 201 || answer.body.find("too_many_files") != std::string::npos) << answer.body;
        taken += answer.status == 201;
    }
    EXPECT_EQ(taken, most);
    EXPECT_EQ(attached(service, filed), most);
    EXPECT_EQ(files_on_disk(service).size(), most);
    EXPECT_EQ(service.figure("uploads_in_flight_bytes"), 0U);
}

TEST(Uploads, AreBoundedForOneClientAndForTheService) {
    for (bool const share : {true, false}) {
        Service service;
        (share ? service.config().upload_share_bytes : service.config().uploads_in_flight_bytes) = 100'000;
        service.restart();
        FiledCase const filed(service);
        auto const handler = service.sign_in("handler");
        SlowUpload first(filed, handler, std::string(59'999, 'a'), 'a');
        ASSERT_TRUE(service.reaches("uploads_in_flight", 1));
        SlowUpload second(filed, handler, std::string(59'999, 'b'), 'b');
        auto const answer = second.receive();
        EXPECT_EQ(answer.status, share ? 429 : 503);
        EXPECT_TRUE(answer.has("Retry-After: "));
        EXPECT_NE(answer.body.find(share ? "too_many_uploads" : "uploads_full"), std::string::npos) << answer.body;
        EXPECT_EQ(first.end().status, 201);
        EXPECT_EQ(filed.upload("c.txt", std::string(60'000, 'c')).status(), 201U);
    }
}

TEST(Uploads, ThatAnnounceNoLengthTakeTheRoomOfTheLargest) {
    Service service;
    service.config().upload_bytes = 50'000;
    service.restart();
    FiledCase const filed(service);
    auto const handler = service.sign_in("handler");
    SlowUpload chunked(filed, handler, "Transfer-Encoding: chunked");
    chunked.send("5\r\nhello\r\n");
    ASSERT_TRUE(service.reaches("uploads_in_flight", 1));
    EXPECT_EQ(service.figure("uploads_in_flight_bytes"), 50'000U);
    chunked.send("0\r\n\r\n");
    auto const answer = chunked.receive();
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(json::parse(answer.body).at("size"), 5);
    SlowUpload larger(filed, handler, "Transfer-Encoding: chunked");
    larger.send("c351\r\n" + std::string(50'001, 'a') + "\r\n0\r\n\r\n");
    EXPECT_EQ(larger.receive().status, 413);
    EXPECT_EQ(files_on_disk(service).size(), 1U);
}

TEST(Uploads, AreHeldToTheCaseAsItIsWhenTheyAreKept) {
    for (bool const by_number : {true, false}) {
        Service service;
        if (by_number) {
            service.config().files_per_step = 2;
        } else {
            service.config().bytes_per_case = 1'000;
        }
        service.restart();
        FiledCase const filed(service);
        ASSERT_EQ(filed.upload("a.txt", std::string(400, 'a')).status(), 201U);
        auto const handler = service.sign_in("handler");
        char const letter = by_number ? 'a' : 'c';  // the same content once more, or another one
        SlowUpload upload(filed, handler, std::string(399, letter), letter);
        ASSERT_TRUE(service.reaches("uploads_in_flight", 1));
        attach_aside(service, filed.c.id, "id-handler");
        auto const answer = upload.end();
        EXPECT_EQ(answer.status, 422);
        EXPECT_NE(answer.body.find(by_number ? "too_many_files" : "case_full"), std::string::npos) << answer.body;
        EXPECT_EQ(attached(service, filed), 2U);
        EXPECT_EQ(files_on_disk(service).size(), 1U);
        EXPECT_EQ(service.sign_in("reviewer").get(filed.file(1)).body(), std::string(400, 'a'));
    }
}

TEST(Uploads, CountTheBytesOfCopiesButNoCopyAsAFileOfTheStep) {
    Service service;
    service.config().files_per_step = 1;
    service.restart();
    FiledCase const filed(service);
    auto const docx = fakes::make_docx(fakes::paragraph("电话13812345678"));
    ASSERT_EQ(filed.upload("a.docx", docx).status(), 201U);
    auto const clean = [&] { return service.sign_in("handler").post(filed.file(1, "/cleaned"), {{"mask", true}}); };
    EXPECT_EQ(clean().status(), 201U);
    EXPECT_EQ(filed.upload("b.txt", "hello").status(), 422U) << "the step still has its one file";
    service.config().bytes_per_case = static_cast<std::int64_t>(docx.size()) + 10;
    service.restart();
    auto const full = clean();
    EXPECT_EQ(full.status(), 422U);
    EXPECT_NE(full.body().find("case_full"), std::string::npos) << full.body();
    EXPECT_EQ(attached(service, filed), 2U);
    EXPECT_EQ(files_on_disk(service).size(), 2U);
}

TEST(Uploads, LeaveTheDiskItsReserve) {
    Service service;
    service.config().disk_reserve_bytes = std::numeric_limits<std::int64_t>::max() / 2;
    service.restart();
    FiledCase const filed(service);
    auto const refused = filed.upload("a.txt", "hello");
    EXPECT_EQ(refused.status(), 507U);
    EXPECT_EQ(refused.code(), "storage_full");
    EXPECT_EQ(files_on_disk(service), std::vector<std::string>{});
}

}  // namespace
}  // namespace server::api
