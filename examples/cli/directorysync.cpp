// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "directorysync.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace Cli {

bool syncDirectoryOf(const QString &name)
{
    const QByteArray directory = QFile::encodeName(QFileInfo(name).absolutePath());
    const int fd = ::open(directory.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    // Some file systems cannot, and need not.
    const int number = ::fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
    ::close(fd);
    errno = number;
    return number == 0;
}

} // namespace Cli
