// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "payloadfiles.h"

#include "posixcalls.h"
#include "syncedfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace QtDelivery {

namespace {

Error cannotBeRead(const QString &name, const QString &why)
{
    return {Error::Code::SourceFailed,
            //: %1 is a file, %2 a few words of the system
            QCoreApplication::translate("QtDelivery", "%1 cannot be read: %2.").arg(name, why)};
}

Error payloadUnreadable()
{
    return {Error::Code::StorageCorrupt,
            QCoreApplication::translate(
                "QtDelivery",
                "The payload cannot be decrypted: its file was changed or cannot be read.")};
}

/*! A device is deleted in the thread that it lives in, whoever has read it last. */
struct DeleteDevice
{
    void operator()(QIODevice *device) const
    {
        if (device->thread() == QThread::currentThread())
            delete device;
        else
            device->deleteLater();
    }
};
using Device = std::unique_ptr<QIODevice, DeleteDevice>;

/*! \brief An open file, as long as it stays what it was. */
class FileSource final : public PayloadSource
{
public:
    /*! Reads from \a descriptor, which \a owner keeps open. */
    FileSource(int descriptor, const struct stat &status, Device owner)
        : m_descriptor(descriptor)
        , m_status(status)
        , m_owner(std::move(owner))
    { }
    ~FileSource() override
    {
        if (!m_owner)
            ::close(m_descriptor);
    }

    quint64 size() const override { return quint64(m_status.st_size); }

    bool read(quint64 offset, char *to, qsizetype size) override
    {
        qsizetype got = 0;
        while (got < size) {
            const ssize_t count = uninterrupted([&] {
                return ::pread(m_descriptor, to + got, size_t(size - got), off_t(offset) + got);
            });
            if (count <= 0)
                return false;
            got += count;
        }
        return isUnchanged(); // after the read: what was read is then of the time before
    }

private:
    [[nodiscard]] bool isUnchanged() const
    {
        struct stat now = {};
        return ::fstat(m_descriptor, &now) == 0 && now.st_size == m_status.st_size
            && now.st_mtim.tv_sec == m_status.st_mtim.tv_sec
            && now.st_mtim.tv_nsec == m_status.st_mtim.tv_nsec;
    }

    const int m_descriptor;
    const struct stat m_status;
    const Device m_owner; // null: the descriptor is this object's
};

/*! \brief Any other device with random access. */
class DeviceSource final : public PayloadSource
{
public:
    explicit DeviceSource(Device device)
        : m_device(std::move(device))
        , m_size(m_device->size())
    { }

    quint64 size() const override { return quint64(m_size); }

    bool read(quint64 offset, char *to, qsizetype size) override
    {
        return m_device->size() == m_size && m_device->seek(qint64(offset))
            && m_device->read(to, size) == size;
    }

private:
    const Device m_device;
    const qint64 m_size;
};

/*! \brief What a source reads, as a device. */
class PayloadDevice final : public QIODevice
{
public:
    explicit PayloadDevice(std::shared_ptr<PayloadSource> source)
        : m_source(std::move(source))
    { }

    bool open(OpenMode mode) override
    {
        char first = 0;
        if (mode.testFlag(WriteOnly) || (size() > 0 && !m_source->read(0, &first, 1))) {
            setErrorString(payloadUnreadable().message());
            return false;
        }
        return QIODevice::open(mode | Unbuffered); // the source has a buffer
    }
    qint64 size() const override { return qint64(m_source->size()); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::min(most, size() - pos());
        if (count > 0 && !m_source->read(quint64(pos()), data, count)) {
            setErrorString(payloadUnreadable().message());
            return -1;
        }
        return std::max(count, qint64(0));
    }
    qint64 writeData(const char * /*data*/, qint64 /*size*/) override { return -1; }

private:
    const std::shared_ptr<PayloadSource> m_source;
};

/*! Renames \a from to \a to unless that is there; errno says why not. */
bool renameExclusively(const QByteArray &from, const QByteArray &to)
{
    if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    // A file system that cannot do both in one step: a name is never taken from somebody else.
    return ::link(from.constData(), to.constData()) == 0 && ::unlink(from.constData()) == 0;
}

} // namespace

