# Writes version.cpp from its template: VERSION and the commit that the sources stand at; without a repository there is none.
execute_process(
    COMMAND git --git-dir=${SOURCE}/.git rev-parse --short=12 HEAD
    OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed ERROR_QUIET)
if(failed)
    set(COMMIT 未知)
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
