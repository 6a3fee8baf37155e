# Writes OUTPUT, a C++ file with the text of every NNNN_name.sql in FILES, given by a function <NAME>_schema(). Run by
# the build with cmake -P.
set(steps "")
set(expected 0)
foreach(file IN LISTS FILES)
    cmake_path(GET file STEM name)
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
        message(FATAL_ERROR "${file}: a migration is called NNNN_name.sql")
    endif()
    string(REGEX REPLACE "^0+" "" version "${CMAKE_MATCH_1}")
    math(EXPR expected "${expected} + 1")
    if(NOT version EQUAL expected)
        message(FATAL_ERROR "${file}: migration ${expected} is missing or there twice")
    endif()
    file(READ "${file}" sql)
    string(APPEND steps "    {${version}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"storage/open_database.hpp\"

namespace storage {
namespace {

constexpr Migration kMigrations[] = {
${steps}};

}  // namespace

std::span<Migration const> ${NAME}_schema() { return kMigrations; }

}  // namespace storage
")
