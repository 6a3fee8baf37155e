#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/papers/letters.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

/// Letters as JSON.
namespace server::api {

/// The SHA-256 of a frozen letter.
struct FrozenDigest {
    std::string_view hexadecimal;
    void write(JsonWriter& json) const { json.value(hexadecimal); }
    static json::object schema() { return digest_schema(); }
};

/// A letter of a case, with the addresses it is read at.
struct LetterView {
    storage::StoredLetter const& about;
    std::string_view case_id;

    workflow::Addressee addressee() const { return workflow::rule_of(about.kind).addressee; }
    std::string address(std::string_view ending) const {
        std::string text = "/api/v1/cases/";
        return text.append(case_id).append("/letters/").append(std::to_string(about.n)).append(ending);
    }
    /// A member of what was frozen; null before that.
    template <typename M>
    std::optional<M> frozen(M storage::StoredLetter::Frozen::*member) const {
        return about.frozen ? std::optional<M>((*about.frozen).*member) : std::nullopt;
    }
    std::optional<FrozenDigest> digest() const {
        return about.frozen ? std::optional(FrozenDigest{about.frozen->sha256}) : std::nullopt;
    }
};

constexpr auto fields(std::type_identity<LetterView>) {
    using A = LetterView;
    using storage::StoredLetter;
    using Frozen = StoredLetter::Frozen;
    return std::tuple{
        answer("n", "序号", &StoredLetter::n),
        answer("kind", "文书", &StoredLetter::kind),
        answer("number", "文号", &StoredLetter::number),
        answer("on", "成文日期", &StoredLetter::dated),
        answer("addressee", "主送", [](A const& a) { return a.addressee(); }),
        answer(
            "to_applicant", "发给申请人", [](A const& a) { return a.addressee() == workflow::Addressee::Applicant; }
        ),
        answer("ready", "已经定稿，可以下载", [](A const& a) { return a.about.frozen.has_value(); }),
        answer("sha256", "PDF 的 SHA-256", [](A const& a) { return a.digest(); }),
        answer("size", "PDF 的字节数", [](A const& a) { return a.frozen(&Frozen::size); }),
        answer(
            "template_version", "模板版本，0 为系统自带", [](A const& a) { return a.frozen(&Frozen::template_version); }
        ),
        answer("pdf", "PDF 的地址", [](A const& a) { return a.address(".pdf"); }),
        answer("docx", "DOCX 的地址", [](A const& a) { return a.address(".docx"); })};
}

/// The letters of a case that its applicant may read: addressed to them, frozen and sent.
std::vector<storage::StoredLetter> applicants_letters(
    storage::Letters const& letters, storage::Connection& connection, storage::StoredCase const& stored
);

/// "430500-02-2026-000128-补正告知书": the name of a downloaded letter, without its ending.
std::string letter_file_name(workflow::Case const& c, std::string_view paper);

}  // namespace server::api
