# Writes OUTPUT, a C++ file with the function FUNCTION that gives every file under ROOT (all of them, or those in the
# list FILES) as web::Asset. Run by the build with cmake -P.
set(types
    ".html=text/html; charset=utf-8" ".css=text/css; charset=utf-8" ".js=text/javascript; charset=utf-8"
    ".json=application/json" ".svg=image/svg+xml" ".png=image/png" ".ico=image/x-icon" ".woff2=font/woff2"
    ".mustache=text/html; charset=utf-8" ".txt=text/plain; charset=utf-8")
if(NOT FILES)
    file(GLOB_RECURSE FILES ${ROOT}/*)
endif()
list(SORT FILES)
set(packed "${OUTPUT}.gz")
file(MAKE_DIRECTORY "${packed}")

set(blobs "")
set(names "")
set(rows "")
set(number 0)

function(embed symbol file)
    set(blobs "${blobs}asm(\".section .rodata\\n.balign 16\\n.global ${symbol}\\n${symbol}: .incbin \\\"${file}\\\"\\n.byte 0\\n.previous\");\n" PARENT_SCOPE)
    set(names "${names}extern char const ${symbol}[];\n" PARENT_SCOPE)
endfunction()

foreach(file IN LISTS FILES)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${ROOT} OUTPUT_VARIABLE path)
    cmake_path(GET file EXTENSION LAST_ONLY extension)
    set(type "")
    foreach(pair IN LISTS types)
        if(pair MATCHES "^([^=]*)=(.*)$" AND CMAKE_MATCH_1 STREQUAL extension)
            set(type "${CMAKE_MATCH_2}")
        endif()
    endforeach()
    if(NOT type)
        message(FATAL_ERROR "${file}: no content type for ${extension}; add it in web/embed.cmake")
    endif()
    file(SIZE "${file}" size)
    file(SHA256 "${file}" hash)
    string(SUBSTRING "${hash}" 0 16 tag)
    embed(${FUNCTION}_${number} "${file}")
    set(gzip "{}")
    if(NOT type MATCHES "^(image/png|font/)")
        execute_process(COMMAND gzip -9 -n -c "${file}" OUTPUT_FILE "${packed}/${number}" COMMAND_ERROR_IS_FATAL ANY)
        file(SIZE "${packed}/${number}" packed_size)
        if(packed_size LESS size)
            embed(${FUNCTION}_${number}_gz "${packed}/${number}")
            set(gzip "{${FUNCTION}_${number}_gz, ${packed_size}}")
        endif()
    endif()
    string(APPEND rows "    {\"${path}\", \"${type}\", {${FUNCTION}_${number}, ${size}}, ${gzip}, \"${tag}\"},\n")
    math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUTPUT}" "#include \"web/assets.hpp\"

${blobs}
extern \"C\" {
${names}}

namespace web {
namespace {

Asset const kAssets[] = {
${rows}};

}  // namespace

std::span<Asset const> ${FUNCTION}() { return kAssets; }

}  // namespace web
")
