#include "server/jobs/letter_maker.hpp"

#include "workflow/letters/letters.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "server/config/issuer.hpp"
#include "server/letters/fonts.hpp"
#include "server/letters/pdf.hpp"

namespace server::jobs {
namespace {

using storage::Connection;
using storage::Outbox;
using storage::StoredLetter;

/// Letters in the making at once: while one waits for the disk, another is drawn.
constexpr std::size_t kHands = 4;

/// A letter whose pages are stored, and what it says.
struct Made {
    std::int64_t n;
    workflow::Document document;
    storage::Files::Writer::Stored pages;
    storage::TemplateVersion used;
};

storage::Files::Writer::Stored store_pages(storage::Files& files, std::string const& pages) {
    storage::Files::Writer writer(files);
    writer.write(pages);
    return writer.finish();
}

}  // namespace

/// One step of a case and what its letters are made from.
struct LetterMaker::LettersOfStep {
    storage::Store& store;
    letters::Fonts const& fonts;
    std::string case_id;
    std::int64_t seq;
    storage::CaseStore::StepTaken facts;
    storage::Agency agency;
    workflow::Issuer issuer;
    std::shared_ptr<workflow::WorkdayCalendar const> calendar;
    std::vector<StoredLetter> letters = {};

    /// Writer thread.
    void plan(Connection& connection) {
        auto const due = workflow::letters_of(facts.before, facts.event, facts.after);
        auto const dated = workflow::local_date(facts.event.at);
        letters = store.letters().plan(connection, case_id, seq, agency, facts.event.document, dated, due);
    }

    /// Worker.
    std::vector<Made> make(Connection& connection) const {
        std::vector<Made> made;
        for (StoredLetter const& letter : letters) {
            if (!letter.frozen) made.push_back(make(connection, letter));
        }
        return made;
    }

    Made make(Connection& connection, StoredLetter const& letter) const {
        auto const enclosed = storage::enclosed_files(connection, case_id, facts.after.attachments);
        workflow::LetterFacts const from{
            facts.after,
            facts.before,
            facts.event.payload,
            issuer,
            *calendar,
            letter.dated,
            letter.number,
            letter.consultation,
            enclosed};
        auto used = store.letters().letter_template(connection, letter.kind);
        auto document = workflow::compose(letter.kind, used.text, from);
        if (!document) throw std::runtime_error(document.error().code + document.error().errors.front().pointer);
        auto pages = store_pages(store.files(), letters::render_pdf(*document, fonts));
        return {letter.n, std::move(*document), std::move(pages), std::move(used)};
    }

    /// Writer thread.
    void freeze(Connection& connection, std::vector<Made> const& made, workflow::Instant now) const {
        for (auto const& [n, document, pages, used] : made) {
            auto const frozen = store.letters().freeze(connection, case_id, n, document, pages, used, agency, now);
            if (!frozen) throw std::runtime_error(frozen.error().code);
        }
    }
};

void LetterMaker::join(OutboxWorker& worker) {
    auto handler = [this, &worker](Outbox::Message message) { return make(worker, std::move(message)); };
    worker.handle(storage::MessageKind::Letter, std::move(handler), kHands);
}

net::awaitable<Attempt> LetterMaker::make(OutboxWorker& worker, Outbox::Message message) {
    auto read = [this, &message](Connection& connection) {
        return store_.cases().step(connection, message.case_id, message.seq);
    };
    auto facts = co_await pool_.read_patiently(std::move(read));
    if (!facts) throw std::runtime_error("the message is about no step of this case");
    auto const directory = store_.directory().current();
    auto const& agency = *directory->agency(facts->after.application.agency);
    auto issuer = issuer_of(agency, config_.public_url);
    auto calendar = store_.calendar().current();
    auto const step = std::make_shared<LettersOfStep>(LettersOfStep{
        store_,
        config_.letter_fonts,
        message.case_id,
        message.seq,
        std::move(*facts),
        agency,
        std::move(issuer),
        std::move(calendar)});
    std::function<void(Connection&)> plan = [step](Connection& connection) { step->plan(connection); };
    co_await worker.commit(std::move(plan));
    auto make_all = [step](Connection& connection) { return step->make(connection); };
    auto made = co_await pool_.read_patiently(std::move(make_all));
    Attempt attempt;
    attempt.settlement.verdict = Outbox::Verdict::Sent;
    attempt.record = [step, made = std::move(made), now = time_.now()](Connection& connection, storage::MessageState) {
        step->freeze(connection, made, now);
    };
    co_return attempt;
}

}  // namespace server::jobs
