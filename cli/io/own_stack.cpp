#include "cli/io/own_stack.h"

#include <pthread.h>
#include <sys/resource.h>

namespace vsm::cli {
namespace {

struct Call {
    const std::function<int()>& work;
    int result = 0;
};

void* run(void* call) {
    auto& made = *static_cast<Call*>(call);
    made.result = made.work();
    return nullptr;
}

}  // namespace

int on_own_stack(std::size_t bytes, const std::function<int()>& work) {
    rlimit given{};
    if (getrlimit(RLIMIT_STACK, &given) == 0 && given.rlim_cur >= bytes) return work();  // also true without a limit
    Call call{work};
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0) return work();
    const bool begun =
        pthread_attr_setstacksize(&attributes, bytes) == 0 && pthread_create(&thread, &attributes, run, &call) == 0;
    pthread_attr_destroy(&attributes);
    if (!begun) return work();
    pthread_join(thread, nullptr);
    return call.result;
}

}  // namespace vsm::cli
