// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "descriptor.h"

#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace Cli {

bool writeFully(int fd, const QByteArray &bytes)
{
    for (qsizetype offset = 0; offset < bytes.size();) {
        const ssize_t count =
            ::write(fd, bytes.constData() + offset, size_t(bytes.size() - offset));
        if (count >= 0) {
            offset += count;
        } else if (errno == EAGAIN) {
            pollfd descriptor{fd, POLLOUT, 0};
            ::poll(&descriptor, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

} // namespace Cli
