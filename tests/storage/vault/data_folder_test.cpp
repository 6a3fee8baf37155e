#include "storage/vault/data_folder.hpp"

#include "tests/storage/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

namespace {

using storage::DataFolder;

std::string read_all(std::filesystem::path const& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

unsigned mode_of(std::filesystem::path const& file) {
    struct stat status;
    EXPECT_EQ(::stat(file.c_str(), &status), 0);
    return status.st_mode & 0777;
}

std::string refusal_code(workflow::Result<DataFolder> const& result) {
    return result ? "not refused" : result.error().code;
}

class DataFolderTest : public testing::Test {
protected:
    TemporaryFolder temporary_;
    std::filesystem::path root_ = temporary_ / "data";

    void make() { ASSERT_TRUE(DataFolder::create(root_)); }
};

TEST_F(DataFolderTest, IsMadeForItsOwnerOnly) {
    make();
    EXPECT_EQ(mode_of(root_), 0700U);
    EXPECT_EQ(mode_of(root_ / "keys"), 0600U);
    EXPECT_EQ(mode_of(root_ / "LOCK"), 0600U);
    EXPECT_EQ(mode_of(root_ / "files"), 0700U);
}

TEST_F(DataFolderTest, KeepsItsKeys) {
    auto const sealed = DataFolder::create(root_)->vault().seal("text", "place");
    EXPECT_EQ(DataFolder::open(root_)->vault().unseal(sealed, "place"), "text");
    auto const other = DataFolder::create(temporary_ / "other");
    EXPECT_THROW(other->vault().unseal(sealed, "place"), storage::SealBroken);
}

TEST_F(DataFolderTest, IsNotMadeTwice) {
    make();
    std::string const keys = read_all(root_ / "keys");
    EXPECT_EQ(refusal_code(DataFolder::create(root_)), "folder_exists");
    EXPECT_EQ(read_all(root_ / "keys"), keys);
}

TEST_F(DataFolderTest, CannotBeMadeUnderAFile) {
    std::ofstream(temporary_ / "file") << "x";
    EXPECT_EQ(refusal_code(DataFolder::create(temporary_ / "file" / "data")), "folder_unwritable");
}

TEST_F(DataFolderTest, MustExistToBeOpened) {
    EXPECT_EQ(refusal_code(DataFolder::open(root_)), "no_data_folder");
    EXPECT_EQ(refusal_code(DataFolder::open_read_only(root_)), "no_data_folder");
    EXPECT_FALSE(std::filesystem::exists(root_));
}

TEST_F(DataFolderTest, HasOneWriterAndAnyNumberOfReaders) {
    make();
    std::filesystem::create_directory_symlink(root_, temporary_ / "link");
    {
        auto const first = DataFolder::open(root_);
        ASSERT_TRUE(first);
        auto const second = DataFolder::open(temporary_ / "link");
        ASSERT_EQ(refusal_code(second), "data_folder_in_use");
        EXPECT_NE(second.error().detail.find(std::to_string(::getpid())), std::string::npos);
        EXPECT_TRUE(DataFolder::open_read_only(root_));
    }
    EXPECT_TRUE(DataFolder::open(root_)) << "the lock goes with its holder";
}

TEST_F(DataFolderTest, RefusesKeysThatOthersCanRead) {
    make();
    for (unsigned mode : {0640U, 0604U, 0620U, 0601U}) {
        ASSERT_EQ(::chmod((root_ / "keys").c_str(), mode), 0);
        EXPECT_EQ(refusal_code(DataFolder::open(root_)), "keys_exposed");
        EXPECT_EQ(refusal_code(DataFolder::open_read_only(root_)), "keys_exposed");
    }
    ASSERT_EQ(::chmod((root_ / "keys").c_str(), 0400), 0);
    EXPECT_TRUE(DataFolder::open(root_));
}

TEST_F(DataFolderTest, RefusesDamagedOrMissingKeys) {
    make();
    std::string const good = read_all(root_ / "keys");
    for (std::string const& bad :
         {std::string(),
          good.substr(0, good.size() - 2),
          good + "x",
          "x" + good.substr(1),
          good.substr(0, good.size() - 2) + "g\n"}) {
        std::ofstream(root_ / "keys", std::ios::trunc) << bad;
        EXPECT_EQ(refusal_code(DataFolder::open(root_)), "keys_unreadable") << bad;
    }
    std::ofstream(root_ / "disclosure.db") << "x";
    std::filesystem::remove(root_ / "keys");
    EXPECT_EQ(refusal_code(DataFolder::open(root_)), "keys_missing");
}

}  // namespace
