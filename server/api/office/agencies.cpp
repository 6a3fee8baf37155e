#include "workflow/people/contacts.hpp"
#include "workflow/words/numbers.hpp"

#include <utility>

#include "server/api/kit/master_data.hpp"
#include "server/api/office/operations.hpp"
#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

namespace server::api {

struct AgencyForm {
    std::optional<workflow::Code> parent;
    std::string name;
    std::string word;
    std::string address;
    std::string postcode;
    std::string phone;
    std::optional<std::string> email;
    std::optional<std::string> office_hours;
    std::string office;
    std::vector<workflow::Channel> channels;
    std::string review_body;
    std::optional<std::string> review_address;
    std::string court;
    std::optional<std::string> court_address;
    std::optional<std::string> review_url;
    std::optional<bool> active;
};

struct NewAgency {
    workflow::Code code;
    AgencyForm form;
};

template <>
inline constexpr bool kIsFlat<AgencyForm> = true;

constexpr auto fields(std::type_identity<AgencyForm>) {
    using T = AgencyForm;
    using workflow::field;
    using workflow::kShortText;
    return std::tuple{
        field("parent", &T::parent, "上级机关", {1, 40}),
        field("name", &T::name, "机关名称", {2, kShortText}),
        field("word", &T::word, "机关代字", {1, 20}),
        field("address", &T::address, "办公地址", {1, kShortText}),
        field("postcode", &T::postcode, "邮政编码", {6, 6}),
        field("phone", &T::phone, "联系电话", {5, 40}),
        field("email", &T::email, "电子邮箱", {3, kShortText}),
        field("office_hours", &T::office_hours, "办公时间", {1, kShortText}),
        field("office", &T::office, "政府信息公开工作机构", {2, kShortText}),
        field("channels", &T::channels, "受理渠道", {1, 7}),
        field("review_body", &T::review_body, "行政复议机关", {2, kShortText}),
        field("review_address", &T::review_address, "行政复议机关的地址", {2, kShortText}),
        field("court", &T::court, "管辖法院", {2, kShortText}),
        field("court_address", &T::court_address, "管辖法院的地址", {2, kShortText}),
        field("review_url", &T::review_url, "网上申请行政复议的地址", {8, kShortText}),
        field("active", &T::active, "启用")};
}

constexpr auto fields(std::type_identity<NewAgency>) {
    using T = NewAgency;
    return std::tuple{workflow::field("code", &T::code, "机关代码", {9, 40}), workflow::field("form", &T::form)};
}

namespace {

using http::verb;
using storage::Agency;

/// The requirements of an agency's form beyond its shape.
std::vector<workflow::FieldError> faults_of(AgencyForm const& form) {
    std::vector<workflow::FieldError> faults;
    if (form.email && !workflow::is_mail_address(*form.email)) {
        faults.push_back({"/email", "wrong_shape", std::string(workflow::kNoMailAddress)});
    }
    if (form.review_url && !form.review_url->starts_with("https://") && !form.review_url->starts_with("http://")) {
        faults.push_back({"/review_url", "wrong_shape", "网址应以 https:// 或 http:// 开头。"});
    }
    return faults;
}

void apply(AgencyForm form, Agency& agency) {
    agency.parent = std::move(form.parent);
    agency.name = std::move(form.name);
    agency.word = std::move(form.word);
    agency.address = std::move(form.address);
    agency.postcode = std::move(form.postcode);
    agency.phone = std::move(form.phone);
    agency.email = std::move(form.email).value_or("");
    agency.office_hours = std::move(form.office_hours).value_or("");
    agency.office = std::move(form.office);
    agency.channels = std::move(form.channels);
    agency.review_body = std::move(form.review_body);
    agency.review_address = std::move(form.review_address).value_or("");
    agency.court = std::move(form.court);
    agency.court_address = std::move(form.court_address).value_or("");
    agency.review_url = std::move(form.review_url).value_or("");
    agency.active = form.active.value_or(true);
}

void write_agency(JsonWriter& json, Agency const& agency) {
    json.member("code", agency.code).member("parent", agency.parent).member("name", agency.name);
    json.member("word", agency.word).member("address", agency.address).member("postcode", agency.postcode);
    json.member("phone", agency.phone).member("email", agency.email).member("office_hours", agency.office_hours);
    json.member("office", agency.office).key("channels").open_list();
    for (auto const channel : agency.channels) {
        json.open_object().member("code", workflow::code(channel));
        json.member("label", workflow::label(channel)).close_object();
    }
    json.close_list().member("review_body", agency.review_body).member("review_address", agency.review_address);
    json.member("court", agency.court).member("court_address", agency.court_address);
    json.member("review_url", agency.review_url).member("active", agency.active).member("version", agency.version);
}

ObjectSchema agency_members() {
    using workflow::Code;
    return ObjectSchema()
        .member<Code>("code", "机关代码")
        .member<std::optional<Code>>("parent", "上级机关")
        .member<std::string>("name", "机关名称")
        .member<std::string>("word", "机关代字")
        .member<std::string>("address", "办公地址")
        .member<std::string>("postcode", "邮政编码")
        .member<std::string>("phone", "联系电话")
        .member<std::string>("email", "电子邮箱")
        .member<std::string>("office_hours", "办公时间")
        .member<std::string>("office", "政府信息公开工作机构")
        .member("channels", list_of(coded_schema<workflow::Channel>()), "受理渠道")
        .member<std::string>("review_body", "行政复议机关")
        .member<std::string>("review_address", "行政复议机关的地址")
        .member<std::string>("court", "管辖法院")
        .member<std::string>("court_address", "管辖法院的地址")
        .member<std::string>("review_url", "网上申请行政复议的地址")
        .member<bool>("active", "启用")
        .member<std::int64_t>("version");
}

json::object agency_schema() { return agency_members().named("Agency"); }

json::object branch_schema() {
    constexpr std::string_view kName = "AgencyBranch";
    return agency_members().member("children", list_of(reference(kName)), "下级机关").named(kName);
}

std::string agency_json(Agency const& agency, Call const&) {
    JsonWriter json;
    json.open_object();
    write_agency(json, agency);
    json.close_object();
    return json.take();
}

using Children = std::multimap<std::optional<workflow::Code>, Agency const*>;

void write_branch(JsonWriter& json, Children const& children, std::optional<workflow::Code> const& parent) {
    json.open_list();
    auto const [begin, end] = children.equal_range(parent);
    for (auto each = begin; each != end; ++each) {
        json.open_object();
        write_agency(json, *each->second);
        json.key("children");
        write_branch(json, children, each->second->code);
        json.close_object();
    }
    json.close_list();
}

Answer list_agencies(Services&, Call& call) {
    bool const all = call.request.query("inactive") == "true";
    Children children;
    for (auto const& [code, agency] : call.directory->agencies()) {
        if (agency.active || all) children.emplace(agency.parent, &agency);
    }
    JsonWriter json;
    json.open_object().key("items");
    write_branch(json, children, std::nullopt);
    json.close_object();
    return http::text_response(http::status::ok, "application/json", json.take());
}

Answer read_agency(Services&, Call& call) {
    auto const* agency = call.directory->agency(workflow::Code{std::string(call.parameter(0))});
    if (agency == nullptr) return no_agency();
    auto response = http::text_response(http::status::ok, "application/json", agency_json(*agency, call));
    response.set("ETag", version_tag(agency->version));
    return response;
}

net::awaitable<Answer> create_agency(Services& services, Call& call) {
    auto given = read_body<NewAgency>(call.request.body);
    if (!given) co_return given.error();
    if (!workflow::is_agency_code(given->code.value)) {
        std::vector<workflow::FieldError> errors;
        errors.push_back(
            {"/code", "malformed_code", "机关代码由6位区划代码、连字符和至少两位数字组成，例如 430500-01。"}
        );
        co_return invalid_input(std::move(errors));
    }
    if (auto faults = faults_of(given->form); !faults.empty()) co_return invalid_input(std::move(faults));
    auto const& parent = given->form.parent;
    if (parent ? !administers(call, *parent) : kept_at_the_top(call).has_value()) co_return beyond_reach("/parent");
    Agency agency;
    agency.code = given->code;
    apply(std::move(given->form), agency);
    auto location = "/api/v1/agencies/" + agency.code.value;
    co_return co_await create_record(services, call, std::move(agency), std::move(location), agency_json);
}

net::awaitable<Answer> put_agency(Services& services, Call& call) {
    auto const* known = call.directory->agency(workflow::Code{std::string(call.parameter(0))});
    if (known == nullptr || !administers(call, known->code)) co_return no_agency();
    auto const expected = expected_version(call.request);
    if (!expected) co_return expected.error();
    auto form = read_body<AgencyForm>(call.request.body);
    if (!form) co_return form.error();
    if (auto faults = faults_of(*form); !faults.empty()) co_return invalid_input(std::move(faults));
    bool const moved = form->parent != known->parent;
    if (moved && (!form->parent || known->code == call.actor.agency || !administers(call, *form->parent)))
        co_return beyond_reach("/parent");
    auto agency = *known;
    agency.version = *expected;
    apply(std::move(*form), agency);
    co_return co_await put_record(services, call, std::move(agency), kSystemAdmin, agency_json);
}

}  // namespace

std::vector<Operation> agency_operations() {
    constexpr std::string_view kList = "/api/v1/agencies";
    constexpr std::string_view kOne = "/api/v1/agencies/{code}";
    return {
        {.method = verb::get,
         .path = kList,
         .id = "listAgencies",
         .summary = "行政机关及其联系方式和受理渠道",
         .tag = "agencies",
         .who = Who::Anyone,
         .handler = list_agencies,
         .response = [] { return items_of("AgencyTree", branch_schema()); },
         .query = {{"inactive", "true：也列出已停用的机关", enumeration({"true"})}}},
        {.method = verb::post,
         .path = kList,
         .id = "createAgency",
         .summary = "新增行政机关",
         .tag = "agencies",
         .who = Who::Staff,
         .handler = create_agency,
         .roles = kSystemAdmin,
         .request = shape_schema<NewAgency>,
         .response = agency_schema,
         .success = http::status::created,
         .creates = true},
        {.method = verb::get,
         .path = kOne,
         .id = "readAgency",
         .summary = "一个行政机关",
         .tag = "agencies",
         .who = Who::Anyone,
         .handler = read_agency,
         .response = agency_schema},
        {.method = verb::put,
         .path = kOne,
         .id = "putAgency",
         .summary = "修改行政机关",
         .tag = "agencies",
         .who = Who::Staff,
         .handler = put_agency,
         .roles = kSystemAdmin,
         .request = shape_schema<AgencyForm>,
         .response = agency_schema,
         .versioned = true},
    };
}

}  // namespace server::api
