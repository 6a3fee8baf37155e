#pragma once

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/storage/temporary_folder.hpp"

namespace fakes {

/// A server of ours in Debian's Python (smtp_server.py, sms_gateway.py) as a process of its own, on a port it chose;
/// gone with this object.
class CarrierProcess {
public:
    CarrierProcess(std::string const& script, std::string const& mode) {
        int ends[2];
        if (pipe(ends) != 0) throw std::runtime_error("pipe");
        auto const path = std::string(SOURCE_FOLDER) + "/tests/fakes/" + script;
        auto const folder = folder_.path().string();
        child_ = fork();
        if (child_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            close(ends[0]);
            execl(
                "/usr/bin/python3", "python3", path.c_str(), mode.c_str(), folder.c_str(), static_cast<char*>(nullptr)
            );
            _exit(127);
        }
        close(ends[1]);
        FILE* const said = fdopen(ends[0], "r");
        int const read = std::fscanf(said, "%hu", &port_);
        std::fclose(said);
        if (read != 1) throw std::runtime_error(script + " does not start");
    }
    ~CarrierProcess() {
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }
    CarrierProcess(CarrierProcess const&) = delete;
    CarrierProcess& operator=(CarrierProcess const&) = delete;

    std::uint16_t port() const { return port_; }
    std::string file(std::string const& name) const { return (folder_ / name.c_str()).string(); }

    /// What it took, in order.
    std::vector<boost::json::object> received() const {
        std::ifstream lines(folder_ / "received");
        std::vector<boost::json::object> taken;
        for (std::string line; std::getline(lines, line);) taken.push_back(boost::json::parse(line).as_object());
        return taken;
    }

private:
    TemporaryFolder folder_;
    pid_t child_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace fakes
