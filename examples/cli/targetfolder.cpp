// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "targetfolder.h"

#include "directorysync.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace Cli {

namespace {

/*! The file at \a path holds what \a delivery does. */
bool hasSameBytes(const QString &path, const QtDelivery::Delivery &delivery)
{
    QFile file(path);
    const std::unique_ptr<QIODevice> payload = delivery.openPayload();
    if (!file.open(QIODevice::ReadOnly) || file.isSequential() || !payload->isOpen()
        || file.size() != payload->size())
        return false;
    constexpr qint64 piece = 1 << 20;
    while (!file.atEnd()) {
        const QByteArray bytes = file.read(piece);
        if (bytes.isEmpty() || bytes != payload->read(piece))
            return false;
    }
    return true;
}

} // namespace

TargetFolder::TargetFolder(const QString &path, bool replaces)
    : m_path(path)
    , m_replaces(replaces)
{ }

TargetFolder::~TargetFolder()
{
    (void)QDir().rmdir(spool()); // stays if there is something in it
}

QString TargetFolder::spool() const
{
    return QDir(m_path).filePath(QStringLiteral(".qtdelivery"));
}

QString TargetFolder::prepare() const
{
    const bool isReady = QDir().mkpath(spool()) && QFileInfo(spool()).isWritable();
    return isReady ? QString() : tr("Files cannot be written into %1.").arg(m_path);
}

bool TargetFolder::isSafeName(const QString &name)
{
    const bool hasControl = std::any_of(name.cbegin(), name.cend(), [](QChar c) {
        return c == u'/' || c.category() == QChar::Other_Control;
    });
    // A leading dot: hidden files, "." and "..", and the folder of what is arriving.
    return !name.isEmpty() && !hasControl && !name.startsWith(u'.')
        && QFile::encodeName(name).size() <= 255;
}

QString TargetFolder::store(const QtDelivery::Delivery &delivery) const
{
    const QString name = delivery.name();
    if (name.isEmpty())
        return tr("Message %1 has no name; 'send --file' gives one.").arg(delivery.seqNr());
    if (!isSafeName(name))
        return tr("The sender calls a file '%1'; such a name is not allowed here.").arg(name);
    const QString path = QDir(m_path).filePath(name);
    const QFileInfo present(path);
    if (!m_replaces && (present.exists() || present.isSymLink()))
        return present.isFile() && !present.isSymLink() && hasSameBytes(path, delivery)
            ? QString()
            : tr("%1 is there already; --force replaces it.").arg(path);
    if (delivery.payloadFile().isEmpty())
        return writeBytes(delivery.payload(), path);
    return delivery.takePayloadFile(path, m_replaces).message();
}

QString TargetFolder::writeBytes(const QByteArray &bytes, const QString &path) const
{
    QTemporaryFile file(QDir(spool()).filePath(QStringLiteral("XXXXXX.small")));
    const bool isWritten = file.open() && file.write(bytes) == bytes.size() && file.flush()
        && ::fdatasync(file.handle()) == 0;
    if (!isWritten)
        return tr("%1 cannot be written: %2.").arg(path, qt_error_string(errno));
    const QByteArray from = QFile::encodeName(file.fileName());
    const QByteArray to = QFile::encodeName(path);
    const int result = m_replaces ? std::rename(from.constData(), to.constData())
                                  : ::link(from.constData(), to.constData());
    return result == 0 && syncDirectoryOf(path)
        ? QString()
        : tr("%1 cannot be written: %2.").arg(path, qt_error_string(errno));
}

} // namespace Cli
