#include "tests/cases/case_file.hpp"

#include <exception>
#include <filesystem>
#include <iostream>
#include <set>

/// Plays every *.case file in the folder given; prints what differs and exits 1 where anything does.
int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: case_test FOLDER\n";
        return 2;
    }
    std::set<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(argv[1])) {
        if (entry.path().extension() == ".case") files.insert(entry.path());
    }
    int played = 0;
    bool as_written = true;
    for (auto const& file : files) {
        try {
            played += cases::run_cases(file);
        } catch (std::exception const& difference) {
            as_written = false;
            std::cerr << file.filename().string() << difference.what() << "\n";
        }
    }
    std::cout << played << " cases in " << files.size() << " files\n";
    return as_written && played > 0 ? 0 : 1;
}
