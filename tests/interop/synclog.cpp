// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// For LD_PRELOAD: appends the name of each file that is synced to the file $SYNC_LOG.

#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

namespace {

void log(int fd)
{
    const char *const name = getenv("SYNC_LOG");
    const int out = name ? open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (out < 0)
        return;
    char link[64];
    char path[4096];
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof(path) - 1);
    if (length > 0) {
        path[length] = '\n';
        (void)!write(out, path, size_t(length) + 1); // at once, whichever thread it is
    }
    close(out);
}

} // namespace

extern "C" __attribute__((visibility("default"))) int fdatasync(int fd)
{
    using Function = int (*)(int);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "fdatasync"));
    const int result = real(fd);
    log(fd); // when it is done
    return result;
}
