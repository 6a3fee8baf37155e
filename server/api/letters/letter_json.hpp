#pragma once

#include "storage/cases/case_store.hpp"
#include "storage/papers/letters.hpp"

#include <string_view>
#include <vector>

#include "server/api/shapes/answer_schema.hpp"
#include "server/api/shapes/json_writer.hpp"

/// Letters as JSON.
namespace server::api {

void write_letter(JsonWriter& json, storage::StoredLetter const& letter, std::string_view case_id);
json::object letter_schema();

/// The letters of a case that its applicant may read: addressed to them, frozen and sent.
std::vector<storage::StoredLetter> applicants_letters(
    storage::Letters const& letters, storage::Connection& connection, storage::StoredCase const& stored
);

/// "430500-02-2026-000128-补正告知书": the name of a downloaded letter, without its ending.
std::string letter_file_name(workflow::Case const& c, std::string_view paper);

}  // namespace server::api
