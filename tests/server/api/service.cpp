#include "tests/server/api/service.hpp"

#include <array>
#include <future>
#include <optional>
#include <stdexcept>
#include <thread>

#include "server/delivery/plan.hpp"
#include "server/http/listener.hpp"
#include "server/jobs/outbox_worker.hpp"
#include "server/service/app.hpp"
#include "tests/server/api/kit/conformance.hpp"

namespace server::api {
namespace {

/// Stands for the built staff application, which tests of the service do without.
constexpr std::array kStaffApplication{
    web::Asset{"index.html", "text/html; charset=utf-8", "<title>staff</title>", "", "0123456789abcdef"},
    web::Asset{"assets/index-1a2b.js", "text/javascript; charset=utf-8", "export {}", "gzipped", "fedcba9876543210"}};

}  // namespace

/// What is there between start and stop.
struct Service::Running {
    Running(Config const& config, storage::Store& store, TimeSource const& time)
        : app({config, store, time, log, metrics}, {web::public_assets(), kStaffApplication}),
          outbox(io, store, config, time, log),
          listener(app.listen(io)) {
        outbox.report_to(metrics);
        listener->start();
        thread = std::thread([this] { io.run(); });
    }
    ~Running() {
        net::post(io, [this] {
            listener->stop();
            listener->stop();  // at once: a test's clients keep their connections
        });
        thread.join();
        app.finish();
    }

