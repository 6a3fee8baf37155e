#include "server/api/shapes/document_schema.hpp"

namespace server::api {
namespace {

json::object text() { return {{"type", "string"}}; }
json::object texts() { return list_of(text()); }

/// A block has one member, which says what it is.
json::object block(std::string_view kind, json::object content) {
    return ObjectSchema().member(kind, std::move(content)).unnamed();
}

json::object table_schema() {
    return ObjectSchema()
        .may_have("head", texts())
        .may_have("widths", list_of(whole_number(1)))
        .may_have("rows", list_of(texts()))
        .unnamed();
}

}  // namespace

json::object document_schema() {
    auto const fact = ObjectSchema().member("label", text()).member("value", text()).unnamed();
    auto const body = list_of(
        {{"anyOf",
          json::array{
              block("heading", text()),
              block("paragraph", text()),
              block("quotation", text()),
              block("table", table_schema()),
              block("facts", list_of(fact))}}}
    );
    return ObjectSchema()
        .may_have("agency", text(), "发文机关")
        .may_have("title", text(), "标题")
        .may_have("number", text(), "文号")
        .may_have("addressee", text(), "主送")
        .member("body", body, "正文")
        .may_have("attachments", texts(), "附件")
        .may_have("contact", text(), "联系方式")
        .may_have("signed_by", text(), "落款")
        .may_have("dated", {{"type", "string"}, {"format", "date"}}, "成文日期")
        .member<bool>("sealed", "用印")
        .named("Document");
}

}  // namespace server::api
