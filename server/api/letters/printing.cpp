#include "storage/office/outbox.hpp"
#include "workflow/letters/notifications.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "server/api/kit/writing.hpp"
#include "server/api/letters/operations.hpp"
#include "server/delivery/enclosed_letters.hpp"
#include "server/delivery/plan.hpp"
#include "server/letters/pdf.hpp"

/// All letters that wait to be printed, in one file: a list, then each letter behind the sheet that says where it goes.
/// That it went out is confirmed letter by letter (deliveries.cpp).
namespace server::api {
namespace {

using storage::Connection;
using storage::Outbox;
using workflow::Document;
using workflow::Result;
using workflow::Role;

constexpr workflow::RoleSet kPrinters{Role::Registrar, Role::OfficeHead};
constexpr std::size_t kMostPrinted = 100;  ///< in one file

using Facts = std::vector<std::pair<std::string, std::string>>;

void add(Facts& facts, std::string_view name, std::string const& value) {
    if (!value.empty()) facts.emplace_back(name, value);
}

void add_line(std::string& lines, std::string const& line) {
    if (line.empty()) return;
    if (!lines.empty()) lines += '\n';
    lines += line;
}

/// One task with what it takes to its recipient.
struct PrintedTask {
    Outbox::Message message;
    std::string number;  ///< of the case
    std::string recipient;
    std::string letters;  ///< their names, a line each
    std::vector<Document> papers;
};

struct Batch {
    std::vector<PrintedTask> tasks;
    std::size_t unready = 0;  ///< whose letter is still being made, or gone
    std::size_t left = 0;     ///< for the next batch
};

/// Puts the batch together. On a worker.
class BatchMaker {
public:
    BatchMaker(Services& services, Call const& call, Connection& connection)
        : services_(services), call_(call), connection_(connection) {}

    Batch make() const {
        auto waiting = all_waiting();
        Batch batch;
        auto const printed = std::min(waiting.size(), kMostPrinted);
        batch.left = waiting.size() - printed;
        waiting.resize(printed);
        for (auto& message : waiting) {
            if (auto task = task_of(std::move(message))) {
                batch.tasks.push_back(*std::move(task));
            } else {
                ++batch.unready;
            }
        }
        return batch;
    }

    /// The list of the tasks, then sheet and letters of each.
    std::vector<Document> papers(Batch& batch) const {
        workflow::Table table{{"序号", "受理编号", "收件人", "文书"}, {2, 8, 4, 8}, {}};
        for (auto const& task : batch.tasks) {
            table.rows.push_back({std::to_string(table.rows.size() + 1), task.number, task.recipient, task.letters});
        }
        auto list = headed("待送文书清单");
        list.body.emplace_back(std::move(table));
        if (batch.unready > 0) {
            list.body.emplace_back(workflow::Paragraph{
                "另有" + std::to_string(batch.unready) + "项的文书还在制作，或者个人信息已经销毁，这次没有打印。"});
        }
        if (batch.left > 0) {
            list.body.emplace_back(workflow::Paragraph{
                "还有" + std::to_string(batch.left) + "项没有打印：这一批送出并登记以后，再打印下一批。"});
        }
        list.body.emplace_back(workflow::Paragraph{"每份文书交邮或者当面送出以后，在“送达任务”中逐项登记。"});
        std::vector<Document> papers;
        papers.push_back(std::move(list));
        for (auto& task : batch.tasks) std::ranges::move(task.papers, std::back_inserter(papers));
        return papers;
    }

private:
    /// The oldest first.
    std::vector<Outbox::Message> all_waiting() const {
        Outbox::Filter filter;
        filter.agencies = {call_.actor.agency};
        filter.kinds = {storage::MessageKind::Print};
        filter.states = {storage::MessageState::Waiting};
        std::vector<Outbox::Message> all;
        do {
            auto page = services_.store.outbox().list(connection_, filter).value();
            std::ranges::move(page.items, std::back_inserter(all));
            filter.cursor = page.next_cursor.value_or("");
        } while (!filter.cursor.empty());
        std::ranges::reverse(all);
        return all;
    }

