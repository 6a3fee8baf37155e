#include "server/config/config.hpp"

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
#include "workflow/people/contacts.hpp"

namespace server {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Texts = std::vector<std::string>;

/// Pointer to the member of a setting; its type is the type of the setting.
using Member = std::variant<
    std::int64_t& (*)(Config&),
    std::uint64_t& (*)(Config&),
    Milliseconds& (*)(Config&),
    bool& (*)(Config&),
    std::string& (*)(Config&),
    Texts& (*)(Config&)>;

/// The format that a text setting must have.
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
    bool live = false;  ///< may change while the service runs: only the io thread reads it, and reads it each time
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
    [](std::string const& text) { return text.empty() || workflow::is_mail_address(text); },
    "应为一个电子邮箱地址，如 name@example.cn"};
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
    Setting{.key = "server.trusted_proxies", .member = +[](Config& c) -> auto& { return c.trusted_proxies; }, .doc = "可信的反向代理；只采信它们给出的 X-Forwarded-For", .form = kNetwork, .live = true},
    Setting{.key = "server.metrics_networks", .member = +[](Config& c) -> auto& { return c.metrics_networks; }, .doc = "可以读取 /metrics 和运行详情的地址或网段；管理员和审计员登录后也可以", .form = kNetwork, .live = true},
    Setting{.key = "server.worker_threads", .member = +[](Config& c) -> auto& { return c.reads.threads; }, .doc = "处理耗时查询（导出、统计、文书）的线程", .least = 1, .most = 64, .unit = "个"},

    Setting{.key = "data.folder", .member = +[](Config& c) -> auto& { return c.data_folder; }, .doc = "数据目录"},

    Setting{.key = "limits.connections", .member = +[](Config& c) -> auto& { return c.limits.connections; }, .doc = "同时的连接总数", .least = 1, .most = 1'000'000, .unit = "个", .live = true},
    Setting{.key = "limits.connections_per_address", .member = +[](Config& c) -> auto& { return c.limits.connections_per_address; }, .doc = "同一 IPv4 地址或 IPv6 /64 网段的连接数；可信代理不受限", .least = 1, .most = 1'000'000, .unit = "个", .live = true},
    Setting{.key = "limits.target_bytes", .member = +[](Config& c) -> auto& { return c.limits.target_bytes; }, .doc = "请求地址的长度", .least = 256, .most = 16'384, .unit = "字节", .live = true},
    Setting{.key = "limits.line_bytes", .member = +[](Config& c) -> auto& { return c.limits.line_bytes; }, .doc = "请求头一行的长度", .least = 256, .most = 16'384, .unit = "字节", .live = true},
    Setting{.key = "limits.fields", .member = +[](Config& c) -> auto& { return c.limits.fields; }, .doc = "请求头的字段数", .least = 8, .most = 1'000, .unit = "个", .live = true},
    Setting{.key = "limits.head_bytes", .member = +[](Config& c) -> auto& { return c.limits.head_bytes; }, .doc = "整个请求头的长度", .least = 1'024, .most = 32'768, .unit = "字节", .live = true},
    Setting{.key = "limits.body_bytes", .member = +[](Config& c) -> auto& { return c.limits.body_bytes; }, .doc = "请求正文的长度（上传附件另有上限）", .least = 1'024, .most = 64 * kMiB, .unit = "字节", .live = true},
    Setting{.key = "limits.upload_bytes", .member = +[](Config& c) -> auto& { return c.upload_bytes; }, .doc = "一个附件的大小", .least = 1'024, .most = 1'024 * kMiB, .unit = "字节"},
    Setting{.key = "limits.files_per_step", .member = +[](Config& c) -> auto& { return c.files_per_step; }, .doc = "办理一步之内上传的附件数", .least = 1, .most = 100, .unit = "个"},
    Setting{.key = "limits.bytes_per_case", .member = +[](Config& c) -> auto& { return c.bytes_per_case; }, .doc = "一件申请全部附件的大小", .least = kMiB, .most = 102'400 * kMiB, .unit = "字节"},
    Setting{.key = "limits.uploads_in_flight_bytes", .member = +[](Config& c) -> auto& { return c.uploads_in_flight_bytes; }, .doc = "正在上传、还没有收入申请件的附件总量；满时答复 503", .least = kMiB, .most = 1'048'576 * kMiB, .unit = "字节"},
    Setting{.key = "limits.upload_share_bytes", .member = +[](Config& c) -> auto& { return c.upload_share_bytes; }, .doc = "其中同一来源、同一申请件各自最多占用的量；满时答复 429", .least = kMiB, .most = 1'048'576 * kMiB, .unit = "字节"},
    Setting{.key = "limits.disk_reserve_bytes", .member = +[](Config& c) -> auto& { return c.disk_reserve_bytes; }, .doc = "上传附件时磁盘上必须留出的空间；不足时答复 507", .least = 0, .most = 1'048'576 * kMiB, .unit = "字节"},
    Setting{.key = "limits.bodies_in_flight_bytes", .member = +[](Config& c) -> auto& { return c.limits.bodies_in_flight_bytes; }, .doc = "正在接收和处理的请求正文总量，每个正文的前 64 KiB 不计；满时答复 503", .least = kMiB, .most = 1'048'576 * kMiB, .unit = "字节"},
    Setting{.key = "limits.body_rate", .member = +[](Config& c) -> auto& { return c.limits.body_rate; }, .doc = "接收正文的最低速度；慢于它的时间合计不得超过 body_seconds", .least = 256, .most = 64 * kMiB, .unit = "字节每秒", .live = true},
    Setting{.key = "limits.idle_seconds", .member = +[](Config& c) -> auto& { return c.limits.idle_time; }, .doc = "两次请求之间保持连接的时间", .least = 1, .most = 3'600, .unit = "秒", .live = true},
    Setting{.key = "limits.head_seconds", .member = +[](Config& c) -> auto& { return c.limits.head_time; }, .doc = "收完整个请求头的时间，自首字节起算", .least = 1, .most = 300, .unit = "秒", .live = true},
    Setting{.key = "limits.body_seconds", .member = +[](Config& c) -> auto& { return c.limits.body_time; }, .doc = "等待请求正文的时间；按 body_rate 收到的每个字节补回一些，最多补足到这个数", .least = 1, .most = 3'600, .unit = "秒", .live = true},
    Setting{.key = "limits.write_seconds", .member = +[](Config& c) -> auto& { return c.limits.write_time; }, .doc = "发出一段应答的时间", .least = 1, .most = 3'600, .unit = "秒", .live = true},
    Setting{.key = "limits.linger_seconds", .member = +[](Config& c) -> auto& { return c.limits.linger_time; }, .doc = "拒绝请求后等待对方读完应答的时间", .least = 1, .most = 60, .unit = "秒", .live = true},
    Setting{.key = "limits.grace_seconds", .member = +[](Config& c) -> auto& { return c.limits.grace_time; }, .doc = "停止服务时留给在办请求的时间", .least = 1, .most = 600, .unit = "秒", .live = true},

    Setting{.key = "uploads.clamd", .member = +[](Config& c) -> auto& { return c.clamd; }, .doc = "ClamAV 查毒服务（clamd）的地址：unix:/路径 或 主机:端口；空表示不查毒。查毒服务不可用时文件保持“待查毒”，不能下载", .form = kClamd},

    Setting{.key = "workers.read_queue", .member = +[](Config& c) -> auto& { return c.reads.queue; }, .doc = "等待耗时查询的请求；满时答复 503", .least = 1, .most = 100'000, .unit = "个"},
    Setting{.key = "workers.read_wait_seconds", .member = +[](Config& c) -> auto& { return c.reads.wait; }, .doc = "等待耗时查询的时间；超过即答复 503", .least = 1, .most = 600, .unit = "秒"},
    Setting{.key = "workers.examination_threads", .member = +[](Config& c) -> auto& { return c.examinations.threads; }, .doc = "检查上传文件的线程", .least = 1, .most = 64, .unit = "个"},
    Setting{.key = "workers.examination_queue", .member = +[](Config& c) -> auto& { return c.examinations.queue; }, .doc = "等待检查上传文件的请求；满时答复 503", .least = 1, .most = 10'000, .unit = "个"},
    Setting{.key = "workers.examination_wait_seconds", .member = +[](Config& c) -> auto& { return c.examinations.wait; }, .doc = "等待检查上传文件的时间；超过即答复 503", .least = 1, .most = 600, .unit = "秒"},
    Setting{.key = "workers.picture_threads", .member = +[](Config& c) -> auto& { return c.pictures.threads; }, .doc = "生成文件页面图像的线程", .least = 1, .most = 64, .unit = "个"},
    Setting{.key = "workers.picture_queue", .member = +[](Config& c) -> auto& { return c.pictures.queue; }, .doc = "等待生成文件页面图像的请求；满时答复 503", .least = 1, .most = 10'000, .unit = "个"},
    Setting{.key = "workers.picture_wait_seconds", .member = +[](Config& c) -> auto& { return c.pictures.wait; }, .doc = "等待生成文件页面图像的时间；超过即答复 503", .least = 1, .most = 600, .unit = "秒"},
    Setting{.key = "workers.check_threads", .member = +[](Config& c) -> auto& { return c.long_checks.threads; }, .doc = "外发检查、清理和涂黑的线程", .least = 1, .most = 64, .unit = "个"},
    Setting{.key = "workers.check_queue", .member = +[](Config& c) -> auto& { return c.long_checks.queue; }, .doc = "等待外发检查、清理和涂黑的请求；满时答复 503", .least = 1, .most = 10'000, .unit = "个"},
    Setting{.key = "workers.check_wait_seconds", .member = +[](Config& c) -> auto& { return c.long_checks.wait; }, .doc = "等待外发检查、清理和涂黑的时间；超过即答复 503", .least = 1, .most = 600, .unit = "秒"},
    Setting{.key = "workers.examination_seconds", .member = +[](Config& c) -> auto& { return c.examination_time; }, .doc = "检查上传文件时每个程序可用的处理器时间；没有检查完的文件待查，由后台重新检查", .least = 1, .most = 60, .unit = "秒"},
    Setting{.key = "workers.examination_bytes", .member = +[](Config& c) -> auto& { return c.examination_memory; }, .doc = "检查上传文件时每个程序可用的内存", .least = 128 * kMiB, .most = 16'384 * kMiB, .unit = "字节"},
    Setting{.key = "workers.reexamination_seconds", .member = +[](Config& c) -> auto& { return c.reexamination_time; }, .doc = "后台重新检查时每个程序可用的处理器时间；仍没有检查完的文件交由两人审核", .least = 10, .most = 3'600, .unit = "秒"},

    Setting{.key = "write_queue.jobs", .member = +[](Config& c) -> auto& { return c.write_queue_jobs; }, .doc = "等待写入的操作数；满时答复 503", .least = 1, .most = 100'000, .unit = "个"},
    Setting{.key = "write_queue.bytes", .member = +[](Config& c) -> auto& { return c.write_queue_bytes; }, .doc = "等待写入的内容总量；满时答复 503", .least = kMiB, .most = 1'024 * kMiB, .unit = "字节"},
    Setting{.key = "write_queue.service_jobs", .member = +[](Config& c) -> auto& { return c.write_queue_service_jobs; }, .doc = "另为系统自身的工作（文书、期限、红黄牌）留出的操作数，访问者不能占用", .least = 8, .most = 100'000, .unit = "个"},
    Setting{.key = "write_queue.service_bytes", .member = +[](Config& c) -> auto& { return c.write_queue_service_bytes; }, .doc = "另为系统自身的工作留出的内容总量", .least = kMiB, .most = 1'024 * kMiB, .unit = "字节"},
    Setting{.key = "write_queue.batch_jobs", .member = +[](Config& c) -> auto& { return c.write_batch_jobs; }, .doc = "一次提交最多合并的操作数", .least = 1, .most = 10'000, .unit = "个"},
    Setting{.key = "write_queue.batch_bytes", .member = +[](Config& c) -> auto& { return c.write_batch_bytes; }, .doc = "一次提交最多合并的内容", .least = 65'536, .most = 64 * kMiB, .unit = "字节"},

    Setting{.key = "outbox.lease_seconds", .member = +[](Config& c) -> auto& { return c.outbox_lease; }, .doc = "一件文书或通知从取出办理到办完的时限；逾时未完的重新办理，并在 /readyz 中提示", .least = 60, .most = kDay, .unit = "秒", .live = true},
    Setting{.key = "outbox.kept_days", .member = +[](Config& c) -> auto& { return c.outbox_kept_days; }, .doc = "已送出或已取消的通知在送达列表中保留的天数；未归档申请的通知一直保留", .least = 7, .most = 3'650, .unit = "天", .live = true},

    Setting{.key = "session.staff_idle_seconds", .member = +[](Config& c) -> auto& { return c.staff_session_idle; }, .doc = "工作人员无操作后退出登录的时间", .least = 60, .most = kDay, .unit = "秒"},
    Setting{.key = "session.public_idle_seconds", .member = +[](Config& c) -> auto& { return c.public_session_idle; }, .doc = "申请人查询会话无操作后失效的时间", .least = 60, .most = kDay, .unit = "秒"},
    Setting{.key = "session.absolute_seconds", .member = +[](Config& c) -> auto& { return c.session_absolute; }, .doc = "登录后最长的有效时间", .least = 300, .most = 7 * kDay, .unit = "秒"},
    Setting{.key = "session.own_cases", .member = +[](Config& c) -> auto& { return c.own_cases; }, .doc = "申请人在同一浏览器中同时打开的申请；再打开时，最早打开的一件退出", .least = 1, .most = 100, .unit = "件"},
    Setting{.key = "session.secure_cookies", .member = +[](Config& c) -> auto& { return c.secure_cookies; }, .doc = "只在 https 上发送会话 Cookie；仅本机试用时可关闭"},

    Setting{.key = "login.failures", .member = +[](Config& c) -> auto& { return c.lockout_failures; }, .doc = "同一账号在同一来源（或同一台登录过的设备）输错几次口令后开始等待；一日不再出错即忘记", .least = 1, .most = 100, .unit = "次", .live = true},
    Setting{.key = "login.delay_seconds", .member = +[](Config& c) -> auto& { return c.lockout_delay; }, .doc = "首次等待的时间，以后每错一次加倍", .least = 1, .most = 3'600, .unit = "秒", .live = true},
    Setting{.key = "login.delay_limit_seconds", .member = +[](Config& c) -> auto& { return c.lockout_delay_limit; }, .doc = "等待的上限", .least = 1, .most = kDay, .unit = "秒", .live = true},
    Setting{.key = "login.failures_per_address", .member = +[](Config& c) -> auto& { return c.login_failures_per_address; }, .doc = "同一来源失败几次后（不论账号），没有登录过的设备先做工作量证明才能再试", .least = 1, .most = 100'000, .unit = "次", .live = true},
    Setting{.key = "login.failures_per_account", .member = +[](Config& c) -> auto& { return c.login_failures_per_account; }, .doc = "同一账号失败几次后（不论来源），没有登录过的设备先做工作量证明才能再试", .least = 1, .most = 100'000, .unit = "次", .live = true},
    Setting{.key = "login.known_device_days", .member = +[](Config& c) -> auto& { return c.known_device_days; }, .doc = "登录过（或查询过）的设备记住多久；改了口令，原来的设备都不再算", .least = 1, .most = 400, .unit = "日"},
    Setting{.key = "login.argon2_memory_kib", .member = +[](Config& c) -> auto& { return c.argon2_memory_kib; }, .doc = "每次口令运算（Argon2id）使用的内存", .least = 8'192, .most = 1'048'576, .unit = "KiB"},
    Setting{.key = "login.argon2_passes", .member = +[](Config& c) -> auto& { return c.argon2_passes; }, .doc = "每次口令运算（Argon2id）的遍数", .least = 1, .most = 20, .unit = "遍"},
    Setting{.key = "login.queue", .member = +[](Config& c) -> auto& { return c.password_queue; }, .doc = "等待口令运算的登录数；满时答复 503", .least = 1, .most = 10'000, .unit = "个"},
    Setting{.key = "public.writes_per_minute", .member = +[](Config& c) -> auto& { return c.public_writes_per_minute; }, .doc = "同一来源不登录时每分钟提交的次数，本机也计；提交申请不计，填写申请时超过的只是不能暂存", .least = 1, .most = 10'000'000, .unit = "次", .live = true},
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
    Setting{.key = "tracking.failures", .member = +[](Config& c) -> auto& { return c.tracking_failures; }, .doc = "同一受理编号在同一来源（或同一台查询过的设备）输错几次查询码后开始等待；一日不再出错即忘记", .least = 1, .most = 100, .unit = "次", .live = true},
    Setting{.key = "tracking.delay_seconds", .member = +[](Config& c) -> auto& { return c.tracking_delay; }, .doc = "首次等待的时间，以后每错一次加倍", .least = 1, .most = 3'600, .unit = "秒", .live = true},
    Setting{.key = "tracking.delay_limit_seconds", .member = +[](Config& c) -> auto& { return c.tracking_delay_limit; }, .doc = "等待的上限", .least = 1, .most = kDay, .unit = "秒", .live = true},
    Setting{.key = "tracking.tries_per_address", .member = +[](Config& c) -> auto& { return c.tracking_tries_per_address; }, .doc = "同一来源查询失败几次后（不论编号），没有查询过的设备先做工作量证明才能再试", .least = 1, .most = 10'000, .unit = "次", .live = true},
    Setting{.key = "tracking.tries_per_number", .member = +[](Config& c) -> auto& { return c.tracking_tries_per_number; }, .doc = "同一受理编号查询失败几次后（不论来源），没有查询过的设备先做工作量证明才能再试", .least = 1, .most = 10'000, .unit = "次", .live = true},

    Setting{.key = "proof_of_work.bits", .member = +[](Config& c) -> auto& { return c.work_bits; }, .doc = "工作量证明的起始难度（SHA-256 开头的零位数）；失败次数每翻一倍加一位", .least = 8, .most = 30, .unit = "位"},
    Setting{.key = "proof_of_work.bits_limit", .member = +[](Config& c) -> auto& { return c.work_bits_limit; }, .doc = "工作量证明的最高难度", .least = 8, .most = 30, .unit = "位"},
    Setting{.key = "proof_of_work.wait_seconds", .member = +[](Config& c) -> auto& { return c.work_wait; }, .doc = "不做计算（浏览器没有脚本）时要等待的时间；同一来源每过这么久可以试一次", .least = 1, .most = 600, .unit = "秒"},
    Setting{.key = "proof_of_work.valid_seconds", .member = +[](Config& c) -> auto& { return c.work_valid; }, .doc = "一道工作量证明在等待期满后还有效的时间", .least = 60, .most = 3'600, .unit = "秒"},

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
    Setting{.key = "sms.quiet_from", .member = +[](Config& c) -> auto& { return c.quiet_from; }, .doc = "自几点起不发短信；法定告知不受限", .least = 0, .most = 23, .unit = "点", .live = true},
    Setting{.key = "sms.quiet_until", .member = +[](Config& c) -> auto& { return c.quiet_until; }, .doc = "至几点恢复发短信；与 quiet_from 相同表示不限", .least = 0, .most = 23, .unit = "点", .live = true},
    Setting{.key = "digest.hour", .member = +[](Config& c) -> auto& { return c.digest_hour; }, .doc = "每个工作日几点给工作人员发摘要邮件", .least = 0, .most = 23, .unit = "点", .live = true},
    Setting{.key = "letter_fonts.body", .member = +[](Config& c) -> auto& { return c.letter_fonts.body; }, .doc = "文书正文的字体（仿宋），按先后选用已安装的；缺字从后面的字体取"},
    Setting{.key = "letter_fonts.title", .member = +[](Config& c) -> auto& { return c.letter_fonts.title; }, .doc = "文书标题的字体（小标宋）"},
    Setting{.key = "letter_fonts.heading", .member = +[](Config& c) -> auto& { return c.letter_fonts.heading; }, .doc = "文书小标题和表头的字体（黑体）"},

    Setting{.key = "log.level", .member = +[](Config& c) -> auto& { return c.log_level; }, .doc = "记录的最低级别", .form = kLogLevel, .live = true},
    Setting{.key = "log.file", .member = +[](Config& c) -> auto& { return c.log_file; }, .doc = "日志文件；空表示标准错误输出", .live = true},
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

/// The remark in parentheses after a setting: its range, and whether a running service takes over a change.
std::string remarks_on(Setting const& setting) {
    std::string remarks;
    if (setting.most != 0) remarks = fmt::format("{}–{}", setting.least, setting.most);
    if (!setting.unit.empty()) remarks.append(1, ' ').append(setting.unit);
    if (setting.live) remarks += remarks.empty() ? "可重载" : "，可重载";
    return remarks;
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

/// The parser's English messages, by a part of their text, in Chinese; the first that matches.
struct TomlFault {
    std::string_view english;
    std::string_view chinese;
};
constexpr std::array kTomlFaults{
    TomlFault{"utf-8", "文件不是 UTF-8 编码"},
    TomlFault{"cannot redefine", "前面已经写过这一项或者这一节"},
    TomlFault{"end-of-file", "写到一半就完了，可能少了值、引号或者括号"},
    TomlFault{"expected '='", "名称后面应当是等号"},
    TomlFault{"comment or whitespace", "一行只能写一项，后面多了内容"},
    TomlFault{"string", "引号里的文字写得不对，反斜线要写成两个"},
    TomlFault{"boolean", "应为 true 或 false"},
    TomlFault{"integer", "整数写得不对"},
    TomlFault{"float", "数写得不对"},
    TomlFault{"table header", "节的名称写得不对，应像 [server]"},
};

std::string_view words_for(std::string_view description) {
    auto const contained = [&](TomlFault const& fault) { return description.find(fault.english) != description.npos; };
    auto const known = std::ranges::find_if(kTomlFaults, contained);
    return known == kTomlFaults.end() ? "这里的写法不对，应为 名称 = 值" : known->chinese;
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
                if (!fault.empty()) add(node.source(), std::string(key).append("：").append(fault));
            } else if (node.is_table() && is_section(key)) {
                read(*node.as_table(), key + ".");
            } else {
                add(name.source(), key + "：" + unknown_key(key));
            }
        }
    }

    void add(toml::source_region const& where, std::string_view what) {
        auto const [line, column] = where.begin;
        auto const* const end = what.ends_with("？") ? "" : "。";
        faults_.lines.push_back(fmt::format("{} 第 {} 行第 {} 列：{}{}", file_name_, line, column, what, end));
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
        reader.add(error.source(), fmt::format("不是合法的 TOML：{}", words_for(error.description())));
    }
    return reader.result();
}

boost::system::result<Config, ConfigFaults> read_config(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) return ConfigFaults{{fmt::format("读不了配置文件 {}。", path)}};
    return parse_config(text.str(), path);
}

Reloaded take_over(Config& running, Config const& fresh) {
    Config wanted = fresh;
    Reloaded reloaded;
    for (auto const& setting : kSettings) {
        auto const compare = [&](auto member) {
            if (member(running) == member(wanted)) return;
            (setting.live ? reloaded.changed : reloaded.at_restart).push_back(setting.key);
            if (setting.live) member(running) = std::move(member(wanted));
        };
        std::visit(compare, setting.member);
    }
    return reloaded;
}

bool stands_behind_unnamed_proxy(Config const& config) {
    return config.public_url.starts_with("https://") && config.trusted_proxies.empty();
}

std::vector<Warning> warnings_of(Config const& config) {
    std::vector<Warning> warnings;
    if (stands_behind_unnamed_proxy(config)) {
        warnings.push_back(
            {"no_trusted_proxy",
             "server.public_url 是 https，本服务自身不加密，server.trusted_proxies "
             "却是空的：如果前面有反向代理，所有访问者"
             "看起来都来自代理一个地址，限制次数会误伤他人。请把代理的地址写入 server.trusted_proxies。"}
        );
    }
    return warnings;
}

std::string sample_config() {
    Config defaults;
    std::string sample =
        "# 依申请公开办理系统的配置。每项都写着默认值；要改的，去掉行首的 # 再改。\n"
        "# 注明“可重载”的，改后向运行中的服务发送 SIGHUP 即生效；其余的重新启动后生效。\n";
    std::string_view section;
    for (auto const& setting : kSettings) {
        auto const dot = setting.key.find('.');
        if (auto const own = setting.key.substr(0, dot); own != section) {
            section = own;
            sample += fmt::format("\n[{}]\n", section);
        }
        auto const remarks = remarks_on(setting);
        sample += fmt::format("# {}{}\n", setting.doc, remarks.empty() ? "" : fmt::format("（{}）", remarks));
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
        auto const remarks = remarks_on(setting);
        list += fmt::format("{} = {}  {}{}\n", setting.key, value, setting.doc, remarks.empty() ? "" : "，" + remarks);
    }
    return list;
}

void throw_exception_from_error(ConfigFaults const& faults, boost::source_location const&) {
    throw std::logic_error(
        "value of a refused configuration was read: " + fmt::format("{}", fmt::join(faults.lines, " "))
    );
}

}  // namespace server
