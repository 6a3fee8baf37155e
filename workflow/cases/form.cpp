#include "workflow/cases/form.hpp"

#include "workflow/words/kind.hpp"
#include "workflow/words/text.hpp"

#include <concepts>

namespace workflow {

namespace {

class FormCheck {
public:
    FormCheck(std::optional<Date> received, Date today) : received_(received), today_(today) {}

    template <Shape T>
    void walk(T const& shape, std::string const& at) {
        for_each_field<T>([&](auto const& field) {
            if (field.bounds.given) return;
            label_ = field.label;
            check(shape.*field.member, field.bounds, at + "/" + std::string(field.name));
        });
    }

    std::vector<FieldError> take() { return std::move(errors_); }

private:
    template <typename M>
    void check(M const& member, Bounds const& bounds, std::string const& at) {
        visit_kind_of(
            member,
            [&]<typename V>(kind::Optional<V>, std::optional<V> const& value) {
                if (value) check(*value, bounds, at);
            },
            [&]<typename V>(kind::List<V>, std::vector<V> const& list) { check_list(list, bounds, at); },
            // The members of the application stand beside the channel and the day of receipt.
            [&]<typename S>(kind::Shape<S>, S const& shape) { walk(shape, std::same_as<S, Application> ? "" : at); },
            [&](kind::Text, std::string const& text) { check_text(text, bounds, at); },
            [&](kind::Code, Code const& code) { check_text(code.value, bounds, at); },
            [&]<typename N>(kind::Whole<N>, N number) { check_number(number, bounds, at); },
            [&](kind::Date, Date date) { check_date(date, bounds, at); },
            [](kind::YesNo, bool) {},
            []<typename E>(kind::Word<E>, E) {}
        );
    }

    template <typename V>
    void check_list(std::vector<V> const& list, Bounds const& bounds, std::string const& at) {
        auto const size = static_cast<std::int64_t>(list.size());
        if (size < bounds.min) complain(at, "too_few", "至少要有" + std::to_string(bounds.min) + "项。");
        if (size > bounds.max) complain(at, "too_many", "最多只能有" + std::to_string(bounds.max) + "项。");
        std::string_view const label = label_;
        for (std::size_t i = 0; i < list.size(); ++i) {
            check(list[i], Bounds{.min = 1, .max = kLongText}, at + "/" + std::to_string(i));
            label_ = label;
        }
    }

    void check_text(std::string const& text, Bounds const& bounds, std::string const& at) {
        auto const size = characters(text);
        if (size == 0 && bounds.min > 0) {
            complain(at, "required", "是必填的。");
        } else if (size < bounds.min) {
            complain(at, "too_short", "至少要写" + std::to_string(bounds.min) + "个字。");
        } else if (size > bounds.max) {
            complain(at, "too_long", "最多只能写" + std::to_string(bounds.max) + "个字。");
        }
    }

    void check_number(std::int64_t number, Bounds const& bounds, std::string const& at) {
        if (number >= bounds.min && number <= bounds.max) return;
        complain(
            at, "out_of_range", "应当在" + std::to_string(bounds.min) + "到" + std::to_string(bounds.max) + "之间。"
        );
    }

    void check_date(Date date, Bounds const& bounds, std::string const& at) {
        bool const fact = bounds.when == When::Fact || bounds.when == When::Effect;
        if (fact && date > today_) {
            complain(at, "in_the_future", "不能晚于今天。");
        } else if (fact && received_ && date < *received_) {
            complain(at, "before_receipt", "不能早于收到申请之日。");
        } else if (bounds.when == When::Limit && date <= today_) {
            complain(at, "not_after_today", "应当晚于今天。");
        }
    }

    void complain(std::string const& at, std::string code, std::string const& rest) {
        errors_.push_back({at, std::move(code), std::string(label_) + rest});
    }

    std::optional<Date> received_;
    Date today_;
    std::string_view label_;  ///< of the member being checked
    std::vector<FieldError> errors_;
};

}  // namespace

std::vector<FieldError> check_form(Payload const& payload, std::optional<Date> received, Date today) {
    FormCheck form(received, today);
    std::visit([&](auto const& shape) { form.walk(shape, ""); }, payload);
    return form.take();
}

std::optional<Date> effective_date(Payload const& payload) {
    std::optional<Date> day;
    std::visit(
        [&]<typename T>(T const& shape) {
            for_each_field<T>([&](auto const& field) {
                if constexpr (std::same_as<std::decay_t<decltype(shape.*field.member)>, Date>) {
                    if (field.bounds.when == When::Effect) day = shape.*field.member;
                }
            });
        },
        payload
    );
    return day;
}

}  // namespace workflow