    Log log{{.level = LogLevel::Error}};
    net::io_context io{1};
    Metrics metrics;
    App app;
    jobs::OutboxWorker outbox;  ///< not started: for its figures
    std::unique_ptr<http::Listener> listener;
    std::thread thread;
};

Service::Service() {
    configure();
    store_ = std::move(storage::Store::create(folder_ / "data").value());
    found_town();
    start();
}

Service::Service(std::unique_ptr<storage::Store> store, std::string_view now) : time(now), store_(std::move(store)) {
    configure();
    start();
}

Service::~Service() = default;

void Service::configure() {
    config_.argon2_memory_kib = 8;  // the least libsodium takes: tests sign in often
    config_.argon2_passes = 1;
    config_.port = 0;  // the system gives a free one
    config_.secure_cookies = false;
    config_.tracking_tries_per_address = 1000;
    config_.public_writes_per_minute = config_.applications_per_day = 1'000'000;  // all visitors come from one address
}

void Service::start() {
    running_ = std::make_unique<Running>(config_, *store_, time);
    port_ = running_->listener->endpoint().port();
}

void Service::restart(storage::WriteLimits limits) {
    running_.reset();
    store_.reset();
    auto folder = storage::DataFolder::open(folder_ / "data");
    store_ = std::move(storage::Store::open(std::move(*folder), limits).value());
    start();
}

http::Router const& Service::router() const { return running_->app.router(); }

std::size_t Service::figure(std::string_view name) {
    std::promise<std::string> exposition;
    net::post(running_->io, [&] { exposition.set_value(running_->metrics.exposition()); });
    auto const text = exposition.get_future().get();
    auto const line = '\n' + std::string(name) + ' ';
    auto const found = text.find(line);
    return found == std::string::npos ? 0 : std::stoul(text.substr(found + line.size()));
}

bool Service::reaches(std::string_view name, std::size_t least) {
    constexpr int kTries = 20'000;
    for (int tries = 0; tries < kTries; ++tries) {
        if (figure(name) >= least) return true;
    }
    return false;
}

HttpClient Service::anonymous() {
    HttpClient client(port_);
    client.witness = hold_against_document;
    return client;
}

HttpClient Service::sign_in(std::string_view username, std::string_view password) {
    auto client = anonymous();
    auto const reply = client.post("/api/v1/session", {{"username", username}, {"password", password}});
    if (reply.status() != 201) throw std::runtime_error("sign-in failed: " + reply.body());
    client.csrf = reply.json().at("csrf_token").as_string();
    return client;
}

void Service::found_town() {
    storage::Author const by{"system_admin", "tests"};
    auto const agency = [](std::string code, std::string name, std::optional<workflow::Code> parent) {
        storage::Agency made;
        made.code = {std::move(code)};
        made.parent = std::move(parent);
        made.name = made.office = std::move(name);
        made.word = "邵测" + made.code.value.substr(7);
        made.address = "资江路1号";
        made.postcode = "422000";
        made.phone = "0739-1234567";
        made.channels = {workflow::Channel::Online, workflow::Channel::Counter};
        made.review_body = "邵阳市人民政府";
        made.court = "邵阳市大祥区人民法院";
        return made;
    };
    struct Account {
        std::string username;
        workflow::Role role;
        std::string agency = "430500-01";
        std::string department = "";
    };
    using workflow::Role;
    Account const accounts[] = {
        {"registrar", Role::Registrar},
        {"reviewer", Role::Reviewer},
        {"handler", Role::Handler, "430500-01", "430500-01-d1"},
        {"head", Role::DepartmentHead, "430500-01", "430500-01-d1"},
        {"secrecy", Role::SecrecyReviewer},
        {"legal", Role::LegalReviewer},
        {"office", Role::OfficeHead},
        {"supervisor", Role::Supervisor, "430500-00"},
        {"sysadmin", Role::SystemAdmin, "430500-00"},
        {"secadmin", Role::SecurityAdmin, "430500-00"},
        {"auditor", Role::Auditor, "430500-00"},
        {"bureau-sysadmin", Role::SystemAdmin},
        {"bureau-secadmin", Role::SecurityAdmin},
        {"stranger", Role::Reviewer, "430500-02"},
    };
    auto const hash = access::hash_password(kPassword, {config_.argon2_memory_kib, config_.argon2_passes});
    auto const found = store_->writes().run([&](storage::Connection& connection) -> workflow::Result<int> {
        auto& directory = store_->directory();
        auto const now = time.now();
        for (auto const& made :
             {agency("430500-00", "邵阳市人民政府", std::nullopt),
              agency("430500-01", "邵阳市自然资源局", workflow::Code{"430500-00"}),
              agency("430500-02", "邵阳市教育局", workflow::Code{"430500-00"})}) {
            if (auto const put = directory.put(connection, made, by, now); !put) return put.error();
        }
        storage::Department department;
        department.code = {"430500-01-d1"};
        department.agency = {"430500-01"};
        department.name = "土地利用科";
        if (auto const put = directory.put(connection, department, by, now); !put) return put.error();
        for (auto const& account : accounts) {
            storage::Staff staff;
            staff.id = {"id-" + account.username};
            staff.username = account.username;
            staff.name = "测试" + account.username;
            staff.roles = {account.role};
            staff.agency = {account.agency};
            staff.department = {account.department};
            staff.password_hash = hash;
            staff.must_change_password = false;
            if (auto const put = directory.put(connection, staff, by, now); !put) return put.error();
        }
        return 0;
    });
    if (!found) throw std::runtime_error(found.error().detail);
}

boost::json::object application(std::string_view agency) {
    return {
        {"agency", agency},
        {"applicant",
         {{"kind", "natural_person"},
          {"name", "张三"},
          {"id_type", "resident_id"},
          {"id_number", "430502199003070014"},
          {"phone", "13800001234"},
          {"address", "湖南省邵阳市双清区建设路1号"},
          {"postcode", "422000"}}},
        {"items", {{{"title", "土地征收补偿方案"}, {"description", "2025年资江北岸土地征收补偿安置方案全文"}}}},
        {"provide_as", "paper"},
        {"obtain_by", "post"},
        {"accept_other_form", true}};
}

boost::json::object registration() {
    auto form = application();
    form["channel"] = "counter";
    form["received_on"] = "2026-03-02";
    form["evidence"] = "窗口当面收到,收件人李四";
    return form;
}

boost::json::object oral_withdrawal() {
    return {
        {"reason", "申请人不再需要这些信息"},
        {"means", "oral"},
        {"withdrawn_on", "2026-03-02"},
        {"recording", "录音0302"}};
}

WorkedCase::WorkedCase(boost::json::object const& stored)
    : id(stored.at("id").as_string()), version(stored.at("version").as_int64()) {}

Reply WorkedCase::act(HttpClient& who, std::string_view action, boost::json::object const& input) {
    auto reply = who.post(path("/actions/" + std::string(action)), input, {{"If-Match", tag()}});
    if (reply.status() == 200) version = reply.json().at("version").as_int64();
    return reply;
}

std::vector<std::string> recipients_after(Service& service, workflow::Action step, std::string const& case_id) {
    auto const reader = service.store().connect();
    auto const facts = service.store().cases().find(*reader, case_id)->facts;
    auto const directory = service.store().directory().current();
    auto const today = workflow::local_date(service.time.now());
    delivery::ContactOf const contact_of = [](workflow::Code const&) {
        delivery::Contact contact;
        contact.email = "somebody@example.cn";
        return contact;
    };
    std::vector<std::string> people;
    for (auto const* rule : workflow::notifications_after(step, facts)) {
        for (auto const& each : delivery::plan(*rule, facts, *directory, {true, false}, contact_of, today)) {
            people.push_back(each.recipient);
        }
    }
    return people;
}

}  // namespace server::api
