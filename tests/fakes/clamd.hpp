#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <atomic>
#include <string>
#include <thread>

namespace fakes {

/// A virus scanner on the loopback that understands INSTREAM as clamd does and knows one virus, EICAR's test file. It
/// can also hang up, or take the content and wait with its answer for another mood (set by become()).
class Clamd {
public:
    enum class Mood { Answers, HangsUp, Waits };

    Clamd() : acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
        thread_ = std::thread([this] { serve(); });
    }
    ~Clamd() {
        stopping = true;
        become(Mood::HangsUp);
        boost::asio::ip::tcp::socket last(io_);
        boost::system::error_code ignored;
        last.connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
    }

    std::string address() const { return "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()); }

    void become(Mood other) {
        mood = other;
        mood.notify_all();
    }
    /// Returns when somebody waits for an answer.
    void wait_until_asked() const { asked.wait(false); }

    std::atomic<Mood> mood = Mood::Answers;
    std::atomic<bool> asked = false;
    std::atomic<bool> stopping = false;

private:
    void serve() {
        while (!stopping) {
            boost::asio::ip::tcp::socket socket(io_);
            boost::system::error_code failed;
            acceptor_.accept(socket, failed);
            asked = true;
            asked.notify_all();
            mood.wait(Mood::Waits);
            if (!failed && !stopping && mood == Mood::Answers) answer(socket);
        }
    }

    void answer(boost::asio::ip::tcp::socket& socket) {
        boost::system::error_code failed;
        std::array<char, 10> command{};
        boost::asio::read(socket, boost::asio::buffer(command), failed);  // "zINSTREAM\0"
        std::string content;
        while (!failed) {
            std::array<unsigned char, 4> head{};
            boost::asio::read(socket, boost::asio::buffer(head), failed);
            auto const size =
                (std::size_t{head[0]} << 24) + (std::size_t{head[1]} << 16) + (std::size_t{head[2]} << 8) + head[3];
            if (failed || size == 0) break;
            auto const before = content.size();
            content.resize(before + size);
            boost::asio::read(socket, boost::asio::buffer(content.data() + before, size), failed);
        }
        bool const infected = content.find("EICAR-STANDARD-ANTIVIRUS-TEST-FILE") != std::string::npos;
        std::string const verdict = infected ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
        boost::asio::write(socket, boost::asio::buffer(verdict.c_str(), verdict.size() + 1), failed);
    }

    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::thread thread_;
};

}  // namespace fakes