Result<std::shared_ptr<PayloadSource>> openPayloadFile(const QString &path)
{
    const QString name = QDir::toNativeSeparators(path);
    const int descriptor = openDescriptor(path, O_RDONLY | O_NONBLOCK); // a pipe is refused below
    struct stat status = {};
    if (descriptor < 0)
        return cannotBeRead(name, qt_error_string(errno));
    if (::fstat(descriptor, &status) < 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        //: %1 is the path of something that is there
        const QString text = QCoreApplication::translate("QtDelivery", "%1 is not a file.");
        return Error(Error::Code::SourceFailed, text.arg(name));
    }
    return std::shared_ptr<PayloadSource>(
        std::make_shared<FileSource>(descriptor, status, nullptr));
}

Result<std::shared_ptr<PayloadSource>> payloadSourceOf(std::unique_ptr<QIODevice> device)
{
    if (!device)
        return Error(Error::Code::InvalidArgument,
                     QCoreApplication::translate("QtDelivery", "There is no device."));
    if (!device->isOpen() && !device->open(QIODevice::ReadOnly))
        return Error(Error::Code::SourceFailed,
                     //: %1 is what the device says
                     QCoreApplication::translate("QtDelivery", "The device cannot be opened: %1.")
                         .arg(device->errorString()));
    if (!device->isReadable() || device->isSequential())
        return Error(Error::Code::InvalidArgument,
                     QCoreApplication::translate(
                         "QtDelivery",
                         "Only a device that can be read at any place can be sent, because parts "
                         "may have to be sent again; write to a file first."));
    struct stat status = {};
    const auto *file = qobject_cast<QFileDevice *>(device.get());
    const int descriptor = file ? file->handle() : -1;
    if (descriptor >= 0 && ::fstat(descriptor, &status) == 0)
        return std::shared_ptr<PayloadSource>(
            std::make_shared<FileSource>(descriptor, status, Device(device.release())));
    return std::shared_ptr<PayloadSource>(std::make_shared<DeviceSource>(Device(device.release())));
}

Error writePayloadFile(PayloadSource &source, const QString &to, bool replaced)
{
    const QString random = QString::number(QRandomGenerator::system()->generate64(), 36);
    const QString part = // hidden, and short: the other name may be as long as there can be
        QStringLiteral("%1/.%2.part").arg(QFileInfo(to).absolutePath(), random);
    SyncedFile file;
    Error error = file.open(part, SyncedFile::Mode::New);
    constexpr quint64 pieceSize = 1 << 20;
    QByteArray piece;
    for (quint64 offset = 0; !error && offset < source.size(); offset += quint64(piece.size())) {
        piece.resize(qsizetype(std::min(pieceSize, source.size() - offset)));
        error = source.read(offset, piece.data(), piece.size())
            ? file.writeAt(qint64(offset), piece)
            : payloadUnreadable();
    }
    file.close();
    if (!error)
        error = movePayloadFile(part, to, replaced);
    if (error)
        (void)removeFile(part); // it is in clear
    return error;
}

Error movePayloadFile(const QString &from, const QString &to, bool replaced)
{
    SyncedFile file;
    if (const Error error = file.open(from, SyncedFile::Mode::Existing))
        return error;
    if (const Error error = file.sync())
        return error;
    const QByteArray source = QFile::encodeName(from);
    const QByteArray target = QFile::encodeName(to);
    const bool isMoved = replaced ? std::rename(source.constData(), target.constData()) == 0
                                  : renameExclusively(source, target);
    if (!isMoved)
        return systemError(FileOperation::Rename, to);
    return syncDirectory(QFileInfo(to).absolutePath());
}

std::unique_ptr<QIODevice> payloadDevice(std::shared_ptr<PayloadSource> source)
{
    return std::make_unique<PayloadDevice>(std::move(source));
}

} // namespace QtDelivery
