#include "server/demo/city.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "server/demo/people.hpp"

namespace server::demo {
namespace {

using workflow::Code;
using workflow::Role;
using workflow::RoleSet;

/// One agency. Phones are 0739-5550 and three digits; the 复议机关 is the agency above.
struct AgencyRow {
    std::string_view code;
    std::string_view parent;
    std::string_view name;
    std::string_view word;        ///< 机关代字
    std::string_view short_name;  ///< ends its user names; only agencies that handle demo cases have accounts
    std::string_view office;
    std::string_view street;
    std::array<std::string_view, 2> departments = {};
    bool by_staff = false;  ///< online requests count from the confirmation by staff
    bool fees = false;
};

// clang-format off
constexpr std::array kAgencies{
    AgencyRow{"430500-01", "", "示范市人民政府", "示政", "", "市政府办公室政务公开科", "东塔区人民广场1号", {"综合科", "督查室"}},
    AgencyRow{"430500-02", "430500-01", "示范市自然资源和规划局", "示自然资", "zrzy", "局办公室", "东塔区国土路12号", {"征地管理科", "国土空间规划科"}, false, true},
    AgencyRow{"430500-03", "430500-01", "示范市住房和城乡建设局", "示建", "zjj", "局办公室", "东塔区建设路30号", {"住房保障科", "房屋安全管理科"}},
    AgencyRow{"430500-04", "430500-01", "示范市人力资源和社会保障局", "示人社", "rsj", "局办公室", "东塔区学院路8号", {"社会保险科", "事业单位人事科"}},
    AgencyRow{"430500-05", "430500-01", "示范市教育局", "示教", "jyj", "局办公室", "东塔区学院路20号", {"基础教育科", "计划财务科"}, true},
    AgencyRow{"430500-06", "430500-01", "示范市卫生健康委员会", "示卫健", "wjw", "委办公室", "南屏区健康路6号", {"医政医管科", "综合监督科"}},
    AgencyRow{"430500-07", "430500-01", "示范市公安局", "示公", "gaj", "局办公室", "东塔区平安路1号", {"法制支队", "交通管理支队"}},
    AgencyRow{"430500-08", "430500-01", "示范市财政局", "示财", "czj", "局办公室", "东塔区财富路5号", {"预算科", "政府采购监督管理科"}, false, true},
    AgencyRow{"430500-09", "430500-01", "示范市生态环境局", "示环", "hbj", "局办公室", "南屏区绿洲路18号", {"环境影响评价科", "执法支队"}},
    AgencyRow{"430500-10", "430500-01", "示范市民政局", "示民", "mzj", "局办公室", "南屏区同心路9号", {"社会救助科", "社会组织管理科"}},
    AgencyRow{"430502-01", "430500-01", "示范市东塔区人民政府", "东政", "dtq", "区政府办公室政务公开股", "东塔区兴隆路66号", {"综合股", "督查股"}},
    AgencyRow{"430502-02", "430502-01", "东塔区城市管理和综合执法局", "东城管", "", "局办公室", "东塔区兴隆路70号"},
    AgencyRow{"430502-03", "430502-01", "东塔区民政局", "东民", "", "局办公室", "东塔区兴隆路68号"},
    AgencyRow{"430502-11", "430502-01", "东塔区石桥街道办事处", "石街", "", "党政综合办公室", "东塔区石桥路3号"},
    AgencyRow{"430503-01", "430500-01", "示范市南屏区人民政府", "南政", "npq", "区政府办公室政务公开股", "南屏区屏山大道1号", {"综合股", "督查股"}},
    AgencyRow{"430503-02", "430503-01", "南屏区住房和城乡建设局", "南建", "", "局办公室", "南屏区屏山大道15号"},
    AgencyRow{"430503-11", "430503-01", "南屏区柳塘乡人民政府", "柳政", "", "党政综合办公室", "南屏区柳塘乡政府街1号"},
    AgencyRow{"430521-01", "430500-01", "云岭县人民政府", "云政", "ylx", "县政府办公室政务公开股", "云岭县云山路1号", {"综合股", "督查股"}},
    AgencyRow{"430521-02", "430521-01", "云岭县自然资源局", "云自然资", "", "局办公室", "云岭县云山路25号"},
    AgencyRow{"430521-03", "430521-01", "云岭县教育局", "云教", "", "局办公室", "云岭县云山路31号"},
    AgencyRow{"430521-11", "430521-01", "云岭县松溪镇人民政府", "松政", "", "党政综合办公室", "云岭县松溪镇正街8号"},
    AgencyRow{"430521-12", "430521-01", "云岭县白水乡人民政府", "白政", "", "党政综合办公室", "云岭县白水乡政府院内"},
};

/// One post of an office, held by a person of its own, so that nobody approves his own work.
struct Post {
    std::string_view username;
    RoleSet roles;
    std::size_t department = 0;  ///< 1, 2; 0: belongs to none
};
constexpr std::array kPosts{
    Post{"registrar", {Role::Registrar}},
    Post{"reviewer", {Role::Reviewer}},
    Post{"handler", {Role::Handler}, 1},
    Post{"handler2", {Role::Handler}, 1},
    Post{"department_head", {Role::DepartmentHead}, 1},
    Post{"handler3", {Role::Handler}, 2},
    Post{"department_head2", {Role::DepartmentHead}, 2},
    Post{"secrecy_reviewer", {Role::SecrecyReviewer}},
    Post{"legal_reviewer", {Role::LegalReviewer}},
    Post{"office_head", {Role::OfficeHead}},
};
/// At the first agency alone.
constexpr std::array kCityPosts{
    Post{"supervisor", {Role::Supervisor}},
    Post{"system_admin", {Role::SystemAdmin}},
    Post{"security_admin", {Role::SecurityAdmin}},
    Post{"auditor", {Role::Auditor}},
};
// clang-format on

bool has_accounts(AgencyRow const& row) { return row.code == kFirstAgency || !row.short_name.empty(); }

Code department_code(std::string_view agency, std::size_t number) { return {fmt::format("{}-d{}", agency, number)}; }

storage::Agency make_agency(AgencyRow const& row, std::size_t index) {
    auto const above = std::ranges::find(kAgencies, row.parent, &AgencyRow::code);
    bool const top = above == kAgencies.end();
    using C = workflow::Channel;
    storage::Agency agency;
    agency.code = Code{std::string(row.code)};
    if (!top) agency.parent = Code{std::string(row.parent)};
    agency.name = row.name;
    agency.word = row.word;
    agency.address = fmt::format("湖南省示范市{}", row.street);
    agency.postcode = "422000";
    agency.phone = fmt::format("0739-5550{:03}", 100 + index);
    agency.email = fmt::format("gk{}@shifan.example.cn", 100 + index);
    agency.office_hours = "工作日 9:00-12:00，13:30-17:00";
    agency.office = row.office;
    agency.channels = {C::Counter, C::RegisteredMail, C::OrdinaryMail, C::Online, C::Fax, C::Email, C::App};
    agency.review_body = top ? "湖南省人民政府" : above->name;
    agency.review_address = top ? "长沙市示范大道1号" : fmt::format("湖南省示范市{}", above->street);
    agency.court = top ? "示范市中级人民法院" : "示范市东塔区人民法院";
    agency.court_address = top ? "湖南省示范市东塔区法治路1号" : "湖南省示范市东塔区兴隆路90号";
    agency.review_url = "https://review.shifan.example.cn/";
    agency.policy.online_receipt =
        row.by_staff ? workflow::OnlineReceipt::ByStaff : workflow::OnlineReceipt::OnSubmission;
    agency.policy.fees_enabled = row.fees;
    agency.policy.fee_payee = "示范市财政局非税收入专户";
    agency.policy.fee_account = "示范银行东塔支行 4300 0000 0000 0000";
    agency.policy.fee_code = "凭本通知书到本机关窗口领取";
    return agency;
}

/// Founds agency after agency; the job of found_city.
class Founder {
public:
    Founder(
        storage::Store& store,
        storage::Connection& connection,
        workflow::Instant at,
        std::string const& password_hash,
        workflow::Instant password_date
    )
        : store_(store),
          connection_(connection),
          at_(at),
          password_hash_(password_hash),
          password_date_(password_date) {}

