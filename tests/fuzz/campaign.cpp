#include "tests/fuzz/campaign.h"

#include <sys/mman.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <new>
#include <set>

#include "base/check.h"
#include "tests/fuzz/child.h"
#include "tests/fuzz/mutations.h"
#include "tests/fuzz/seeds.h"

namespace vsm::fuzz {
namespace {

using Clock = std::chrono::steady_clock;

/// Largest input that a slot records; longer ones are truncated in findings.
constexpr std::size_t largest = 1u << 16;
/// Inputs per process, to limit what leaks or caches can accumulate.
constexpr std::uint64_t batch_size = 20'000;
/// Limit on inputs kept in addition to the seeds.
constexpr std::size_t most_kept = 2'000;

constexpr std::size_t most_seeds = 10'000;

/// State that a child shares with its parent.
struct Slot {
    std::uint64_t executions, useful;
    std::size_t size;
    char bytes[largest];
    bool useful_seeds[most_seeds];
};

Slot* shared_slots(std::size_t count) {
    void* const place = mmap(nullptr, sizeof(Slot) * count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED) {
        std::perror("mmap");
        std::exit(2);
    }
    return static_cast<Slot*>(place);
}

class Campaign {
public:
    Campaign(const CampaignSettings& settings, const std::vector<std::string>& seeds)
        : settings_(settings), seeds_(seeds), mutations_(seeds), slots_(shared_slots(settings.jobs)) {
        VSM_CHECK(seeds.size() <= most_seeds && !seeds.empty());
    }

    CampaignResult run() {
        try_seeds();
        for (std::size_t slot = 0; slot < settings_.jobs; ++slot) begin_batch(slot);
        while (!running_.empty()) {
            int status = 0;
            const pid_t ended = wait(&status);
            const auto found = running_.find(ended);
            if (found == running_.end()) continue;
            const auto [slot, child] = found->second;
            running_.erase(found);
            take(slots_[slot], end_of(child, status));
            if (!over()) begin_batch(slot);
        }
        result_.findings = faults_.size();
        result_.seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
        return result_;
    }

private:
    struct Running {
        std::size_t slot;
        Child child;
    };

    bool over() const {
        if (settings_.executions > 0) return batches_ * batch_size >= settings_.executions;
        return std::chrono::duration<double>(Clock::now() - begin_).count() >= settings_.seconds;
    }

    /// Tries all seeds unchanged; most inputs are then derived from the useful ones.
    void try_seeds() {
        Slot& slot = slots_[0];
        for (std::size_t next = 0; next < seeds_.size();) {
            slot = Slot{};
            const std::size_t first = next;
            const Ending ending = in_child([&] {
                for (std::size_t i = first; i < seeds_.size(); ++i) {
                    if (try_input(seeds_[i], slot)) slot.useful_seeds[i] = true;
                }
            });
            for (std::size_t i = first; i < seeds_.size(); ++i)
                if (slot.useful_seeds[i]) useful_seeds_.push_back(seeds_[i]);
            next = first + slot.executions + 1;
            take(slot, ending);
        }
    }

    /// Returns whether the input was useful.
    bool try_input(const std::string& bytes, Slot& slot) const {
        slot.size = std::min(bytes.size(), largest);
        std::memcpy(slot.bytes, bytes.data(), slot.size);
        begin_input();
        const bool useful = settings_.target.run(sampled(bytes));
        ++slot.executions;
        slot.useful += useful ? 1u : 0u;
        return useful;
    }

    void begin_batch(std::size_t slot) {
        const std::uint64_t number = batches_++;
        slots_[slot] = Slot{};
        const Child child = start([&] { run_batch(number, slots_[slot]); });
        running_[child.process] = {slot, child};
    }

    void run_batch(std::uint64_t number, Slot& slot) const {
        Random random(settings_.seed * 1'000'003 + number);
        std::vector<std::string> pool = useful_seeds_;
        const std::uint64_t count =
            settings_.executions > 0 ? std::min(batch_size, settings_.executions - number * batch_size) : batch_size;
        for (std::uint64_t i = 0; i < count && (settings_.executions > 0 || !over()); ++i) {
            std::string bytes = next_input(pool, random);
            const bool useful = try_input(bytes, slot);
            if (useful && random.one_in(8) && pool.size() < useful_seeds_.size() + most_kept)
                pool.push_back(std::move(bytes));
        }
    }

    /// Mostly the shorter of two, because it runs faster.
    const std::string& some_of(const std::vector<std::string>& pool, Random& random) const {
        const std::string &one = random.from(pool), &other = random.from(pool);
        return (one.size() < other.size()) != random.one_in(4) ? one : other;
    }

    std::string next_input(const std::vector<std::string>& pool, Random& random) const {
        const std::string& base = pool.empty() || random.one_in(8) ? some_of(seeds_, random) : some_of(pool, random);
        if (settings_.target.kind != InputKind::pair_of_maps || base.find(pair_separator) != std::string::npos ||
            random.one_in(4))
            return mutations_.mutate(base, pool, random, settings_.most_bytes);
        std::string other = mutations_.mutate(base, pool, random, settings_.most_bytes);
        std::string both = base + (base.ends_with('\n') ? "" : "\n") + std::string(pair_separator) + other;
        if (both.size() > largest) both.resize(largest);
        return both;
    }

    void take(const Slot& slot, const Ending& ending) {
        result_.executions += slot.executions;
        result_.useful += slot.useful;
        if (ending.well) return;
        const std::string fault = ending.fault();
        if (!faults_.insert(fault).second) return;
        const std::string name = std::string(settings_.target.name) + "-" + std::to_string(settings_.seed) + "-" +
                                 std::to_string(faults_.size());
        write_bytes(settings_.findings / name, std::string(slot.bytes, slot.size));
        write_bytes(settings_.findings / (name + ".said"), ending.said);
        std::printf("%s: %s\n", (settings_.findings / name).c_str(), fault.c_str());
    }

    const CampaignSettings& settings_;
    const std::vector<std::string>& seeds_;
    const Mutations mutations_;
    Slot* const slots_;
    const Clock::time_point begin_ = Clock::now();
    std::vector<std::string> useful_seeds_;
    std::map<pid_t, Running> running_;
    std::set<std::string> faults_;
    std::uint64_t batches_ = 0;
    CampaignResult result_;
};

}  // namespace

CampaignResult run_campaign(const CampaignSettings& settings, const std::vector<std::string>& seeds) {
    return Campaign(settings, seeds).run();
}

}  // namespace vsm::fuzz
