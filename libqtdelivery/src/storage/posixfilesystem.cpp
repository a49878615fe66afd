// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "posixfilesystem.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace QtDelivery {

namespace {

constexpr mode_t FileMode = 0600; // messages are nobody else's business
constexpr mode_t DirectoryMode = 0700;
constexpr qint64 ZeroBlock = 1 << 16;

Error systemError(const QString &path, int number)
{
    const bool isFull = number == ENOSPC || number == EDQUOT || number == EFBIG;
    //: %1 is the path of a file or a directory, %2 what the system says is wrong with it
    return {
        isFull ? Error::Code::StorageFull : Error::Code::StorageFailed,
        QCoreApplication::translate("QtDelivery", "%1: %2.").arg(path, qt_error_string(number))};
}

Error endsTooSoon(const QString &path)
{
    //: %1 is the path of a file
    return {Error::Code::StorageFailed,
            QCoreApplication::translate("QtDelivery", "%1 is shorter than it was.").arg(path)};
}

/*! Calls \a call until no signal interrupts it. */
template <typename Call> auto uninterrupted(Call call)
{
    auto result = call();
    while (result < 0 && errno == EINTR)
        result = call();
    return result;
}

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    { }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    const int m_number;
};

int openPath(const QString &path, int flags)
{
    const QByteArray name = QFile::encodeName(path);
    return uninterrupted([&] { return ::open(name.constData(), flags | O_CLOEXEC, FileMode); });
}

class PosixFile final : public File
{
public:
    PosixFile(int descriptor, QString path)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
    { }

    Result<qint64> size() override
    {
        struct stat status = {};
        if (::fstat(m_descriptor.number(), &status) < 0)
            return systemError(m_path, errno);
        return qint64(status.st_size);
    }

    Error read(qint64 offset, char *data, qint64 size) override
    {
        while (size > 0) {
            const ssize_t got = uninterrupted(
                [&] { return ::pread(m_descriptor.number(), data, size_t(size), offset); });
            if (got < 0)
                return systemError(m_path, errno);
            if (got == 0)
                return endsTooSoon(m_path);
            data += got;
            offset += got;
            size -= got;
        }
        return {};
    }

    Error write(qint64 offset, QByteArrayView bytes) override
    {
        while (!bytes.isEmpty()) {
            const ssize_t put = uninterrupted([&] {
                return ::pwrite(m_descriptor.number(), bytes.data(), size_t(bytes.size()), offset);
            });
            if (put < 0)
                return systemError(m_path, errno);
            offset += put;
            bytes = bytes.sliced(put);
        }
        return {};
    }

    Error sync() override
    {
        // Not repeated when a signal interrupts it: what it did by then is unknown.
        return ::fdatasync(m_descriptor.number()) == 0 ? Error() : systemError(m_path, errno);
    }

private:
    const Descriptor m_descriptor;
    const QString m_path;
};

class PosixLock final : public FileLock
{
public:
    explicit PosixLock(int descriptor)
        : m_descriptor(descriptor)
    { }

private:
    const Descriptor m_descriptor;
};

/*! Who has locked \a descriptor says so in it; 0 if that cannot be read. */
qint64 readOwner(int descriptor)
{
    char text[32] = {};
    const ssize_t size = ::pread(descriptor, text, sizeof(text) - 1, 0);
    return size > 0 ? QByteArrayView(text, size).trimmed().toLongLong() : 0;
}

Error inUse(const QString &directory, qint64 owner)
{
    if (owner == 0) {
        //: %1 is the path of a directory
        return {Error::Code::StorageInUse,
                QCoreApplication::translate("QtDelivery", "%1 is in use by another owner.")
                    .arg(directory)};
    }
    //: %1 is the path of a directory, %2 the number of a process
    return {Error::Code::StorageInUse,
            QCoreApplication::translate("QtDelivery", "%1 is in use by process %2.")
                .arg(directory, QString::number(owner))};
}

} // namespace

PosixFileSystem::PosixFileSystem(QString directory)
    : m_directory(std::move(directory))
{ }

QString PosixFileSystem::path(const QString &name) const
{
    return QDir(m_directory).filePath(name);
}