    workflow::Result<void> found(AgencyRow const& row) {
        if (auto put = store_.directory().put(connection_, make_agency(row, agencies_++), kFounder, at_); !put)
            return put;
        for (std::size_t i = 0; i < row.departments.size() && !row.departments[i].empty(); ++i) {
            storage::Department department;
            department.code = department_code(row.code, i + 1);
            department.agency = Code{std::string(row.code)};
            department.name = row.departments[i];
            if (auto put = store_.directory().put(connection_, department, kFounder, at_); !put) return put;
        }
        if (has_accounts(row)) {
            for (Post const& post : kPosts) {
                if (auto put = employ(row, post); !put) return put;
            }
        }
        if (row.code != kFirstAgency) return {};
        for (Post const& post : kCityPosts) {
            if (auto put = employ(row, post); !put) return put;
        }
        return {};
    }

private:
    workflow::Result<void> employ(AgencyRow const& row, Post const& post) {
        storage::Staff staff;
        staff.username = post.username;
        if (!row.short_name.empty()) staff.username += fmt::format(".{}", row.short_name);
        staff.id = Code{fmt::format("s-{:03}", ++staff_)};
        staff.name = person_name(kFirstOfficial + staff_);
        staff.roles = post.roles;
        staff.agency = Code{std::string(row.code)};
        if (post.department != 0) staff.department = department_code(row.code, post.department);
        staff.password_hash = password_hash_;
        staff.must_change_password = false;
        staff.password_changed_at = password_date_;
        return store_.directory().put(connection_, staff, kFounder, at_);
    }

