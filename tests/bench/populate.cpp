#include "server/runtime/time_source.hpp"
#include "storage/store.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>

/// usage: populate FOLDER CASES
/// Fills the data folder with cases by the real commands, spread over the eight days before today, so that none is
/// late: every second one waits for review, in one of the agencies below, the others are in handling with nobody
/// assigned. Prints the id of each case in handling, to be claimed.
namespace {

using namespace workflow;

constexpr char const* kAgency = "430500-01";
constexpr char const* kDepartment = "430500-01-d1";
constexpr int kAgencies = 100;
constexpr int kDays = 8;

/// The first of them is the one above the others.
Code agency_of(int n) { return Code{n % 2 == 0 ? kAgency : "430500-" + std::to_string(101 + n / 2 % (kAgencies - 1))}; }

Application application(int n) {
    Application form;
    form.agency = agency_of(n);
    form.applicant.name = "张三";
    form.applicant.id_type = IdType::ResidentId;
    form.applicant.id_number = "430502199003070014";
    form.applicant.phone = "13800000000";
    form.applicant.address = "示范市幸福路" + std::to_string(n) + "号";
    form.items = {{"征地补偿安置方案", {}, "示范村第" + std::to_string(n) + "组的征地补偿安置方案和听证记录"}};
    form.obtain_by = ObtainBy::Post;
    return form;
}

Result<std::string> open_case(storage::Store& store, storage::Connection& connection, int n, Instant at) {
    auto& cases = store.cases();
    Actor const applicant{{}, {Role::Applicant}, {}, {}, {}};
    Actor const office{Code{"bench"}, {Role::Registrar, Role::Reviewer}, agency_of(n), {}, {}};
    auto made =
        cases.create(connection, {Action::Submit, Submission{application(n), Channel::Online, {}}}, applicant, at);
    if (!made) return made.error();
    std::string const id = made->stored.id;
    auto done = cases.act(connection, id, {}, {Action::ConfirmReceipt, Remark{}}, office, at);
    if (done && n % 2 == 0) {
        done = cases.act(connection, id, {}, {Action::Accept, Acceptance{Code{kDepartment}, {}, {}}}, office, at);
    }
    if (!done) return done.error();
    return n % 2 == 0 ? id : std::string();
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: populate FOLDER CASES\n";
        return 2;
    }
    auto folder = storage::DataFolder::open(arguments[1]);
    if (!folder) {
        std::cerr << folder.error().detail << '\n';
        return 1;
    }
    auto store = storage::Store::open(std::move(*folder));
    int const cases = std::atoi(arguments[2]);
    constexpr int kPerJob = 100;
    auto const now = server::SystemTime().now();
    auto const added = (*store)->writes().run([&](storage::Connection& connection) -> Result<int> {
        storage::Department department{.code = Code{kDepartment}, .agency = Code{kAgency}, .name = "综合科"};
        auto const put = (*store)->directory().put(connection, department, {"system", ""}, now);
        if (!put) return put.error();
        for (int n = 1; n < 2 * kAgencies - 2; n += 2) {
            auto below = *(*store)->directory().pending().agency(Code{kAgency});
            below.parent = below.code;
            below.code = agency_of(n);
            below.word += std::to_string(n);
            below.version = 0;
            if (auto const made = (*store)->directory().put(connection, below, {"system", ""}, now); !made)
                return made.error();
        }
        return 0;
    });
    if (!added) {
        std::cerr << added.error().code << ": " << added.error().detail << '\n';
        return 1;
    }
    for (int first = 0; first < cases; first += kPerJob) {
        auto written = (*store)->writes().run([&](storage::Connection& connection) -> Result<std::string> {
            std::string ids;
            for (int n = first; n < std::min(cases, first + kPerJob); ++n) {
                auto const at = now - std::chrono::days(kDays) +
                                std::chrono::seconds(static_cast<std::int64_t>(n) * kDays * 86400 / cases);
                auto id = open_case(**store, connection, n, at);
                if (!id) return id.error();
                if (!id->empty()) ids += *id + '\n';
            }
            return ids;
        });
        if (!written) {
            std::cerr << written.error().code << ": " << written.error().detail << '\n';
            return 1;
        }
        std::cout << *written;
    }
    return 0;
}
