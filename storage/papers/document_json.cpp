#include "storage/papers/document_json.hpp"

#include "storage/engine/driver.hpp"
#include "storage/engine/shape_json.hpp"

namespace workflow {

// The members of a paper outside its body, described as shapes are.
constexpr auto fields(std::type_identity<Table>) {
    using T = Table;
    return std::tuple{field("head", &T::head), field("widths", &T::widths), field("rows", &T::rows)};
}

constexpr auto fields(std::type_identity<Document>) {
    using T = Document;
    return std::tuple{
        field("agency", &T::agency),
        field("title", &T::title),
        field("number", &T::number),
        field("addressee", &T::addressee),
        field("attachments", &T::attachments),
        field("contact", &T::contact),
        field("signed_by", &T::signed_by),
        field("dated", &T::dated),
        field("sealed", &T::sealed)};
}

}  // namespace workflow

namespace storage {
namespace {

namespace json = boost::json;
using namespace workflow;

struct BlockToJson {
    json::object operator()(Heading const& block) const { return {{"heading", block.text}}; }
    json::object operator()(Paragraph const& block) const { return {{"paragraph", block.text}}; }
    json::object operator()(Quotation const& block) const { return {{"quotation", block.text}}; }
    json::object operator()(Table const& block) const { return {{"table", to_json(block)}}; }
    json::object operator()(FactTable const& block) const {
        json::array rows;
        for (auto const& [label, value] : block.rows) {
            rows.push_back(json::object{{"label", label}, {"value", value}});
        }
        return {{"facts", std::move(rows)}};
    }
};

Block block_from_json(json::object const& object) {
    std::string_view const kind = object.begin()->key();
    json::value const& value = object.begin()->value();
    auto const text = [&value] { return std::string(value.as_string()); };
    if (kind == "heading") return Heading{text()};
    if (kind == "paragraph") return Paragraph{text()};
    if (kind == "quotation") return Quotation{text()};
    if (kind == "table") return from_json<Table>(value.as_object());
    if (kind != "facts") throw DamagedDatabase("a stored paper has a block of an unknown kind");
    FactTable facts;
    for (auto const& row : value.as_array()) {
        facts.rows.emplace_back(row.at("label").as_string(), row.at("value").as_string());
    }
    return facts;
}

}  // namespace

json::object document_to_json(Document const& document) {
    json::object object = to_json(document);
    json::array body;
    for (Block const& block : document.body) body.push_back(std::visit(BlockToJson{}, block));
    object.emplace("body", std::move(body));
    return object;
}

Document document_from_json(json::object const& object) {
    auto document = from_json<Document>(object);
    for (auto const& block : object.at("body").as_array()) document.body.push_back(block_from_json(block.as_object()));
    return document;
}

}  // namespace storage