Error PosixFileSystem::createDirectory()
{
    const QFileInfo info(m_directory);
    if (info.isDir())
        return {};
    if (const QString parent = info.absolutePath(); parent != m_directory) {
        PosixFileSystem above(parent);
        if (Error error = above.createDirectory())
            return error;
        if (::mkdir(QFile::encodeName(m_directory).constData(), DirectoryMode) < 0
            && errno != EEXIST)
            return systemError(m_directory, errno);
        return above.syncDirectory();
    }
    return {};
}

Result<QStringList> PosixFileSystem::list()
{
    DIR *directory = ::opendir(QFile::encodeName(m_directory).constData());
    if (directory == nullptr)
        return systemError(m_directory, errno);
    QStringList names;
    errno = 0;
    while (const dirent *entry = ::readdir(directory))
        names.append(QFile::decodeName(entry->d_name));
    const int number = errno;
    ::closedir(directory);
    if (number != 0)
        return systemError(m_directory, number);
    return names;
}

Result<std::unique_ptr<FileLock>> PosixFileSystem::lock(const QString &name)
{
    const int descriptor = openPath(path(name), O_RDWR | O_CREAT);
    if (descriptor < 0)
        return systemError(path(name), errno);
    std::unique_ptr<FileLock> lock = std::make_unique<PosixLock>(descriptor);
    if (uninterrupted([&] { return ::flock(descriptor, LOCK_EX | LOCK_NB); }) < 0) {
        if (errno != EWOULDBLOCK)
            return systemError(path(name), errno);
        return inUse(m_directory, readOwner(descriptor));
    }
    // Only for the message above: whether it is written does not matter.
    const QByteArray owner = QByteArray::number(qint64(::getpid())) + '\n';
    if (::ftruncate(descriptor, 0) == 0)
        (void)!::pwrite(descriptor, owner.constData(), size_t(owner.size()), 0);
    return lock;
}

Result<std::unique_ptr<File>> PosixFileSystem::open(const QString &name, Access access)
{
    const int descriptor = openPath(path(name), access == Access::Read ? O_RDONLY : O_RDWR);
    if (descriptor < 0)
        return systemError(path(name), errno);
    return std::unique_ptr<File>(std::make_unique<PosixFile>(descriptor, path(name)));
}

Result<std::unique_ptr<File>> PosixFileSystem::create(const QString &name, qint64 size)
{
    // A new file, not an old one cut: what the old one held must not come back.
    const QByteArray encoded = QFile::encodeName(path(name));
    if (::unlink(encoded.constData()) < 0 && errno != ENOENT)
        return systemError(path(name), errno);
    const int descriptor = openPath(path(name), O_RDWR | O_CREAT | O_EXCL);
    if (descriptor < 0)
        return systemError(path(name), errno);
    auto file = std::make_unique<PosixFile>(descriptor, path(name));
    // Written, not only reserved: a first write into reserved blocks changes metadata at every
    // sync.
    const QByteArray zeros(ZeroBlock, '\0');
    for (qint64 offset = 0; offset < size; offset += ZeroBlock) {
        const qint64 length = std::min(ZeroBlock, size - offset);
        if (Error error = file->write(offset, QByteArrayView(zeros).first(length))) {
            ::unlink(encoded.constData());
            return error;
        }
    }
    return std::unique_ptr<File>(std::move(file));
}

Error PosixFileSystem::rename(const QString &from, const QString &to)
{
    if (std::rename(QFile::encodeName(path(from)).constData(),
                    QFile::encodeName(path(to)).constData())
        < 0)
        return systemError(path(from), errno);
    return {};
}

Error PosixFileSystem::remove(const QString &name)
{
    if (::unlink(QFile::encodeName(path(name)).constData()) < 0 && errno != ENOENT)
        return systemError(path(name), errno);
    return {};
}

Error PosixFileSystem::syncDirectory()
{
    const Descriptor directory(openPath(m_directory, O_RDONLY | O_DIRECTORY));
    if (!directory.isOpen() || ::fsync(directory.number()) < 0)
        return systemError(m_directory, errno);
    return {};
}

} // namespace QtDelivery
