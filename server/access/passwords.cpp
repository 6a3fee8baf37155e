#include "server/access/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <new>

#include "server/runtime/offload.hpp"
#include "workflow/words/text.hpp"

namespace server::access {
namespace {

constexpr std::int64_t kLongEnough = 12;
constexpr std::int64_t kShortestMixed = 10;
constexpr std::size_t kLongestBytes = 512;  // longer input only serves to keep argon2 busy

/// Compared in lower case.
constexpr std::array<std::string_view, 24> kWeak{
    "password1234",  "password12345", "password123456", "passw0rd1234",  "administrator", "admin1234567",
    "admin12345678", "123456789012",  "1234567890ab",   "1234567890abc", "111111111111",  "000000000000",
    "888888888888",  "666666666666",  "qwertyuiop123",  "qwerty123456",  "1qaz2wsx3edc",  "1qaz@wsx3edc",
    "abcdefghijkl",  "abcd12345678",  "woaini1314520",  "a123456789012", "zhengfu123456", "xinxigongkai"};

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// Counts one waiting caller, also when the wait ends in an exception.
class Waiting {
public:
    explicit Waiting(std::size_t& count) : count_(count) { ++count_; }
    ~Waiting() { --count_; }
    Waiting(Waiting const&) = delete;
    Waiting& operator=(Waiting const&) = delete;

private:
    std::size_t& count_;
};

int kinds_of_characters(std::string_view password) {
    bool small = false, capital = false, digit = false, other = false;
    for (char const each : password) {
        auto const c = static_cast<unsigned char>(each);
        if (std::islower(c))
            small = true;
        else if (std::isupper(c))
            capital = true;
        else if (std::isdigit(c))
            digit = true;
        else
            other = true;
    }
    return int{small} + int{capital} + int{digit} + int{other};
}

}  // namespace

std::optional<std::string> password_fault(std::string_view password, std::string_view username) {
    if (password.size() > kLongestBytes) return "密码太长。";
    auto const length = workflow::characters(password);
    bool const mixed = length >= kShortestMixed && kinds_of_characters(password) >= 3;
    if (length < kLongEnough && !mixed) {
        return "密码至少12个字符；或者至少10个字符，并含大写字母、小写字母、数字、符号中的三种。";
    }
    auto const lowered = lower(password);
    if (!username.empty() && lowered.find(lower(username)) != std::string::npos) return "密码不能包含用户名。";
    bool const one_character = std::ranges::all_of(lowered, [&](char c) { return c == lowered.front(); });
    if (one_character || std::ranges::find(kWeak, lowered) != kWeak.end()) return "这个密码太常见，请换一个。";
    return std::nullopt;
}

std::string random_password() {
    constexpr std::string_view kCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    std::string password(16, ' ');
    for (char& c : password) c = kCharacters[randombytes_uniform(kCharacters.size())];
    return password;
}

std::string hash_password(std::string_view password, PasswordCost const& cost) {
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    auto const memory = static_cast<std::size_t>(cost.memory_kib) * 1024;
    if (crypto_pwhash_str_alg(
            hash.data(),
            password.data(),
            password.size(),
            static_cast<unsigned long long>(cost.passes),
            memory,
            crypto_pwhash_ALG_ARGON2ID13
        ) != 0) {
        throw std::bad_alloc();
    }
    return hash.data();
}

Passwords::Passwords(PasswordCost const& cost, std::size_t queue)
    : cost_(cost), queue_(queue), nobody_(hash_password(random_password(), cost)) {}

net::awaitable<std::optional<std::string>> Passwords::hash(std::string password) {
    if (waiting_ >= queue_) co_return std::nullopt;
    Waiting const waiting(waiting_);
    auto run = [cost = cost_, password = std::move(password)] { return hash_password(password, cost); };
    co_return co_await offload(thread_, std::move(run));
}

net::awaitable<std::optional<bool>> Passwords::verify(std::string hash, std::string password, Asker asker) {
    if (waiting_ >= (asker == Asker::Known ? queue_ : queue_ - queue_ / 4)) co_return std::nullopt;
    Waiting const waiting(waiting_);
    bool const known = !hash.empty();
    if (!known) hash = nobody_;
    auto run = [hash = std::move(hash), password = std::move(password)] {
        return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    };
    bool const right = co_await offload(thread_, std::move(run));
    co_return known&& right;
}

void Passwords::stop() { thread_.join(); }

}  // namespace server::access