    std::optional<PrintedTask> task_of(Outbox::Message message) const {
        auto const found = services_.store.cases().find(connection_, message.case_id);
        if (!found) return std::nullopt;
        auto const& c = found->facts;
        auto const letters = delivery::enclosed_letters(services_.store, connection_, message, c);
        if (!letters) return std::nullopt;
        PrintedTask task{std::move(message), c.number.value, {}, {}, {}};
        for (auto const& letter : *letters) {
            auto paper = services_.store.letters().document(connection_, task.message.case_id, letter);
            if (!paper) return std::nullopt;
            auto const number = letter.number ? "（" + letter.number->value + "）" : std::string();
            add_line(task.letters, std::string(workflow::label(letter.kind)) + number);
            task.papers.push_back(*std::move(paper));
        }
        auto const notification = workflow::parse<workflow::Notification>(task.message.topic).value();
        if (letters->empty()) task.letters = workflow::label(notification);
        bool const third_party = task.message.recipient == delivery::kThirdParty;
        task.recipient = third_party ? third_party_of(c, *letters) : c.application.applicant.name;
        auto sheet = headed("文书送达单");
        Facts facts;
        add(facts, "收件人", task.recipient);
        if (!third_party) add_address(facts, c.application.applicant);
        add(facts, "文书", task.letters);
        if (workflow::rule_of(notification).encloses == workflow::Enclosure::Reply) {
            add(facts, "随附的材料", released(task.message.case_id, c));
        }
        add(facts, "受理编号", task.number);
        add(facts, "送达任务", std::to_string(task.message.id));
        sheet.body.emplace_back(workflow::FactTable{std::move(facts)});
        task.papers.insert(task.papers.begin(), std::move(sheet));
        return task;
    }

    static void add_address(Facts& facts, workflow::Applicant const& applicant) {
        add(facts, "地址", applicant.address.value_or("没有留下地址"));
        add(facts, "邮政编码", applicant.postcode.value_or(""));
        add(facts, "电话", applicant.phone.value_or(""));
    }

    /// Whose opinion the letters ask for, or whom they tell of the decision.
    static std::string third_party_of(workflow::Case const& c, std::vector<storage::StoredLetter> const& letters) {
        for (auto const& letter : letters) {
            for (auto const& each : c.consultations) {
                if (letter.consultation == each.letter.id) return each.letter.addressee;
            }
        }
        return "第三方";
    }

    std::string released(std::string const& case_id, workflow::Case const& c) const {
        std::string names;
        for (auto const& [file, pages] : storage::released_files(connection_, case_id, c.attachments)) {
            add_line(names, file.name + (pages ? "（" + std::to_string(*pages) + "页）" : ""));
        }
        return names;
    }

    Document headed(std::string_view title) const {
        Document paper;
        paper.agency = call_.directory->agency(call_.actor.agency)->name;
        paper.title = title;
        paper.dated = call_.today();
        return paper;
    }

    Services& services_;
    Call const& call_;
    Connection& connection_;
};

/// What was printed, and the tasks to be noted in the journal.
struct PrintedBatch {
    std::string pdf;
    std::vector<Outbox::Message> messages;
};

PrintedBatch print_batch(Services& services, Call const& call, Connection& connection) {
    BatchMaker const maker(services, call, connection);
    auto batch = maker.make();
    if (batch.tasks.empty()) return {};
    auto const papers = maker.papers(batch);
    PrintedBatch printed{letters::render_pdf(papers, services.config.letter_fonts), {}};
    for (auto& task : batch.tasks) printed.messages.push_back(std::move(task.message));
    return printed;
}

/// The sheets show whole addresses, so it is noted who printed which. Writer thread.
void note_printed(Services& services, Call const& call, Connection& connection, Outbox::Message const& message) {
    services.store.journal().append(
        connection,
        {.at = call.now,
         .on = call.today(),
         .action = "print_delivery",
         .by = journal_author(call, kPrinters),
         .object = {"delivery", std::to_string(message.id)},
         .data = {{"case", message.case_id}, {"topic", message.topic}}}
    );
}

net::awaitable<Answer> print_deliveries(Services& services, Call& call) {
    auto work = [&services, &call](Connection& connection) { return print_batch(services, call, connection); };
    auto printed = co_await services.pool.read(std::move(work));
    if (printed.messages.empty()) {
        co_return not_found("nothing_to_print", "没有等待打印的文书；还在制作的，过几分钟再来。");
    }
    std::function<Result<bool>(Connection&)> note = [&services, &call, &printed](Connection& connection
                                                    ) -> Result<bool> {
        for (auto const& message : printed.messages) note_printed(services, call, connection, message);
        return true;
    };
    auto const noted = co_await commit_write<bool>(services, std::move(note));
    if (!noted) co_return http::problem_of(noted.error());
    co_return http::text_response(http::status::ok, media::kPdf, std::move(printed.pdf));
}

}  // namespace

std::vector<Operation> printing_operations() {
    return {
        {.method = http::verb::post,
         .path = "/api/v1/deliveries/print.pdf",
         .id = "printDeliveries",
         .summary = "等待打印的全部文书，合成一个 PDF：先是清单，每份文书前有写明收件人、地址的送达单；留痕",
         .tag = "deliveries",
         .who = Who::Staff,
         .handler = print_deliveries,
         .roles = kPrinters,
         .problems = {http::status::not_found},
         .produces = media::kPdf},
    };
}

}  // namespace server::api
