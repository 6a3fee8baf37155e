#include "server/letters/docx.hpp"
#include "server/letters/pdf.hpp"
#include "tests/server/letters/papers.hpp"

#include <benchmark/benchmark.h>

namespace server::letters {
namespace {

void pdf(benchmark::State& state) {
    auto const paper = papers::reply();
    auto const fonts = standard_fonts();
    render_pdf(paper, fonts);  // reads the fonts
    for (auto _ : state) benchmark::DoNotOptimize(render_pdf(paper, fonts));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(pdf)->Threads(1)->Threads(2)->UseRealTime();

void docx(benchmark::State& state) {
    auto const paper = papers::reply();
    for (auto _ : state) benchmark::DoNotOptimize(render_docx(paper));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(docx)->Threads(1)->Threads(2)->UseRealTime();

}  // namespace
}  // namespace server::letters
