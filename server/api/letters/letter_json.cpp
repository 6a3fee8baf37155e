#include "server/api/letters/letter_json.hpp"

#include <algorithm>

namespace server::api {

void write_letter(JsonWriter& json, storage::StoredLetter const& letter, std::string_view case_id) {
    auto const& rule = workflow::rule_of(letter.kind);
    auto const& frozen = letter.frozen;
    std::string const address =
        std::string("/api/v1/cases/").append(case_id).append("/letters/").append(std::to_string(letter.n));
    json.open_object().member("n", letter.n).member("kind", letter.kind).member("number", letter.number);
    json.member("on", letter.dated).member("addressee", rule.addressee);
    json.member("to_applicant", rule.addressee == workflow::Addressee::Applicant).member("ready", frozen.has_value());
    json.member("sha256", frozen ? std::optional(frozen->sha256) : std::nullopt);
    json.member("size", frozen ? std::optional(frozen->size) : std::nullopt);
    json.member("template_version", frozen ? std::optional(frozen->template_version) : std::nullopt);
    json.member("pdf", address + ".pdf").member("docx", address + ".docx").close_object();
}

json::object letter_schema() {
    return ObjectSchema()
        .member<std::int64_t>("n", "序号")
        .member<workflow::LetterKind>("kind", "文书")
        .member<std::optional<workflow::Code>>("number", "文号")
        .member<workflow::Date>("on", "成文日期")
        .member<workflow::Addressee>("addressee", "主送")
        .member<bool>("to_applicant", "发给申请人")
        .member<bool>("ready", "已经定稿，可以下载")
        .member("sha256", nullable(digest_schema()), "PDF 的 SHA-256")
        .member<std::optional<std::int64_t>>("size", "PDF 的字节数")
        .member<std::optional<std::int64_t>>("template_version", "模板版本，0 为系统自带")
        .member<std::string>("pdf", "PDF 的地址")
        .member<std::string>("docx", "DOCX 的地址")
        .named("Letter");
}

std::vector<storage::StoredLetter> applicants_letters(
    storage::Letters const& letters, storage::Connection& connection, storage::StoredCase const& stored
) {
    auto all = letters.list(connection, stored.id);
    std::erase_if(all, [&](storage::StoredLetter const& letter) {
        auto const& rule = workflow::rule_of(letter.kind);
        bool const theirs = rule.addressee == workflow::Addressee::Applicant && is_sent(rule, stored.facts);
        return !theirs || !letter.frozen;
    });
    return all;
}

std::string letter_file_name(workflow::Case const& c, std::string_view paper) {
    return c.number.value + "-" + std::string(paper);
}

}  // namespace server::api
