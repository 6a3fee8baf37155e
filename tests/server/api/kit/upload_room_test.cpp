#include "server/api/kit/upload_room.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <vector>

#include "tests/storage/temporary_folder.hpp"

namespace server::api {
namespace {

class UploadRoomTest : public testing::Test {
protected:
    UploadRoomTest() {
        config_.uploads_in_flight_bytes = 1'000;
        config_.upload_share_bytes = 400;
        config_.disk_reserve_bytes = 0;
    }

    /// Takes room and keeps it; 201, or the status of the refusal.
    unsigned take(std::string_view case_id, std::string_view client, std::int64_t bytes) {
        auto taken = room_.take(case_id, net::ip::make_address(client), {1, bytes});
        if (!taken) {
            refused_ = taken.error();
            return static_cast<unsigned>(refused_.status);
        }
        held_.push_back(std::move(*taken));
        return 201;
    }

    TemporaryFolder folder_;
    storage::Key key_ = storage::Key::random();
    storage::Vault vault_{key_};
    storage::Files files_{folder_.path(), vault_};
    Config config_;
    UploadRoom room_{config_, files_};
    std::vector<UploadRoom::Taken> held_;
    http::Problem refused_;
};

TEST_F(UploadRoomTest, IsBoundedForAClientACaseAndTheService) {
    EXPECT_EQ(take("a", "203.0.113.1", 300), 201U);
    EXPECT_EQ(take("b", "203.0.113.1", 101), 429U);
    EXPECT_TRUE(refused_.retry_after);
    EXPECT_EQ(take("a", "203.0.113.2", 101), 429U);
    EXPECT_EQ(take("a", "203.0.113.1", 100), 201U);
    EXPECT_EQ(take("b", "203.0.113.2", 400), 201U);
    EXPECT_EQ(take("c", "203.0.113.3", 201), 503U);
    EXPECT_TRUE(refused_.retry_after);
    EXPECT_EQ(take("c", "203.0.113.3", 200), 201U);
    EXPECT_EQ(room_.of_case("a").files, 2);
    EXPECT_EQ(room_.of_case("a").bytes, 400);
    EXPECT_EQ(room_.all().bytes, 1'000);
}

TEST_F(UploadRoomTest, IsGivenBack) {
    EXPECT_EQ(take("a", "203.0.113.1", 400), 201U);
    EXPECT_EQ(take("a", "203.0.113.1", 1), 429U);
    {
        auto const moved = std::move(held_.back());
        held_.clear();
        EXPECT_EQ(room_.all().files, 1);
    }
    EXPECT_EQ(room_.all().files, 0);
    EXPECT_EQ(room_.all().bytes, 0);
    EXPECT_EQ(room_.of_case("a").files, 0);
    EXPECT_EQ(take("a", "203.0.113.1", 400), 201U);
}

TEST_F(UploadRoomTest, LetsInWhatIsAlone) {
    EXPECT_EQ(take("a", "203.0.113.1", 5'000), 201U) << "otherwise it could never come in";
    EXPECT_EQ(take("b", "203.0.113.2", 1), 503U);
}

TEST_F(UploadRoomTest, LeavesTheDiskItsReserve) {
    EXPECT_EQ(take("a", "203.0.113.1", std::numeric_limits<std::int64_t>::max() / 2), 507U);
    EXPECT_EQ(refused_.code, "storage_full");
    config_.disk_reserve_bytes = std::numeric_limits<std::int64_t>::max() / 2;
    EXPECT_EQ(take("a", "203.0.113.1", 1), 507U);
    EXPECT_EQ(room_.all().files, 0);
}

}  // namespace
}  // namespace server::api
