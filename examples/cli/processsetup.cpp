// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "processsetup.h"

#include <QByteArray>

#include <cerrno>
#include <clocale>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace Cli {

void reserveStandardStreams()
{
    // The wrong access mode on purpose: using the stream then fails as if it were still closed.
    constexpr int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
        if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            // open() takes the lowest free number, which is this one.
            [[maybe_unused]] const int opened = ::open("/dev/null", modes[fd]);
            Q_ASSERT(opened == fd);
        }
    }
}

void preferUtf8Locale()
{
    const char *locale = std::setlocale(LC_CTYPE, "");
    if (locale && std::strcmp(locale, "C") != 0 && std::strcmp(locale, "POSIX") != 0)
        return;
    // The language asked for can be spoken even where its locale is not installed.
    for (const char *name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const QByteArray language = qgetenv(name);
        if (language.isEmpty())
            continue;
        const bool isNone = language.startsWith("C.") || language == "C" || language == "POSIX";
        if (!isNone && qEnvironmentVariableIsEmpty("LANGUAGE"))
            qputenv("LANGUAGE", language.left(language.indexOf('.')));
        break;
    }
    qputenv("LC_ALL", QByteArrayLiteral("C.UTF-8"));
}

} // namespace Cli
