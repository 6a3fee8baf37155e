#include "storage/vault/files.hpp"

#include "storage/engine/sha256.hpp"
#include "tests/storage/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string content(std::size_t size) {
    std::string text(size, '\0');
    unsigned state = 1;
    for (char& c : text) c = static_cast<char>((state = state * 1103515245U + 12345U) >> 16 & 0x7fU);
    return text;
}

class FilesTest : public testing::Test {
protected:
    storage::Files::Writer::Stored store(std::string const& text, std::size_t piece = 10'000) {
        storage::Files::Writer writer(files_);
        for (std::size_t at = 0; at < text.size(); at += piece) {
            writer.write(std::span(text).subspan(at, std::min(piece, text.size() - at)));
        }
        return writer.finish();
    }

    std::string load(std::string const& sha256, std::size_t piece = 7'000) {
        storage::Files::Reader reader(files_, sha256);
        return read_all(reader, piece);
    }

    /// Puts a file in its place as a job does.
    std::string keep(std::string const& text) {
        storage::Files::Writer writer(files_);
        writer.write(text);
        auto const stored = writer.seal();
        writer.keep();
        return stored.sha256;
    }

    static std::string read_all(storage::Files::Reader& reader, std::size_t piece = 7'000) {
        std::string text;
        std::string buffer(piece, '\0');
        while (std::size_t const got = reader.read(buffer)) text.append(buffer, 0, got);
        return text;
    }

    std::vector<fs::path> on_disk() const {
        std::vector<fs::path> found;
        for (auto const& entry : fs::recursive_directory_iterator(root_)) {
            if (entry.is_regular_file()) found.push_back(entry.path());
        }
        return found;
    }

    TemporaryFolder folder_;
    fs::path root_ = folder_.path();
    storage::Key key_ = storage::Key::random();
    storage::Vault vault_{key_};
    storage::Files files_{root_, vault_};
};

