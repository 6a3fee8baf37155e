#include "server/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <variant>

#include "server/files/clamd.hpp"
#include "server/http/peer.hpp"

namespace server {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Texts = std::vector<std::string>;

/// How a setting's value is reached; the type of the member is the type of the setting.
using Member = std::variant<
    std::int64_t& (*)(Config&),
    std::uint64_t& (*)(Config&),
    Milliseconds& (*)(Config&),
    bool& (*)(Config&),
    std::string& (*)(Config&),
    Texts& (*)(Config&)>;

/// What a text must be.
struct Form {
    bool (*accepts)(std::string const&);
    std::string_view wanted;
};

struct Setting {
    std::string_view key;
    Member member;
    std::string_view doc;
    std::int64_t least = 0;  ///< of a number; of a duration in seconds
    std::int64_t most = 0;
    std::string_view unit = {};
    Form form = {[](std::string const&) { return true; }, ""};
};

constexpr std::int64_t kMiB = 1024 * 1024;
constexpr std::int64_t kDay = 24 * 60 * 60;

constexpr Form kAddress{
    [](std::string const& text) {
        boost::system::error_code failed;
        net::ip::make_address(text, failed);
        return !failed;
    },
    "应为 IPv4 或 IPv6 地址"};
constexpr Form kUrl{
    [](std::string const& text) { return text.starts_with("http://") || text.starts_with("https://"); },
    "应以 http:// 或 https:// 开头"};
constexpr Form kNetwork{
    [](std::string const& text) { return http::Networks().add(text); }, "每一项应为 IP 地址或网段，如 10.0.0.0/8"};
constexpr Form kClamd{
    [](std::string const& text) { return text.empty() || files::Clamd::is_address(text); },
    "应写作 unix:/路径 或 主机:端口"};
constexpr Form kLogLevel{
    [](std::string const& text) { return text == "debug" || text == "info" || text == "warning" || text == "error"; },
    "应为 debug、info、warning、error 之一"};

constexpr Form kMailTls{
    [](std::string const& text) {
        return text == "required" || text == "optional" || text == "off" || text == "implicit";
    },
    "应为 required、optional、off、implicit 之一"};
constexpr Form kMailAddress{
    [](std::string const& text) {
        return text.empty() || (text.find('@') != std::string::npos && text.find_first_of(" <>\r\n") == text.npos);
    },
    "应为一个电子邮箱地址"};
constexpr Form kGateway{
    [](std::string const& text) {
        return text.empty() || text.starts_with("https://") || text.starts_with("http://127.0.0.1:");
    },
    "应以 https:// 开头"};

// clang-format off
/// Every setting, in the order of the sample file.
std::array const kSettings{
    Setting{.key = "server.address", .member = +[](Config& c) -> auto& { return c.address; }, .doc = "监听的地址", .form = kAddress},
    Setting{.key = "server.port", .member = +[](Config& c) -> auto& { return c.port; }, .doc = "监听的端口；0 表示由系统选一个空闲端口", .least = 0, .most = 65535},
    Setting{.key = "server.public_url", .member = +[](Config& c) -> auto& { return c.public_url; }, .doc = "公众访问的网址；写 https:// 时启用 HSTS", .form = kUrl},
    Setting{.key = "server.trusted_proxies", .member = +[](Config& c) -> auto& { return c.trusted_proxies; }, .doc = "可信的反向代理；只采信它们给出的 X-Forwarded-For", .form = kNetwork},
    Setting{.key = "server.worker_threads", .member = +[](Config& c) -> auto& { return c.worker_threads; }, .doc = "处理耗时工作（口令、导出、文书）的线程", .least = 1, .most = 64, .unit = "个"},

    Setting{.key = "data.folder", .member = +[](Config& c) -> auto& { return c.data_folder; }, .doc = "数据目录"},

    Setting{.key = "limits.connections", .member = +[](Config& c) -> auto& { return c.limits.connections; }, .doc = "同时的连接总数", .least = 1, .most = 1'000'000, .unit = "个"},
    Setting{.key = "limits.connections_per_address", .member = +[](Config& c) -> auto& { return c.limits.connections_per_address; }, .doc = "同一 IPv4 地址或 IPv6 /64 网段的连接数；可信代理不受限", .least = 1, .most = 1'000'000, .unit = "个"},
    Setting{.key = "limits.target_bytes", .member = +[](Config& c) -> auto& { return c.limits.target_bytes; }, .doc = "请求地址的长度", .least = 256, .most = 16'384, .unit = "字节"},
    Setting{.key = "limits.line_bytes", .member = +[](Config& c) -> auto& { return c.limits.line_bytes; }, .doc = "请求头一行的长度", .least = 256, .most = 16'384, .unit = "字节"},
    Setting{.key = "limits.fields", .member = +[](Config& c) -> auto& { return c.limits.fields; }, .doc = "请求头的字段数", .least = 8, .most = 1'000, .unit = "个"},
    Setting{.key = "limits.head_bytes", .member = +[](Config& c) -> auto& { return c.limits.head_bytes; }, .doc = "整个请求头的长度", .least = 1'024, .most = 32'768, .unit = "字节"},
    Setting{.key = "limits.body_bytes", .member = +[](Config& c) -> auto& { return c.limits.body_bytes; }, .doc = "请求正文的长度（上传附件另有上限）", .least = 1'024, .most = 64 * kMiB, .unit = "字节"},
    Setting{.key = "limits.upload_bytes", .member = +[](Config& c) -> auto& { return c.upload_bytes; }, .doc = "一个附件的大小", .least = 1'024, .most = 1'024 * kMiB, .unit = "字节"},
    Setting{.key = "limits.files_per_step", .member = +[](Config& c) -> auto& { return c.files_per_step; }, .doc = "办理一步之内上传的附件数", .least = 1, .most = 100, .unit = "个"},
    Setting{.key = "limits.bytes_per_case", .member = +[](Config& c) -> auto& { return c.bytes_per_case; }, .doc = "一件申请全部附件的大小", .least = kMiB, .most = 102'400 * kMiB, .unit = "字节"},
    Setting{.key = "limits.body_rate", .member = +[](Config& c) -> auto& { return c.limits.body_rate; }, .doc = "接收正文的最低速度；低于它即按 body_seconds 计时", .least = 256, .most = 64 * kMiB, .unit = "字节每秒"},
    Setting{.key = "limits.idle_seconds", .member = +[](Config& c) -> auto& { return c.limits.idle_time; }, .doc = "两次请求之间保持连接的时间", .least = 1, .most = 3'600, .unit = "秒"},
    Setting{.key = "limits.head_seconds", .member = +[](Config& c) -> auto& { return c.limits.head_time; }, .doc = "收完整个请求头的时间，自首字节起算", .least = 1, .most = 300, .unit = "秒"},
    Setting{.key = "limits.body_seconds", .member = +[](Config& c) -> auto& { return c.limits.body_time; }, .doc = "等待请求正文的时间", .least = 1, .most = 3'600, .unit = "秒"},
    Setting{.key = "limits.write_seconds", .member = +[](Config& c) -> auto& { return c.limits.write_time; }, .doc = "发出一段应答的时间", .least = 1, .most = 3'600, .unit = "秒"},
    Setting{.key = "limits.linger_seconds", .member = +[](Config& c) -> auto& { return c.limits.linger_time; }, .doc = "拒绝请求后等待对方读完应答的时间", .least = 1, .most = 60, .unit = "秒"},
    Setting{.key = "limits.grace_seconds", .member = +[](Config& c) -> auto& { return c.limits.grace_time; }, .doc = "停止服务时留给在办请求的时间", .least = 1, .most = 600, .unit = "秒"},

    Setting{.key = "uploads.clamd", .member = +[](Config& c) -> auto& { return c.clamd; }, .doc = "ClamAV 查毒服务（clamd）的地址：unix:/路径 或 主机:端口；空表示不查毒。查毒服务不可用时文件保持“待查毒”，不能下载", .form = kClamd},

    Setting{.key = "write_queue.jobs", .member = +[](Config& c) -> auto& { return c.write_queue_jobs; }, .doc = "等待写入的操作数；满时答复 503", .least = 1, .most = 100'000, .unit = "个"},
    Setting{.key = "write_queue.bytes", .member = +[](Config& c) -> auto& { return c.write_queue_bytes; }, .doc = "等待写入的内容总量；满时答复 503", .least = kMiB, .most = 1'024 * kMiB, .unit = "字节"},
    Setting{.key = "write_queue.batch_jobs", .member = +[](Config& c) -> auto& { return c.write_batch_jobs; }, .doc = "一次提交最多合并的操作数", .least = 1, .most = 10'000, .unit = "个"},
    Setting{.key = "write_queue.batch_bytes", .member = +[](Config& c) -> auto& { return c.write_batch_bytes; }, .doc = "一次提交最多合并的内容", .least = 65'536, .most = 64 * kMiB, .unit = "字节"},

    Setting{.key = "session.staff_idle_seconds", .member = +[](Config& c) -> auto& { return c.staff_session_idle; }, .doc = "工作人员无操作后退出登录的时间", .least = 60, .most = kDay, .unit = "秒"},
    Setting{.key = "session.public_idle_seconds", .member = +[](Config& c) -> auto& { return c.public_session_idle; }, .doc = "申请人查询会话无操作后失效的时间", .least = 60, .most = kDay, .unit = "秒"},
    Setting{.key = "session.absolute_seconds", .member = +[](Config& c) -> auto& { return c.session_absolute; }, .doc = "登录后最长的有效时间", .least = 300, .most = 7 * kDay, .unit = "秒"},
    Setting{.key = "session.secure_cookies", .member = +[](Config& c) -> auto& { return c.secure_cookies; }, .doc = "只在 https 上发送会话 Cookie；仅本机试用时可关闭"},

    Setting{.key = "login.failures", .member = +[](Config& c) -> auto& { return c.lockout_failures; }, .doc = "连续输错几次口令后开始延迟", .least = 1, .most = 100, .unit = "次"},
    Setting{.key = "login.delay_seconds", .member = +[](Config& c) -> auto& { return c.lockout_delay; }, .doc = "首次延迟的时间，以后每次加倍", .least = 1, .most = 3'600, .unit = "秒"},
    Setting{.key = "login.delay_limit_seconds", .member = +[](Config& c) -> auto& { return c.lockout_delay_limit; }, .doc = "延迟的上限", .least = 1, .most = kDay, .unit = "秒"},
    Setting{.key = "login.argon2_memory_kib", .member = +[](Config& c) -> auto& { return c.argon2_memory_kib; }, .doc = "每次口令运算（Argon2id）使用的内存", .least = 8'192, .most = 1'048'576, .unit = "KiB"},
    Setting{.key = "login.argon2_passes", .member = +[](Config& c) -> auto& { return c.argon2_passes; }, .doc = "每次口令运算（Argon2id）的遍数", .least = 1, .most = 20, .unit = "遍"},
    Setting{.key = "login.queue", .member = +[](Config& c) -> auto& { return c.password_queue; }, .doc = "等待口令运算的登录数；满时答复 503", .least = 1, .most = 10'000, .unit = "个"},
    Setting{.key = "public.writes_per_minute", .member = +[](Config& c) -> auto& { return c.public_writes_per_minute; }, .doc = "同一来源不登录时每分钟提交的次数，本机也计；提交申请不计，填写申请时超过的只是不能暂存", .least = 1, .most = 10'000'000, .unit = "次"},
    Setting{.key = "public.applications_per_day", .member = +[](Config& c) -> auto& { return c.applications_per_day; }, .doc = "同一来源每天提交的申请超过这个数后，再提交的照常受理，但联系方式核验以前不收材料、不发邮件和短信", .least = 1, .most = 10'000'000, .unit = "件"},
    Setting{.key = "public.draft_bytes", .member = +[](Config& c) -> auto& { return c.draft_bytes; }, .doc = "替访问者暂存的一份草稿的大小", .least = 1'024, .most = 65'536, .unit = "字节"},
    Setting{.key = "public.drafts_per_address", .member = +[](Config& c) -> auto& { return c.drafts_per_address; }, .doc = "同时替同一来源暂存的草稿；满时不再暂存，仍可提交申请", .least = 1, .most = 1'000'000, .unit = "份"},
    Setting{.key = "public.drafts", .member = +[](Config& c) -> auto& { return c.drafts; }, .doc = "同时替所有访问者暂存的草稿；满时不再暂存，仍可提交申请", .least = 1, .most = 1'000'000, .unit = "份"},
    Setting{.key = "public.code_seconds", .member = +[](Config& c) -> auto& { return c.code_life; }, .doc = "联系方式核验码的有效时间", .least = 60, .most = kDay, .unit = "秒"},
    Setting{.key = "public.code_tries", .member = +[](Config& c) -> auto& { return c.code_tries; }, .doc = "一个核验码可以填错的次数", .least = 1, .most = 100, .unit = "次"},
    Setting{.key = "public.codes_per_case", .member = +[](Config& c) -> auto& { return c.codes_per_case; }, .doc = "一件申请每天发送核验码的次数", .least = 1, .most = 1'000, .unit = "次"},
    Setting{.key = "public.codes_per_contact", .member = +[](Config& c) -> auto& { return c.codes_per_contact; }, .doc = "同一邮箱或手机号码每天收到核验码的次数", .least = 1, .most = 1'000, .unit = "次"},
    Setting{.key = "public.codes_per_address", .member = +[](Config& c) -> auto& { return c.codes_per_address; }, .doc = "同一来源每天要求发送核验码的次数", .least = 1, .most = 1'000'000, .unit = "次"},
    Setting{.key = "public.codes_per_day", .member = +[](Config& c) -> auto& { return c.codes_per_day; }, .doc = "每天发送核验码的总次数", .least = 1, .most = 1'000'000, .unit = "次"},
    Setting{.key = "tracking.tries_per_address", .member = +[](Config& c) -> auto& { return c.tracking_tries_per_address; }, .doc = "同一来源每小时查询申请的失败次数", .least = 1, .most = 10'000, .unit = "次"},
    Setting{.key = "tracking.tries_per_number", .member = +[](Config& c) -> auto& { return c.tracking_tries_per_number; }, .doc = "同一受理编号每日查询的失败次数", .least = 1, .most = 10'000, .unit = "次"},

    Setting{.key = "mail.host", .member = +[](Config& c) -> auto& { return c.mail_host; }, .doc = "发送邮件的 SMTP 服务器；空表示不发邮件，文书一律打印送达"},
    Setting{.key = "mail.port", .member = +[](Config& c) -> auto& { return c.mail_port; }, .doc = "SMTP 端口", .least = 1, .most = 65535},
    Setting{.key = "mail.tls", .member = +[](Config& c) -> auto& { return c.mail_tls; }, .doc = "加密：required 必须 STARTTLS，optional 能加密则加密，off 不加密，implicit 一开始就用 TLS（465 端口）", .form = kMailTls},
    Setting{.key = "mail.ca_file", .member = +[](Config& c) -> auto& { return c.mail_ca_file; }, .doc = "邮件和短信服务器的证书颁发机构（PEM）；空表示用系统的"},
    Setting{.key = "mail.user", .member = +[](Config& c) -> auto& { return c.mail_user; }, .doc = "登录名；空表示不登录"},
    Setting{.key = "mail.password_file", .member = +[](Config& c) -> auto& { return c.mail_password_file; }, .doc = "存放口令的文件，只取第一行"},
    Setting{.key = "mail.sender", .member = +[](Config& c) -> auto& { return c.mail_sender; }, .doc = "发件地址；退信也到这里", .form = kMailAddress},
    Setting{.key = "mail.seconds", .member = +[](Config& c) -> auto& { return c.mail_time; }, .doc = "发送一封邮件的时限", .least = 1, .most = 600, .unit = "秒"},
    Setting{.key = "sms.url", .member = +[](Config& c) -> auto& { return c.sms_url; }, .doc = "短信网关的地址（接口见 server/delivery/README.md）；空表示不发短信", .form = kGateway},
    Setting{.key = "sms.key_file", .member = +[](Config& c) -> auto& { return c.sms_key_file; }, .doc = "存放签名密钥的文件，只取第一行"},
    Setting{.key = "sms.seconds", .member = +[](Config& c) -> auto& { return c.sms_time; }, .doc = "发送一条短信的时限", .least = 1, .most = 60, .unit = "秒"},
    Setting{.key = "sms.quiet_from", .member = +[](Config& c) -> auto& { return c.quiet_from; }, .doc = "自几点起不发短信；法定告知不受限", .least = 0, .most = 23, .unit = "点"},
    Setting{.key = "sms.quiet_until", .member = +[](Config& c) -> auto& { return c.quiet_until; }, .doc = "至几点恢复发短信；与 quiet_from 相同表示不限", .least = 0, .most = 23, .unit = "点"},
    Setting{.key = "digest.hour", .member = +[](Config& c) -> auto& { return c.digest_hour; }, .doc = "每个工作日几点给工作人员发摘要邮件", .least = 0, .most = 23, .unit = "点"},
    Setting{.key = "letter_fonts.body", .member = +[](Config& c) -> auto& { return c.letter_fonts.body; }, .doc = "文书正文的字体（仿宋），按先后选用已安装的；缺字从后面的字体取"},
    Setting{.key = "letter_fonts.title", .member = +[](Config& c) -> auto& { return c.letter_fonts.title; }, .doc = "文书标题的字体（小标宋）"},
    Setting{.key = "letter_fonts.heading", .member = +[](Config& c) -> auto& { return c.letter_fonts.heading; }, .doc = "文书小标题和表头的字体（黑体）"},

    Setting{.key = "log.level", .member = +[](Config& c) -> auto& { return c.log_level; }, .doc = "记录的最低级别", .form = kLogLevel},
    Setting{.key = "log.file", .member = +[](Config& c) -> auto& { return c.log_file; }, .doc = "日志文件；空表示标准错误输出"},
};
// clang-format on

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", text); }

/// The value in TOML.
struct Written {
    Config& config;
    std::string operator()(std::int64_t& (*member)(Config&)) const { return fmt::to_string(member(config)); }
    std::string operator()(std::uint64_t& (*member)(Config&)) const { return fmt::to_string(member(config)); }
    std::string operator()(Milliseconds& (*member)(Config&)) const {
        return fmt::to_string(std::chrono::duration_cast<std::chrono::seconds>(member(config)).count());
    }
    std::string operator()(bool& (*member)(Config&)) const { return member(config) ? "true" : "false"; }
    std::string operator()(std::string& (*member)(Config&)) const { return in_quotes(member(config)); }
    std::string operator()(Texts& (*member)(Config&)) const {
        std::string list;
        for (auto const& text : member(config)) list += (list.empty() ? "" : ", ") + in_quotes(text);
        return '[' + list + ']';
    }
};

/// Sets the member from a TOML node. Returns what is wrong with the node, or nothing.
struct Assign {
    Setting const& setting;
    toml::node const& node;
    Config& config;

    std::string number(std::int64_t& into) const {
        auto const value = node.value_exact<std::int64_t>();
        if (!value) return "应为整数";
        if (*value < setting.least || *value > setting.most) {
            return fmt::format("应在 {} 到 {} 之间，写的是 {}", setting.least, setting.most, *value);
        }
        into = *value;
        return {};
    }
    std::string text(toml::node const& from, std::string& into) const {
        auto const value = from.value_exact<std::string>();
        if (!value) return "应为文字，写在双引号里";
        if (!setting.form.accepts(*value)) return std::string(setting.form.wanted);
        into = *value;
        return {};
    }

    std::string operator()(std::int64_t& (*member)(Config&)) const { return number(member(config)); }
    std::string operator()(std::uint64_t& (*member)(Config&)) const {
        std::int64_t value = 0;
        auto fault = number(value);
        if (fault.empty()) member(config) = static_cast<std::uint64_t>(value);
        return fault;
    }
    std::string operator()(Milliseconds& (*member)(Config&)) const {
        std::int64_t value = 0;
        auto fault = number(value);
        if (fault.empty()) member(config) = std::chrono::seconds(value);
        return fault;
    }
    std::string operator()(bool& (*member)(Config&)) const {
        auto const value = node.value_exact<bool>();
        if (!value) return "应为 true 或 false";
        member(config) = *value;
        return {};
    }
    std::string operator()(std::string& (*member)(Config&)) const { return text(node, member(config)); }
    std::string operator()(Texts& (*member)(Config&)) const {
        auto const* const list = node.as_array();
        if (list == nullptr) return "应为文字的列表，如 [\"10.0.0.0/8\"]";
        Texts texts;
        for (auto const& element : *list) {
            if (auto fault = text(element, texts.emplace_back()); !fault.empty()) return fault;
        }
        member(config) = std::move(texts);
        return {};
    }
};

std::string range_of(Setting const& setting) {
    if (setting.most == 0) return {};
    return fmt::format("{}–{} {}", setting.least, setting.most, setting.unit);
}

/// Levenshtein distance: letters to add, drop or change.
std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < one.size(); ++i) {
        auto diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < other.size(); ++j) {
            auto const changed = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, changed});
        }
    }
    return row.back();
}

std::string unknown_key(std::string_view key) {
    auto const closer = [key](Setting const& one, Setting const& other) {
        return distance(key, one.key) < distance(key, other.key);
    };
    auto const& nearest = *std::ranges::min_element(kSettings, closer);
    auto const likely = distance(key, nearest.key) <= std::max<std::size_t>(2, key.size() / 3);
    return likely ? fmt::format("没有这个设置，是不是 {}？", nearest.key) : std::string("没有这个设置");
}

class Reader {
public:
    explicit Reader(std::string_view file_name) : file_name_(file_name) {}

    void read(toml::table const& table, std::string const& prefix) {
        for (auto const& [name, node] : table) {
            auto const key = prefix + std::string(name.str());
            auto const setting = std::ranges::find(kSettings, key, &Setting::key);
            if (setting != kSettings.end()) {
                auto fault = std::visit(Assign{*setting, node, config_}, setting->member);
                if (!fault.empty()) add(node.source(), key + "：" + fault);
            } else if (node.is_table() && is_section(key)) {
                read(*node.as_table(), key + ".");
            } else {
                add(name.source(), key + "：" + unknown_key(key));
            }
        }
    }

    void add(toml::source_region const& where, std::string_view what) {
        auto const [line, column] = where.begin;
        faults_.lines.push_back(fmt::format("{} 第 {} 行第 {} 列：{}。", file_name_, line, column, what));
    }

    boost::system::result<Config, ConfigFaults> result() {
        if (!faults_.lines.empty()) return std::move(faults_);
        return std::move(config_);
    }

private:
    static bool is_section(std::string_view name) {
        return std::ranges::any_of(kSettings, [&](Setting const& setting) {
            return setting.key.starts_with(name) && setting.key.substr(name.size()).starts_with('.');
        });
    }

    std::string_view file_name_;
    Config config_;
    ConfigFaults faults_;
};

}  // namespace

boost::system::result<Config, ConfigFaults> parse_config(std::string_view toml, std::string_view file_name) {
    Reader reader(file_name);
    try {
        reader.read(toml::parse(toml), "");
    } catch (toml::parse_error const& error) {
        reader.add(error.source(), fmt::format("不是合法的 TOML（{}）", error.description()));
    }
    return reader.result();
}

boost::system::result<Config, ConfigFaults> read_config(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) return ConfigFaults{{fmt::format("读不了配置文件 {}。", path)}};
    return parse_config(text.str(), path);
}

std::string sample_config() {
    Config defaults;
    std::string sample = "# 依申请公开办理系统的配置。每项都写着默认值；要改的，去掉行首的 # 再改。\n";
    std::string_view section;
    for (auto const& setting : kSettings) {
        auto const dot = setting.key.find('.');
        if (auto const own = setting.key.substr(0, dot); own != section) {
            section = own;
            sample += fmt::format("\n[{}]\n", section);
        }
        auto const range = range_of(setting);
        sample += fmt::format("# {}{}\n", setting.doc, range.empty() ? "" : fmt::format("（{}）", range));
        sample +=
            fmt::format("# {} = {}\n", setting.key.substr(dot + 1), std::visit(Written{defaults}, setting.member));
    }
    return sample;
}

std::string list_settings() {
    Config defaults;
    std::string list;
    for (auto const& setting : kSettings) {
        auto const value = std::visit(Written{defaults}, setting.member);
        auto const range = range_of(setting);
        list += fmt::format("{} = {}  {}{}\n", setting.key, value, setting.doc, range.empty() ? "" : "，" + range);
    }
    return list;
}

void throw_exception_from_error(ConfigFaults const& faults, boost::source_location const&) {
    throw std::logic_error(
        "value of a refused configuration was read: " + fmt::format("{}", fmt::join(faults.lines, " "))
    );
}

}  // namespace server
