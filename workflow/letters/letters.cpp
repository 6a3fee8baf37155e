#include "workflow/letters/letters.hpp"

#include "workflow/letters/letter_values.hpp"

#include <functional>

namespace workflow {

// ---- which step makes which ----------------------------------------------------------------------------------------

namespace {

bool received_now(Case const& before, Event const&, Case const& after) {
    return after.received_on && !before.received_on;
}

bool always(Case const&, Event const&, Case const&) { return true; }

/// The last step of the approval chain: the reply has been given its 文号.
bool signed_now(Case const&, Event const& event, Case const&) { return event.document.has_value(); }

template <ConsultationKind kind>
bool asks(Case const&, Event const& event, Case const&) {
    return std::get<ConsultationLetter>(event.payload).kind == kind;
}

/// One letter that a step makes where `when` holds. Without a kind it is the letter of the reply's outcome.
struct LetterStep {
    Action action;
    bool (*when)(Case const& before, Event const& event, Case const& after);
    std::optional<LetterKind> kind;
    std::optional<LetterClass> own_class;
};

// clang-format off
using A = Action;
using K = LetterKind;
constexpr std::array kLetterSteps{
    LetterStep{A::Submit,             received_now,                        K::Receipt,                 LetterClass::Receipt},
    LetterStep{A::Register,           received_now,                        K::Receipt,                 LetterClass::Receipt},
    LetterStep{A::ConfirmReceipt,     received_now,                        K::Receipt,                 LetterClass::Receipt},
    LetterStep{A::RejectSubmission,   always,                              K::Termination,             {}},
    LetterStep{A::RequestCorrection,  always,                              K::CorrectionNotice,        {}},
    LetterStep{A::LapseCorrection,    always,                              K::Termination,             {}},
    LetterStep{A::RequestExplanation, always,                              K::ExplanationNotice,       {}},
    LetterStep{A::NotifyFee,          always,                              K::FeeNotice,               {}},
    LetterStep{A::LapsePayment,       always,                              K::Termination,             {}},
    LetterStep{A::Consult,            asks<ConsultationKind::ThirdParty>,  K::ThirdPartyConsultation,  {}},
    LetterStep{A::Consult,            asks<ConsultationKind::JointAgency>, K::JointAgencyConsultation, {}},
    LetterStep{A::Consult,            asks<ConsultationKind::Authority>,   K::AuthorityConsultation,   {}},
    LetterStep{A::Consult,            always,                              K::ConsultationNotice,      LetterClass::Notice},
    LetterStep{A::ApproveExtension,   always,                              K::ExtensionNotice,         {}},
    LetterStep{A::Defer,              always,                              K::Deferral,                {}},
    LetterStep{A::ApproveReply,       signed_now,                          std::nullopt,               {}},
    LetterStep{A::ApproveReply,       signed_now,                          K::DisclosureDecision,      LetterClass::Notice},
    LetterStep{A::Withdraw,           always,                              K::Termination,             {}},
};
// clang-format on

/// Whether the reply discloses what this third party did not agree to (条例第三十二条):
/// 行政机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的内容和理由书面告知第三方.
bool is_overruled(Consultation const& asked, Outcome outcome) {
    if (asked.letter.kind != ConsultationKind::ThirdParty || !asked.opinion || !discloses(outcome)) return false;
    bool const whole = rule_of(outcome).remedy == Remedy::Free;
    Stance const stance = asked.opinion->stance;
    return stance == Stance::Objected || (stance == Stance::PartlyAgreed && whole);
}

/// Which consultations the letters of a step are about, one letter each: the letter of a consultation about that one; a
/// letter that tells third parties of a disclosure about each that the reply overrules (条例第三十二条); any other
/// about none.
std::vector<std::optional<Code>> subjects(LetterKind kind, Event const& event, Case const& after) {
    if (auto const* letter = std::get_if<ConsultationLetter>(&event.payload)) return {letter->id};
    if (rule_of(kind).addressee != Addressee::ThirdParty) return {std::nullopt};
    auto const overruled = overruled_parties(after);
    return {overruled.begin(), overruled.end()};
}

}  // namespace

std::vector<Code> overruled_parties(Case const& c) {
    std::vector<Code> overruled;
    if (!c.draft) return overruled;
    for (Consultation const& each : c.consultations) {
        if (is_overruled(each, c.draft->outcome)) overruled.push_back(each.letter.id);
    }
    return overruled;
}

bool makes_letters(Action action) {
    return std::ranges::any_of(kLetterSteps, [&](LetterStep const& step) { return step.action == action; });
}

std::vector<DueLetter> letters_of(Case const& before, Event const& event, Case const& after) {
    std::vector<DueLetter> due;
    for (LetterStep const& step : kLetterSteps) {
        if (step.action != event.action || !step.when(before, event, after)) continue;
        LetterKind const kind = step.kind ? *step.kind : letter_of(after.draft.value().outcome);
        for (auto const& consultation : subjects(kind, event, after)) {
            due.push_back({kind, step.own_class, consultation});
        }
    }
    return due;
}

// ---- templates -----------------------------------------------------------------------------------------------------

namespace {

/// A piece of a line: text, or the name of a field.
struct Piece {
    std::string_view text;
    bool is_field;
};

/// The pieces of a line; a brace that does not close stays text.
std::vector<Piece> pieces_of(std::string_view line) {
    std::vector<Piece> pieces;
    while (!line.empty()) {
        auto const open = line.find('{');
        auto const close = open == std::string_view::npos ? open : line.find('}', open);
        if (close == std::string_view::npos) {
            pieces.push_back({line, false});
            break;
        }
        if (open > 0) pieces.push_back({line.substr(0, open), false});
        pieces.push_back({line.substr(open + 1, close - open - 1), true});
        line.remove_prefix(close + 1);
    }
    return pieces;
}

enum class LineStyle { Paragraph, Heading, Quotation };

struct Line {
    LineStyle style = LineStyle::Paragraph;
    std::string_view text;
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r";
    auto const first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

Line read_line(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with("# ")) return {LineStyle::Heading, trimmed(text.substr(2))};
    if (text.starts_with("> ")) return {LineStyle::Quotation, trimmed(text.substr(2))};
    return {LineStyle::Paragraph, text};
}

/// Calls visit(line) for every line that is not blank.
template <typename Visit>
void for_each_line(std::string_view body, Visit&& visit) {
    while (!body.empty()) {
        auto const end = std::min(body.find('\n'), body.size());
        if (Line const line = read_line(body.substr(0, end)); !line.text.empty()) visit(line);
        body.remove_prefix(std::min(end + 1, body.size()));
    }
}

/// The part that makes up the whole line, if it is one.
std::optional<LetterField> lone_part(std::vector<Piece> const& pieces) {
    if (pieces.size() != 1 || !pieces.front().is_field) return std::nullopt;
    auto const field = parse<LetterField>(pieces.front().text);
    return field && is_part(*field) ? field : std::nullopt;
}

/// The line with its fields filled in; empty where one of them is.
std::string filled(std::vector<Piece> const& pieces, LetterKind kind, LetterFacts const& facts) {
    std::string text;
    for (Piece const& piece : pieces) {
        auto const field = piece.is_field ? parse<LetterField>(piece.text) : std::nullopt;
        std::string const words = field ? words_of(*field, kind, facts) : std::string(piece.text);
        if (words.empty()) return {};
        text += words;
    }
    return text;
}

/// The agency's own words in Chinese punctuation; quotations stay as they were written.
void typeset_blocks(std::vector<Block>& body) {
    for (Block& block : body) {
        if (auto* const heading = std::get_if<Heading>(&block)) heading->text = typeset(heading->text);
        if (auto* const paragraph = std::get_if<Paragraph>(&block)) paragraph->text = typeset(paragraph->text);
    }
}

Block block_of(LineStyle style, std::string text) {
    switch (style) {
        case LineStyle::Heading:
            return Heading{std::move(text)};
        case LineStyle::Quotation:
            return Quotation{std::move(text)};
        case LineStyle::Paragraph:
            break;
    }
    return Paragraph{std::move(text)};
}

/// Headings with nothing under them go.
void drop_empty_headings(std::vector<Block>& body) {
    auto const is_heading = [](Block const& block) { return std::holds_alternative<Heading>(block); };
    for (std::size_t i = body.size(); i-- > 0;) {
        bool const empty = i + 1 == body.size() || is_heading(body[i + 1]);
        if (is_heading(body[i]) && empty) body.erase(body.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

std::vector<Block> body_of(LetterKind kind, LetterTemplate const& text, LetterFacts const& facts) {
    std::vector<Block> body;
    for_each_line(text.body, [&](Line const& line) {
        auto const pieces = pieces_of(line.text);
        if (auto const part = lone_part(pieces)) {
            for (Block& block : part_of(*part, kind, facts)) body.push_back(std::move(block));
        } else if (auto words = filled(pieces, kind, facts); !words.empty()) {
            body.push_back(block_of(line.style, std::move(words)));
        }
    });
    drop_empty_headings(body);
    typeset_blocks(body);
    return body;
}

std::string addressee_of(LetterRule const& rule, LetterFacts const& facts) {
    if (rule.addressee == Addressee::Applicant) return facts.c.application.applicant.name;
    auto const* const asked = facts.consultation ? find_consultation(facts.c, *facts.consultation) : nullptr;
    return asked != nullptr ? asked->letter.addressee : std::string();
}

/// What is wrong with one line of a template; `named` collects the fields that it names.
void check_line(Line const& line, LetterKind kind, LetterFields& named, std::vector<FieldError>& errors) {
    auto const fault = [&](std::string code, std::string detail) {
        errors.push_back({"/body", std::move(code), std::move(detail)});
    };
    auto const pieces = pieces_of(line.text);
    for (Piece const& piece : pieces) {
        if (!piece.is_field) {
            if (piece.text.find_first_of("{}") != std::string_view::npos)
                fault("unbalanced_brace", "花括号没有成对：" + std::string(line.text));
            continue;
        }
        std::string const name = "“{" + std::string(piece.text) + "}”";
        auto const field = parse<LetterField>(piece.text);
        if (!field) {
            fault("unknown_field", "没有" + name + "这个字段。");
        } else if (!fields_of(rule_of(kind)).has(*field)) {
            fault("field_not_offered", name + "不能用在这种文书里。");
        } else if (is_part(*field) && (pieces.size() > 1 || line.style != LineStyle::Paragraph)) {
            fault("part_not_alone", name + "应当单独占一行。");
        } else {
            named = named | LetterFields{*field};
        }
    }
}

}  // namespace

std::vector<FieldError> check_template(LetterKind kind, LetterTemplate const& text) {
    std::vector<FieldError> errors;
    if (text.title.find_first_of("{}\n") != std::string::npos) {
        errors.push_back({"/title", "field_in_title", "标题里不能有字段或者换行。"});
    }
    LetterFields named{};
    for_each_line(text.body, [&](Line const& line) { check_line(line, kind, named, errors); });
    for (auto const& field : kLetterFields) {
        if (!rule_of(kind).required.has(field.value) || named.has(field.value)) continue;
        std::string detail = "必须写入“{" + std::string(field.code) + "}”（";
        errors.push_back({"/body", "required_field_missing", detail.append(field.label).append("）。")});
    }
    return errors;
}

// ---- composing -----------------------------------------------------------------------------------------------------

std::vector<FieldError> missing_fields(LetterKind kind, LetterFacts const& facts) {
    std::vector<FieldError> missing;
    for (auto const& field : kLetterFields) {
        if (!rule_of(kind).required.has(field.value)) continue;
        bool const empty = is_part(field.value) ? part_of(field.value, kind, facts).empty()
                                                : words_of(field.value, kind, facts).empty();
        if (!empty) continue;
        missing.push_back(
            {"/" + std::string(field.code), "letter_field_empty", "文书还缺少“" + std::string(field.label) + "”。"}
        );
    }
    if (addressee_of(rule_of(kind), facts).empty()) {
        missing.push_back({"/addressee", "letter_field_empty", "文书还缺少主送对象。"});
    }
    return missing;
}

Document compose_preview(LetterKind kind, LetterTemplate const& text, LetterFacts const& facts) {
    LetterRule const& rule = rule_of(kind);
    Document document;
    document.agency = facts.issuer.name;
    document.title = text.title;
    document.number = facts.number ? facts.number->value : std::string();
    document.addressee = addressee_of(rule, facts);
    document.body = body_of(kind, text, facts);
    if (rule.is_reply) document.attachments = enclosures(facts.c);
    document.contact = "联系人：" + facts.issuer.office + "，联系电话：" + facts.issuer.phone;
    document.signed_by = facts.issuer.name;
    document.dated = facts.on;
    document.sealed = true;
    return document;
}

Result<Document> compose(LetterKind kind, LetterTemplate const& text, LetterFacts const& facts) {
    if (auto missing = missing_fields(kind, facts); !missing.empty()) {
        Refusal refusal{RefusalKind::Invalid, "letter_incomplete", missing.front().detail};
        refusal.article = rule_of(kind).article;
        refusal.errors = std::move(missing);
        return refusal;
    }
    return compose_preview(kind, text, facts);
}

}  // namespace workflow