TEST_F(FilesTest, ComeBackWhateverTheirSize) {
    constexpr std::size_t kChunk = 64 * 1024;
    for (std::size_t const size :
         {std::size_t{0}, std::size_t{1}, kChunk - 1, kChunk, kChunk + 1, 3 * kChunk, 5 * kChunk + 17}) {
        std::string const text = content(size);
        auto const stored = store(text);
        EXPECT_EQ(stored.size, static_cast<std::int64_t>(size));
        EXPECT_EQ(stored.sha256, storage::to_hex(storage::sha256({storage::as_bytes(text)})));
        EXPECT_EQ(load(stored.sha256), text) << size;
        EXPECT_EQ(load(stored.sha256, 200'000), text) << size;
    }
}

TEST_F(FilesTest, OfTheSameContentAreStoredOnceAndUnreadable) {
    std::string const text = "张三的身份证复印件 11010519491231002X";
    auto const first = store(text);
    EXPECT_EQ(store(text, 3).sha256, first.sha256);
    auto const found = on_disk();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], root_ / first.sha256.substr(0, 2) / first.sha256);
    EXPECT_EQ(fs::status(found[0]).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    std::ifstream file(found[0], std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(bytes.find("张三"), std::string::npos);
    EXPECT_EQ(bytes.find("11010519"), std::string::npos);
}

TEST_F(FilesTest, LeaveNothingWhenTheUploadBreaksOff) {
    {
        storage::Files::Writer writer(files_);
        writer.write(content(200'000));
        EXPECT_EQ(on_disk().size(), 1U);
        storage::Files::Writer sealed(files_);
        sealed.write(content(100));
        sealed.seal();
    }
    EXPECT_TRUE(on_disk().empty());
}

TEST_F(FilesTest, LieSealedInAFolderOfTheirOwnWhileTheyComeIn) {
    storage::Files::Writer writer(files_);
    for (int i = 0; i < 10'000; ++i) writer.write(std::string_view("张三的身份证复印件 11010519491231002X"));
    auto const found = on_disk();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].parent_path(), root_ / "incoming");
    EXPECT_EQ(fs::status(root_ / "incoming").permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(found[0]).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_GT(fs::file_size(found[0]), 100'000U);
    std::ifstream file(found[0], std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(bytes.find("张三"), std::string::npos);
    EXPECT_EQ(bytes.substr(0, 61), std::string(61, '\0')) << "its key is not on the disk before it is to be kept";
}

TEST_F(FilesTest, AreReadBackBeforeTheyAreKept) {
    constexpr std::size_t kChunk = 64 * 1024;
    for (std::size_t const size : {std::size_t{0}, std::size_t{1}, kChunk, kChunk + 1, 3 * kChunk + 17}) {
        std::string const text = content(size);
        storage::Files::Writer writer(files_);
        writer.write(text);
        storage::Files::Reader reader(writer);
        EXPECT_EQ(read_all(reader), text) << size;
        EXPECT_EQ(load(writer.finish().sha256), text) << size;
    }
}

TEST_F(FilesTest, GoAgainWithTheJobOrTheBatchThatIsUndone) {
    files_.mark();
    auto const first = keep("first");
    files_.mark();
    auto const refused = keep("refused");
    keep("first");
    files_.rollback_to_mark();
    EXPECT_EQ(load(first), "first") << "another job's, though the refused one had it too";
    EXPECT_THROW(load(refused), std::system_error);
    files_.commit();

    files_.mark();
    auto const lost = keep("lost");
    keep("first");
    files_.rollback();
    EXPECT_EQ(load(lost), "lost") << "perhaps its commit has come to pass";
    files_.mark();  // the queue goes on, so it has not
    EXPECT_THROW(load(lost), std::system_error);
    EXPECT_EQ(load(first), "first");
    EXPECT_EQ(on_disk().size(), 1U);
}

TEST_F(FilesTest, KnowTheRoomOnTheDisk) {
    EXPECT_GT(files_.free_bytes(), 0U);
    EXPECT_LE(files_.free_bytes(), fs::space(root_).capacity);
}

TEST_F(FilesTest, LeftoversOfAKilledProcessAreRemoved) {
    auto const stored = store("kept");
    std::ofstream(root_ / "abandoned.part") << "half";  // where earlier versions had them
    fs::create_directory(root_ / "incoming");
    std::ofstream(root_ / "incoming" / "abandoned.part") << "half";
    files_.remove_leftovers();
    EXPECT_EQ(on_disk().size(), 1U);
    EXPECT_EQ(load(stored.sha256), "kept");
}

TEST_F(FilesTest, ShowEveryChange) {
    constexpr std::size_t kSealedChunk = 64 * 1024 + 29;
    constexpr std::size_t kHeader = 61;
    std::string const text = content(3 * 64 * 1024 + 100);
    auto const stored = store(text);
    fs::path const path = on_disk().at(0);
    std::ifstream file(path, std::ios::binary);
    std::string const good{std::istreambuf_iterator<char>(file), {}};
    auto const expect_broken = [&](std::string const& bytes, char const* what) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
        EXPECT_THROW(load(stored.sha256), storage::SealBroken) << what;
    };
    for (std::size_t at = 0; at < good.size(); at += 4'999) {
        std::string bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        expect_broken(bytes, "one bit");
    }
    expect_broken(good.substr(0, kHeader + 3 * kSealedChunk), "the last chunk gone");
    expect_broken(good.substr(0, kHeader + kSealedChunk), "cut after the first chunk");
    expect_broken(good.substr(0, good.size() - 1), "the last byte gone");
    expect_broken(good.substr(0, 40), "not even a header");
    expect_broken(good + "x", "something added");
    std::string swapped = good;
    std::swap_ranges(
        swapped.begin() + kHeader, swapped.begin() + kHeader + kSealedChunk, swapped.begin() + kHeader + kSealedChunk
    );
    expect_broken(swapped, "two chunks in each other's place");
    std::ofstream(path, std::ios::binary | std::ios::trunc) << good;
    EXPECT_EQ(load(stored.sha256), text);
}

TEST_F(FilesTest, DoNotOpenUnderAnotherName) {
    auto const one = store("one");
    auto const two = store("two");
    fs::rename(root_ / one.sha256.substr(0, 2) / one.sha256, root_ / two.sha256.substr(0, 2) / two.sha256);
    EXPECT_THROW(load(two.sha256), storage::SealBroken);
    EXPECT_THROW(load(one.sha256), std::system_error);
}

}  // namespace
