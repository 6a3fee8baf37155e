#pragma once

#include "storage/engine/driver.hpp"
#include "storage/journal/journal.hpp"
#include "workflow/cases/policy.hpp"
#include "workflow/words/fields.hpp"
#include "workflow/words/roles.hpp"
#include "workflow/words/vocabulary.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace storage {

/// 行政机关: one node of the tree (city → departments, counties → townships).
struct Agency {
    workflow::Code code;  ///< "430500-01"
    std::optional<workflow::Code> parent;
    std::string name;
    std::string word;  ///< 机关代字 in its document numbers: "邵自然资"
    std::string address;
    std::string postcode;
    std::string phone;
    std::string email;
    std::string office_hours;
    std::string office;  ///< the 政府信息公开工作机构 that answers the phone
    std::vector<workflow::Channel> channels;
    std::string review_body;  ///< 复议机关, named in every remedy
    std::string review_address;
    std::string court;  ///< 管辖法院
    std::string court_address;
    std::string review_url;  ///< where a review can be applied for online
    workflow::AgencyPolicy policy;
    bool active = true;
    std::int64_t version = 0;
};

/// 内设机构.
struct Department {
    workflow::Code code;  ///< unique in the whole system: "430500-01-d1"
    workflow::Code agency;
    std::string name;
    bool active = true;
    std::int64_t version = 0;
};

/// 外出: on these days the 代办人 answers for the cases assigned to somebody, as that person would.
struct Absence {
    workflow::Date from{};
    workflow::Date until{};  ///< the last day
    workflow::Code deputy;   ///< an account: another handler of the same department

    bool operator==(Absence const&) const = default;
};

/// 工作人员账号. The name is stored encrypted.
struct Staff {
    workflow::Code id;
    std::string username;
    std::string name;
    workflow::RoleSet roles;
    workflow::Code agency;
    workflow::Code department;  ///< empty for roles that belong to no department
    std::string password_hash;  ///< argon2id, as libsodium writes it
    std::optional<std::string> totp_seed;
    bool disabled = false;
    bool must_change_password = true;
    workflow::Instant password_changed_at{};
    std::optional<Absence> absence;
    std::int64_t version = 0;
};

// Described for the tables and the journal. Nothing here names a person, so all of it stands open.

constexpr auto fields(std::type_identity<Agency>) {
    using T = Agency;
    return std::tuple{
        workflow::field("code", &T::code, "机关代码"),
        workflow::field("parent", &T::parent, "上级机关"),
        workflow::field("name", &T::name, "名称"),
        workflow::field("word", &T::word, "机关代字"),
        workflow::field("address", &T::address, "地址"),
        workflow::field("postcode", &T::postcode, "邮政编码"),
        workflow::field("phone", &T::phone, "电话"),
        workflow::field("email", &T::email, "电子邮箱"),
        workflow::field("office_hours", &T::office_hours, "办公时间"),
        workflow::field("office", &T::office, "公开工作机构"),
        workflow::field("channels", &T::channels, "受理渠道"),
        workflow::field("review_body", &T::review_body, "复议机关"),
        workflow::field("review_address", &T::review_address, "复议机关地址"),
        workflow::field("court", &T::court, "管辖法院"),
        workflow::field("court_address", &T::court_address, "管辖法院地址"),
        workflow::field("review_url", &T::review_url, "网上复议地址"),
        workflow::field("policy", &T::policy, "设置"),
        workflow::field("active", &T::active, "启用"),
        workflow::field("version", &T::version)};
}

constexpr auto fields(std::type_identity<Department>) {
    using T = Department;
    return std::tuple{
        workflow::field("code", &T::code, "部门代码"),
        workflow::field("agency", &T::agency, "机关"),
        workflow::field("name", &T::name, "名称"),
        workflow::field("active", &T::active, "启用"),
        workflow::field("version", &T::version)};
}

constexpr auto fields(std::type_identity<Absence>) {
    using T = Absence;
    return std::tuple{
        workflow::field("from", &T::from, "外出第一天"),
        workflow::field("until", &T::until, "外出最后一天"),
        workflow::field("deputy", &T::deputy, "代办人", {1, 60})};
}

/// Somebody else has changed the record since it was read.
workflow::Refusal stale_record();

/// All agencies, departments and accounts at one moment: small, read by every request. Immutable.
class Directory {
public:
    Agency const* agency(workflow::Code const& code) const;
    Department const* department(workflow::Code const& code) const;
    Staff const* staff(workflow::Code const& id) const;
    Staff const* staff_by_username(std::string_view username) const;
    /// Who answers for the cases of an account that is away on that day; empty when it is there, or its deputy is not
    /// in office any more.
    std::optional<workflow::Code> deputy_of(workflow::Code const& account, workflow::Date day) const;
    /// Those whose deputy the account is on that day.
    std::vector<workflow::Code> stood_in_for(workflow::Code const& deputy, workflow::Date day) const;

    /// The agency itself, then those above it, up to the root; empty for an unknown one.
    std::vector<workflow::Code> line(workflow::Code const& code) const;
    /// The agency itself and every one below it.
    std::vector<workflow::Code> subtree(workflow::Code const& code) const;

    std::map<workflow::Code, Agency> const& agencies() const { return agencies_; }
    std::map<workflow::Code, Department> const& departments() const { return departments_; }
    std::map<workflow::Code, Staff> const& staff() const { return staff_; }

private:
    friend class DirectoryStore;
    std::map<workflow::Code, Agency> agencies_;
    std::map<workflow::Code, Department> departments_;
    std::map<workflow::Code, Staff> staff_;
    std::set<workflow::Code> with_absence_;  // whatever its days: few of many accounts
};

/// The master data. Every change leaves a journal entry. Reading: any thread. Writing: writer thread, inside a job;
/// what was written is seen by current() after the commit.
class DirectoryStore final : public Participant {
public:
    DirectoryStore(Connection& connection, Vault const& vault, Journal& journal);

    /// As committed. Any thread.
    std::shared_ptr<Directory const> current() const;
    /// With what the running batch has written so far. Writer thread.
    Directory const& pending() const { return *pending_; }

    /// Inserts or replaces. A version other than the stored one (0: there is none yet) is refused as stale; an unknown
    /// parent, agency or department, a circle in the tree, a user name in use, roles that exclude each other or a new
    /// absence without an able deputy are invalid.
    workflow::Result<void> put(Connection& connection, Agency agency, Author const& by, workflow::Instant at);
    workflow::Result<void> put(Connection& connection, Department department, Author const& by, workflow::Instant at);
    workflow::Result<void> put(Connection& connection, Staff staff, Author const& by, workflow::Instant at);

    void mark() override;
    void rollback_to_mark() override;
    void commit() override;
    void rollback() override;

private:
    template <typename T>
    workflow::Result<void> put(
        std::map<workflow::Code, T> Directory::*table,
        workflow::Code T::*key,
        T value,
        std::function<void(T const&)> const& save
    );

    Vault const& vault_;
    Journal& journal_;
    std::shared_ptr<Directory const> pending_;  // writer thread
    std::shared_ptr<Directory const> marked_;   // writer thread
    mutable std::mutex mutex_;
    std::shared_ptr<Directory const> published_;  // under mutex_
};

}  // namespace storage