    inline static storage::Author const kFounder{"system", "demo"};

    storage::Store& store_;
    storage::Connection& connection_;
    workflow::Instant at_;
    std::string const& password_hash_;
    workflow::Instant password_date_;
    std::size_t agencies_ = 0;
    std::size_t staff_ = 0;
};

}  // namespace

workflow::Result<void> found_city(
    storage::Store& store, workflow::Instant at, std::string const& password_hash, workflow::Instant password_date
) {
    return store.writes().run([&](storage::Connection& connection) -> workflow::Result<void> {
        Founder founder(store, connection, at, password_hash, password_date);
        for (AgencyRow const& row : kAgencies) {
            if (auto founded = founder.found(row); !founded) return founded;
        }
        return {};
    });
}

std::vector<Account> first_accounts() {
    std::vector<Account> accounts;
    for (Post const& post : kPosts) accounts.push_back({std::string(post.username), post.roles});
    for (Post const& post : kCityPosts) accounts.push_back({std::string(post.username), post.roles});
    return accounts;
}

workflow::Actor actor_for(
    storage::Directory const& directory, Code const& agency, Role role, Code const& department, std::size_t which
) {
    Code const home = role == Role::Supervisor ? Code{std::string(kFirstAgency)} : agency;
    std::vector<storage::Staff const*> candidates;
    for (auto const& [id, staff] : directory.staff()) {
        bool const in_department = staff.department.empty() || staff.department == department;
        if (staff.agency == home && staff.roles.has(role) && in_department) candidates.push_back(&staff);
    }
    if (candidates.empty()) throw std::logic_error("the demo city has nobody for a step");
    // By pairs: which agency a story is about goes by turns as well.
    storage::Staff const& staff = *candidates[which / 2 % candidates.size()];
    return {staff.id, staff.roles, staff.agency, staff.department, {}};
}

}  // namespace server::demo
