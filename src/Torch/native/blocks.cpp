// A training step asks for the same large blocks in every layer and every step. Through malloc they are mapped, cleared page by page and unmapped
// each time, or lie scattered in the heap: that cost 8 % of a step's processor time and 1 GB beyond the live tensors (docs/decisions.md).
// Here released blocks are kept for the next request of their size. Kept and live blocks together never exceed what was once live.
#include "blocks.h"

#include <sys/mman.h>

#include <algorithm>
#include <list>
#include <map>
#include <mutex>

namespace {

struct Kept {
    void* block;
    size_t size;
};

class BlockCache {
  public:
    void* take(size_t bytes, size_t& size) {
        bytes = (bytes + page - 1) & ~(page - 1);
        std::lock_guard<std::mutex> lock(mutex);
        // Up to an eighth larger will do.
        auto fit = by_size.lower_bound(bytes);
        if (fit != by_size.end() && fit->first - bytes <= bytes / 8) {
            void* block = fit->second->block;
            size = fit->first;
            forget(fit);
            use(size);
            return block;
        }
        size_t before = most;
        use(bytes);
        while (!oldest_first.empty() && live + kept > most) drop_oldest();
        void* block = map(bytes);
        while (block == nullptr && !oldest_first.empty()) {
            drop_oldest();
            block = map(bytes);
        }
        if (block == nullptr) {
            live -= bytes;
            most = before;
        }
        size = bytes;
        return block;
    }

    void release(void* block, size_t size) {
        std::lock_guard<std::mutex> lock(mutex);
        live -= size;
        kept += size;
        oldest_first.push_back({block, size});
        by_size.emplace(size, std::prev(oldest_first.end()));
    }

  private:
    static constexpr size_t page = 4096;
    using Order = std::list<Kept>;
    using BySize = std::multimap<size_t, Order::iterator>;

    static void* map(size_t bytes) {
        void* block = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return block == MAP_FAILED ? nullptr : block;
    }

    void use(size_t size) {
        live += size;
        most = std::max(most, live);
    }

    void forget(BySize::iterator entry) {
        kept -= entry->first;
        oldest_first.erase(entry->second);
        by_size.erase(entry);
    }

    void drop_oldest() {
        auto oldest = oldest_first.begin();
        auto [first, last] = by_size.equal_range(oldest->size);
        auto entry = std::find_if(first, last, [&](auto& e) { return e.second == oldest; });
        munmap(oldest->block, oldest->size);
        forget(entry);
    }

    std::mutex mutex;
    Order oldest_first;
    BySize by_size;
    size_t live = 0, kept = 0, most = 0;
};

// Never destroyed: tensors are released until the process ends.
BlockCache& cache() {
    static auto* instance = new BlockCache;
    return *instance;
}

}  // namespace

namespace mg {

void* take_block(size_t bytes, size_t& size) { return cache().take(bytes, size); }

void release_block(void* block, size_t size) { cache().release(block, size); }

}  // namespace mg
