#include "storage/office/directory.hpp"

#include "storage/engine/shape_json.hpp"
#include "storage/journal/canonical_json.hpp"
#include "storage/journal/object_keys.hpp"
#include "workflow/words/numbers.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <concepts>
#include <set>
#include <utility>

namespace storage {
namespace {

using workflow::Code;
using workflow::Date;
using workflow::FieldError;
using workflow::Refusal;
using workflow::RefusalKind;
using workflow::Result;

/// What the sealed column of an account holds besides its roles: a shape of its own, because a password hash and a seed
/// must never be written where a Staff might be.
struct SealedStaff {
    std::string username;
    std::string name;
    std::vector<workflow::Role> roles;
    Code department;
    std::string password_hash;
    std::optional<std::string> totp_seed;
    bool disabled = false;
    bool must_change_password = false;
    std::int64_t password_changed_at = 0;
    std::optional<Absence> absence;
    std::int64_t version = 0;
};

constexpr auto fields(std::type_identity<SealedStaff>) {
    using T = SealedStaff;
    return std::tuple{
        workflow::field("username", &T::username),
        workflow::field("name", &T::name),
        workflow::field("roles", &T::roles),
        workflow::field("department", &T::department),
        workflow::field("password_hash", &T::password_hash),
        workflow::field("totp_seed", &T::totp_seed),
        workflow::field("disabled", &T::disabled),
        workflow::field("must_change_password", &T::must_change_password),
        workflow::field("password_changed_at", &T::password_changed_at),
        workflow::field("absence", &T::absence),
        workflow::field("version", &T::version)};
}

std::vector<workflow::Role> list_of(workflow::RoleSet roles) {
    std::vector<workflow::Role> list;
    for (auto const& role : workflow::kRoles) {
        if (roles.has(role.value)) list.push_back(role.value);
    }
    return list;
}

std::string place_of(Code const& staff) { return "staff/" + staff.value; }

Refusal invalid(std::string pointer, std::string code, std::string detail) {
    Refusal refusal{RefusalKind::Invalid, "invalid_input", detail};
    refusal.errors = {{std::move(pointer), std::move(code), std::move(detail)}};
    return refusal;
}

/// Codes stand in addresses, in the journal and between the commas of a list.
bool is_plain_code(Code const& code) {
    return !code.empty() && std::ranges::all_of(code.value, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool belongs_to_a_department(workflow::RoleSet roles) {
    return std::ranges::any_of(workflow::kRoles, [&](auto const& role) {
        return roles.has(role.value) && workflow::scope_of(role.value) == workflow::Scope::OwnDepartment;
    });
}

Result<void> check(Agency const& agency, Directory const& directory) {
    if (!workflow::is_agency_code(agency.code.value)) {
        return invalid("/code", "malformed_code", "机关代码应为行政区划代码加序号，例如 430500-01。");
    }
    if (agency.name.empty()) return invalid("/name", "required", "请填写机关名称。");
    if (agency.word.empty()) return invalid("/word", "required", "请填写机关代字。");
    for (auto const& [code, other] : directory.agencies()) {
        if (other.word == agency.word && code != agency.code) {
            return invalid("/word", "word_in_use", "机关代字“" + agency.word + "”已由“" + other.name + "”使用。");
        }
    }
    if (agency.parent) {
        auto const line = directory.line(*agency.parent);
        if (line.empty()) return invalid("/parent", "unknown_agency", "没有这个上级机关。");
        if (std::ranges::find(line, agency.code) != line.end()) {
            return invalid("/parent", "circle", "上级机关不能是本机关或其下级机关。");
        }
    }
    int const days = agency.policy.correction_days;
    if (days < workflow::kShortestCorrection || days > workflow::kLongestCorrection) {
        return invalid("/policy/correction_days", "out_of_range", "补正期限应为 5 至 30 个工作日。");
    }
    std::set<workflow::CardCause> causes;
    for (workflow::CardThreshold const& threshold : agency.policy.card_thresholds) {
        if (!causes.insert(threshold.cause).second) {
            return invalid("/policy/card_thresholds", "cause_repeated", "红黄牌的每个事由只能设一个数字。");
        }
        if (threshold.days < 0 || threshold.days > workflow::kHighestCardThreshold) {
            return invalid("/policy/card_thresholds", "out_of_range", "红黄牌的数字应在 0 到 19 之间。");
        }
    }
    std::set<workflow::Outcome> read;
    for (workflow::OutcomeReading const& reading : agency.policy.outcome_readings) {
        if (!workflow::rule_of(reading.outcome).reading) {
            std::string detail = "“";
            detail.append(label(reading.outcome)).append("”在条例中有明文，依据和表三的行不能另设。");
            return invalid("/policy/outcome_readings", "expressly_ruled", std::move(detail));
        }
        int const row = reading.table3_row.value_or(workflow::kLastResultRow);
        if (row < workflow::kFirstResultRow || row > workflow::kLastResultRow)
            return invalid("/policy/outcome_readings", "out_of_range", "表三的办理结果是第 3 行至第 23 行。");
        if (!read.insert(reading.outcome).second)
            return invalid("/policy/outcome_readings", "outcome_repeated", "一种办理结果只能设一次。");
    }
    return {};
}

Result<void> check(Department const& department, Directory const& directory) {
    if (!is_plain_code(department.code)) {
        return invalid("/code", "malformed_code", "部门代码只能用小写字母、数字和连字符。");
    }
    if (department.name.empty()) return invalid("/name", "required", "请填写部门名称。");
    if (directory.agency(department.agency) == nullptr) return invalid("/agency", "unknown_agency", "没有这个机关。");
    auto const* before = directory.department(department.code);
    if (before != nullptr && before->agency != department.agency) {
        return invalid("/agency", "agency_is_fixed", "部门不能改属另一个机关。");
    }
    return {};
}

/// The deputy sees what the absent person sees, and may do it.
bool can_stand_in(Staff const* deputy, Staff const& absent) {
    return deputy != nullptr && deputy->id != absent.id && !deputy->disabled &&
           deputy->roles.has(workflow::Role::Handler) && deputy->agency == absent.agency &&
           deputy->department == absent.department;
}

Result<void> check_absence(Staff const& staff, Directory const& directory) {
    auto const* before = directory.staff(staff.id);
    if (!staff.absence || (before != nullptr && before->absence == staff.absence)) return {};
    auto const& [from, until, deputy] = *staff.absence;
    if (until < from) return invalid("/until", "end_before_start", "外出的最后一天早于第一天。");
    if (!can_stand_in(directory.staff(deputy), staff)) {
        return invalid("/deputy", "unknown_deputy", "代办人应当是同一部门的另一位承办人。");
    }
    return {};
}

Result<void> check(Staff const& staff, Directory const& directory) {
    if (!is_plain_code(staff.id)) return invalid("/id", "malformed_code", "账号编号只能用小写字母、数字和连字符。");
    if (staff.username.empty()) return invalid("/username", "required", "请填写用户名。");
    if (staff.name.empty()) return invalid("/name", "required", "请填写姓名。");
    auto const* namesake = directory.staff_by_username(staff.username);
    if (namesake != nullptr && namesake->id != staff.id) {
        return invalid("/username", "username_in_use", "这个用户名已有人使用。");
    }
    if (auto roles = workflow::check_roles(staff.roles); !roles) return roles.error();
    if (directory.agency(staff.agency) == nullptr) return invalid("/agency", "unknown_agency", "没有这个机关。");
    if (staff.department.empty()) {
        if (belongs_to_a_department(staff.roles)) {
            return invalid("/department", "required", "承办人和承办部门负责人要有所属部门。");
        }
        return {};
    }
    auto const* department = directory.department(staff.department);
    if (department == nullptr || department->agency != staff.agency) {
        return invalid("/department", "unknown_department", "该机关没有这个部门。");
    }
    return check_absence(staff, directory);
}

template <typename T>
T const* find(std::map<Code, T> const& table, Code const& code) {
    auto const found = table.find(code);
    return found == table.end() ? nullptr : &found->second;
}

template <typename T>
void read_all(Rows rows, std::map<Code, T>& into) {
    while (rows.next()) {
        T value = from_json<T>(boost::json::parse(rows.text(0)).as_object());
        Code const code = value.code;
        into.emplace(code, std::move(value));
    }
}

Staff read_staff(Rows const& rows, Vault const& vault) {
    Staff staff;
    staff.id.value = rows.text(0);
    staff.agency.value = rows.text(1);
    std::string const plain = vault.unseal(rows.blob(2), place_of(staff.id));
    auto sealed = from_json<SealedStaff>(boost::json::parse(plain).as_object());
    staff.username = std::move(sealed.username);
    staff.name = std::move(sealed.name);
    for (workflow::Role const role : sealed.roles) staff.roles.add(role);
    staff.department = std::move(sealed.department);
    staff.password_hash = std::move(sealed.password_hash);
    staff.totp_seed = std::move(sealed.totp_seed);
    staff.disabled = sealed.disabled;
    staff.must_change_password = sealed.must_change_password;
    staff.password_changed_at = workflow::Instant(std::chrono::milliseconds(sealed.password_changed_at));
    staff.absence = std::move(sealed.absence);
    staff.version = sealed.version;
    return staff;
}

Bytes seal_staff(Staff const& staff, Vault const& vault) {
    SealedStaff const sealed{
        .username = staff.username,
        .name = staff.name,
        .roles = list_of(staff.roles),
        .department = staff.department,
        .password_hash = staff.password_hash,
        .totp_seed = staff.totp_seed,
        .disabled = staff.disabled,
        .must_change_password = staff.must_change_password,
        .password_changed_at = workflow::to_milliseconds(staff.password_changed_at),
        .absence = staff.absence,
        .version = staff.version};
    return vault.seal(boost::json::serialize(to_json(sealed)), place_of(staff.id));
}

/// What the journal says of an account: what it may do, not who it is, and never a secret.
boost::json::object journal_data(Staff const& staff) {
    boost::json::object data{
        {"agency", staff.agency.value},
        {"department", staff.department.value},
        {"roles", value_to_json(list_of(staff.roles))},
        {"disabled", staff.disabled},
        {"must_change_password", staff.must_change_password},
        {"password_changed_at", workflow::to_string(staff.password_changed_at)},
        {"second_factor", staff.totp_seed.has_value()},
        {"version", staff.version}};
    if (staff.absence) data["absence"] = to_json(*staff.absence);
    return data;
}

}  // namespace

Refusal stale_record() { return {RefusalKind::Stale, "stale_version", "这条资料刚被别人修改过，请刷新后再改。"}; }

// ---- one state -----------------------------------------------------------------------------------------------------

Agency const* Directory::agency(Code const& code) const { return find(agencies_, code); }

Department const* Directory::department(Code const& code) const { return find(departments_, code); }

Staff const* Directory::staff(Code const& id) const { return find(staff_, id); }

Staff const* Directory::staff_by_username(std::string_view username) const {
    auto const found =
        std::ranges::find_if(staff_, [&](auto const& entry) { return entry.second.username == username; });
    return found == staff_.end() ? nullptr : &found->second;
}

std::optional<Code> Directory::deputy_of(Code const& account, Date day) const {
    auto const* absent = staff(account);
    if (absent == nullptr || !absent->absence) return std::nullopt;
    auto const& [from, until, deputy] = *absent->absence;
    bool const away = from <= day && day <= until;
    return away && can_stand_in(staff(deputy), *absent) ? std::optional(deputy) : std::nullopt;
}

std::vector<Code> Directory::stood_in_for(Code const& deputy, Date day) const {
    std::vector<Code> absent;
    for (Code const& account : with_absence_) {
        if (deputy_of(account, day) == deputy) absent.push_back(account);
    }
    return absent;
}

std::vector<Code> Directory::line(Code const& code) const {
    std::vector<Code> line;
    for (auto const* each = agency(code); each != nullptr; each = each->parent ? agency(*each->parent) : nullptr) {
        line.push_back(each->code);
    }
    return line;
}

std::vector<Code> Directory::subtree(Code const& code) const {
    std::vector<Code> tree;
    for (auto const& [each, agency] : agencies_) {
        auto const above = line(each);
        if (std::ranges::find(above, code) != above.end()) tree.push_back(each);
    }
    return tree;
}

// ---- the store -----------------------------------------------------------------------------------------------------

DirectoryStore::DirectoryStore(Connection& connection, Vault const& vault, Journal& journal)
    : vault_(vault), journal_(journal) {
    auto directory = std::make_shared<Directory>();
    read_all(connection.query("SELECT body FROM agencies"), directory->agencies_);
    read_all(connection.query("SELECT body FROM departments"), directory->departments_);
    auto rows = connection.query("SELECT id, agency, body FROM staff");
    while (rows.next()) {
        Staff staff = read_staff(rows, vault);
        Code const id = staff.id;
        if (staff.absence) directory->with_absence_.insert(id);
        directory->staff_.emplace(id, std::move(staff));
    }
    pending_ = marked_ = published_ = std::move(directory);
}

std::shared_ptr<Directory const> DirectoryStore::current() const {
    std::lock_guard const lock(mutex_);
    return published_;
}

template <typename T>
Result<void> DirectoryStore::put(
    std::map<Code, T> Directory::*table, Code T::*key, T value, std::function<void(T const&)> const& save
) {
    T const* const before = find((*pending_).*table, value.*key);
    if (value.version != (before == nullptr ? 0 : before->version)) return stale_record();
    if (auto checked = check(value, *pending_); !checked) return checked;
    ++value.version;
    save(value);
    auto next = std::make_shared<Directory>(*pending_);
    Code const at = value.*key;
    if constexpr (std::same_as<T, Staff>) {
        next->with_absence_.erase(at);
        if (value.absence) next->with_absence_.insert(at);
    }
    ((*next).*table).insert_or_assign(at, std::move(value));
    pending_ = std::move(next);
    return {};
}

Result<void> DirectoryStore::put(Connection& connection, Agency agency, Author const& by, workflow::Instant at) {
    return put<Agency>(&Directory::agencies_, &Agency::code, std::move(agency), [&](Agency const& value) {
        auto data = to_json(value);
        connection.execute(
            "INSERT INTO agencies (code, body) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET body = excluded.body",
            value.code.value,
            to_canonical(data)
        );
        journal_.append(
            connection, {at, workflow::local_date(at), "put_agency", by, {"agency", value.code.value}, std::move(data)}
        );
    });
}

Result<void> DirectoryStore::put(
    Connection& connection, Department department, Author const& by, workflow::Instant at
) {
    return put<Department>(
        &Directory::departments_,
        &Department::code,
        std::move(department),
        [&](Department const& value) {
            auto data = to_json(value);
            connection.execute(
                "INSERT INTO departments (code, agency, body) VALUES ($1, $2, $3) "
                "ON CONFLICT (code) DO UPDATE SET body = excluded.body",
                value.code.value,
                value.agency.value,
                to_canonical(data)
            );
            journal_.append(
                connection,
                {at, workflow::local_date(at), "put_department", by, {"department", value.code.value}, std::move(data)}
            );
        }
    );
}

Result<void> DirectoryStore::put(Connection& connection, Staff staff, Author const& by, workflow::Instant at) {
    return put<Staff>(&Directory::staff_, &Staff::id, std::move(staff), [&](Staff const& value) {
        connection.execute(
            "INSERT INTO staff (id, agency, body) VALUES ($1, $2, $3) "
            "ON CONFLICT (id) DO UPDATE SET agency = excluded.agency, body = excluded.body",
            value.id.value,
            value.agency.value,
            seal_staff(value, vault_)
        );
        ObjectRef const object{"staff", value.id.value};
        auto key = find_key(connection, vault_, object);
        if (!key) key = make_key(connection, vault_, object);
        journal_.append(
            connection,
            {at,
             workflow::local_date(at),
             "put_staff",
             by,
             object,
             journal_data(value),
             {{"name", value.name}, {"username", value.username}},
             &*key}
        );
    });
}

void DirectoryStore::mark() { marked_ = pending_; }

void DirectoryStore::rollback_to_mark() { pending_ = marked_; }

void DirectoryStore::commit() {
    std::lock_guard const lock(mutex_);
    published_ = pending_;
}

void DirectoryStore::rollback() { pending_ = published_; }  // only this thread writes published_

}  // namespace storage
