#include "storage/engine/shape_json.hpp"

#include "workflow/cases/case.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace {

using storage::from_json;
using storage::join;
using storage::split;
using storage::to_json;

/// Gives every member of a shape a value of its own, so that two members mixed up are seen.
class Filler {
public:
    template <workflow::Shape T>
    T make() {
        T shape{};
        workflow::for_each_field<T>([&](auto const& field) { fill(shape.*field.member); });
        return shape;
    }

private:
    template <typename T>
    void fill(std::optional<T>& value) {
        fill(value.emplace());
    }
    template <typename T>
    void fill(std::vector<T>& list) {
        list.resize(2);
        for (T& each : list) fill(each);
    }
    template <typename T>
    void fill(T& value) {
        ++count_;
        if constexpr (workflow::Shape<T>) {
            value = make<T>();
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = "free text 张三 " + std::to_string(count_);
        } else if constexpr (std::is_same_v<T, workflow::Code>) {
            value.value = "code-" + std::to_string(count_);
        } else if constexpr (std::is_same_v<T, workflow::Date>) {
            value = workflow::parse_date("2026-01-01").value() + std::chrono::days{count_};
        } else if constexpr (workflow::Vocabulary<T>) {
            value = static_cast<T>(static_cast<std::size_t>(count_) % terms(T{}).size());
        } else {
            value = static_cast<T>(std::is_same_v<T, bool> ? 1 : count_);
        }
    }

    int count_ = 0;
};

template <typename T>
class EveryShape : public testing::Test {};

template <typename Variant>
struct TypesOf;
template <typename... Ts>
struct TypesOf<std::variant<Ts...>> {
    using type = testing::Types<workflow::Case, Ts...>;
};
TYPED_TEST_SUITE(EveryShape, TypesOf<workflow::Payload>::type);

TYPED_TEST(EveryShape, ComesBackFromJson) {
    auto const full = Filler().make<TypeParam>();
    EXPECT_EQ(from_json<TypeParam>(to_json(full)), full);
    EXPECT_EQ(from_json<TypeParam>(to_json(TypeParam{})), TypeParam{});
}

TYPED_TEST(EveryShape, ComesBackFromItsTwoParts) {
    auto const full = Filler().make<TypeParam>();
    boost::json::object open;
    boost::json::object sealed;
    split(full, open, sealed);
    EXPECT_EQ(join<TypeParam>(open, sealed), full);
}

TYPED_TEST(EveryShape, LeavesNoFreeTextOpen) {
    boost::json::object open;
    boost::json::object sealed;
    split(Filler().make<TypeParam>(), open, sealed);
    EXPECT_EQ(boost::json::serialize(open).find("free text"), std::string::npos);
    EXPECT_EQ(boost::json::serialize(sealed).find("code-"), std::string::npos);
}

TEST(ShapeJson, IsAsTheContractWritesIt) {
    workflow::Application form;
    form.agency = {"430500-01"};
    form.applicant.kind = workflow::ApplicantKind::Business;
    form.applicant.name = "某公司";
    form.items = {{"标题", {}, "描述"}};
    EXPECT_EQ(
        boost::json::serialize(to_json(form)),
        R"({"agency":"430500-01","applicant":{"kind":"business","name":"某公司"},"items":[{"title":"标题","description":"描述"}],)"
        R"("provide_as":"paper","obtain_by":"post","accept_other_form":false,"needs_assistance":false})"
    );
}

TEST(ShapeJson, WithoutItsKeyAShapeHasEmptyText) {
    boost::json::object open;
    boost::json::object sealed;
    auto const full = Filler().make<workflow::Registration>();
    split(full, open, sealed);
    auto const bare = join<workflow::Registration>(open, {});
    EXPECT_EQ(bare.application.agency, full.application.agency);
    EXPECT_EQ(bare.received_on, full.received_on);
    EXPECT_EQ(bare.application.items.size(), full.application.items.size());
    EXPECT_EQ(bare.application.applicant.name, "");
    EXPECT_FALSE(bare.id_exception);
}

TEST(ShapeJson, RefusesWhatItDidNotWrite) {
    auto const object = [](char const* text) { return boost::json::parse(text).as_object(); };
    EXPECT_THROW(from_json<workflow::Deferral>(object(R"({"to":"2026-02-30"})")), storage::DamagedDatabase);
    EXPECT_THROW(from_json<workflow::CardIssue>(object(R"({"level":"green"})")), storage::DamagedDatabase);
    EXPECT_ANY_THROW(from_json<workflow::RatingGiven>(object(R"({"score":"5"})")));
}

}  // namespace
