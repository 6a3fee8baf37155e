#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "server/runtime/asio.hpp"

/// Functions to leave the io thread and come back. Neither may be called with a lambda written in the co_await line:
/// g++ 12 destroys its captures twice. Name it on the line above.
namespace server {

/// Runs `work` on `pool` and returns what it returned, or throws what it threw, on the caller's own executor.
template <typename Work>
net::awaitable<std::invoke_result_t<Work&>> offload(net::thread_pool& pool, Work work) {
    using Value = std::invoke_result_t<Work&>;
    constexpr bool kHasValue = !std::is_void_v<Value>;
    std::conditional_t<kHasValue, std::optional<Value>, std::monostate> value;
    std::exception_ptr error;
    co_await net::post(net::bind_executor(pool.get_executor(), net::use_awaitable));  // on the pool now
    try {
        if constexpr (kHasValue) {
            value.emplace(work());
        } else {
            work();
        }
    } catch (...) {
        error = std::current_exception();  // no co_await inside a handler
    }
    co_await net::post(net::use_awaitable);  // back on our own executor
    if (error) std::rethrow_exception(error);
    if constexpr (kHasValue) co_return std::move(*value);
}

/// Waits for a value that another thread delivers. Calls `submit(done)` at once, with `done` a
/// std::function<void(Value)> that must be called exactly once, from any thread; the coroutine goes on with that value
/// on its own executor. Its io_context keeps running until then, and must outlive the call of `done`. What `submit`
/// throws is thrown here.
template <typename Value, typename Submit>
net::awaitable<Value> await_value(Submit submit) {
    auto initiate = [&submit](auto handler) {
        // std::function needs a copyable callable, and the handler is not; any_completion_handler of Boost 1.81
        // recurses forever.
        struct Waiting {
            decltype(handler) resume;
            net::any_io_executor executor;
        };
        auto const executor = net::prefer(
            net::any_io_executor(net::get_associated_executor(handler)), net::execution::outstanding_work.tracked
        );
        auto waiting = std::make_shared<Waiting>(Waiting{std::move(handler), executor});
        submit(std::function<void(Value)>([waiting = std::move(waiting)](Value value) {
            // Moved out, so that a kept copy of `done` does not keep the io_context running.
            auto const own = std::exchange(waiting->executor, {});
            net::post(own, [waiting, value = std::move(value)]() mutable {
                auto resume = std::move(waiting->resume);
                resume(std::move(value));
            });
        }));
    };
    auto pending =
        net::async_initiate<net::use_awaitable_t<> const, void(Value)>(std::move(initiate), net::use_awaitable);
    co_return co_await std::move(pending);
}

}  // namespace server
