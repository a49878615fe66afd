// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "progressfile.h"

#include "alternatingcopies.h"
#include "keyerrors.h"
#include "posixcalls.h"
#include "sealedstate.h"
#include "storedposition.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QIODevice>

namespace QtDelivery {

namespace {

constexpr quint32 Magic = 0x50434451; // "QDCP" in the file

/*! As much of \a id as is safe in a file's name. */
QString readable(const QString &id)
{
    constexpr qsizetype longest = 40;
    QString text = id.left(longest);
    for (QChar &c : text) {
        const bool isSafe = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z')
            || (c >= u'0' && c <= u'9') || c == u'-';
        if (!isSafe)
            c = u'_';
    }
    return text;
}

QByteArray encodedPosition(const StoredPosition &stored)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << stored;
    return bytes;
}

/*! Makes of what was written with \a keys what it would be without. */
Error decrypt(const CipherKeys *keys, const QString &path, NewestCopy *copy)
{
    if (copy->isEncrypted)
        return decryptState(keys, path, copy->serial, &copy->state);
    return keys ? progressNotEncrypted(path) : Error();
}

} // namespace

QString ProgressFile::fileName(const QString &consumerId, const QString &producerId)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(consumerId.toUtf8());
    hash.addData(QByteArrayView("\0", 1));
    hash.addData(producerId.toUtf8());
    constexpr int digits = 32;
    return QStringLiteral("%1.%2.%3.progress")
        .arg(readable(consumerId), readable(producerId),
             QString::fromLatin1(hash.result().toHex().left(digits)));
}

Error ProgressFile::open(const QString &directory, const QString &consumerId,
                         const QString &producerId)
{
    close();
    m_consumerId = consumerId;
    m_position = {.producerId = producerId, .streamId = {}, .confirmedSeqNr = 0, .context = {}};
    Error error = openFile(directory, QDir(directory).filePath(fileName(consumerId, producerId)));
    if (!error)
        error = m_file.lock();
    if (!error)
        error = read();
    if (error)
        close();
    else
        m_gauge->noteSize(FileBytes, 1);
    return error;
}

Error ProgressFile::openFile(const QString &directory, const QString &path)
{
    if (!QFileInfo::exists(path)) {
        if (const Error error = makeSyncedDirectory(directory))
            return error;
        const Result<QByteArray> copy = copyOf(m_position, 1);
        if (!copy)
            return copy.error();
        if (const Error error = createSyncedFile(path, copy->leftJustified(FileBytes, '\0')))
            return error;
    }
    return m_file.open(path, SyncedFile::Mode::Existing);
}

Error ProgressFile::read()
{
    QByteArray bytes;
    if (const Error error = m_file.read(FileBytes + 1, &bytes))
        return error;
    if (bytes.size() != FileBytes)
        return {Error::Code::StorageCorrupt,
                //: %1 is a file, %2 and %3 are numbers of bytes
                QCoreApplication::translate("QtDelivery",
                                            "%1 is damaged: it has %2 bytes instead of %3.")
                    .arg(QDir::toNativeSeparators(m_file.path()))
                    .arg(QFileInfo(m_file.path()).size())
                    .arg(FileBytes)};
    NewestCopy newest;
    if (const Error error =
            findNewestCopy({bytes.first(SlotBytes), bytes.last(SlotBytes)}, Magic, m_file.path(),
                           LoneCopy::Counts, &newest, CopyVersion::Encrypted))
        return error;
    if (const Error error = decrypt(m_keys.get(), m_file.path(), &newest))
        return error;
    if (const Error error = take(newest.state))
        return error;
    m_serial = newest.serial;
    m_next = 1 - newest.index;
    return {};
}

/*! The position is what \a state says. */
Error ProgressFile::take(const QByteArray &state)
{
    StoredPosition stored;
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    stream >> stored;
    if (stream.status() != QDataStream::Ok || !stream.atEnd())
        return damaged(m_file.path());
    if (stored.consumerId != m_consumerId || stored.position.producerId != m_position.producerId)
        return {Error::Code::InvalidArgument,
                //: %1 is a file, %2 the id of a consumer, %3 the id of a producer
                QCoreApplication::translate("QtDelivery",
                                            "%1 holds the position of consumer \"%2\" in the "
                                            "messages of producer \"%3\".")
                    .arg(QDir::toNativeSeparators(m_file.path()), stored.consumerId,
                         stored.position.producerId)};
    m_position = stored.position;
    return {};
}

/*! What a slot holds if it is \a position. */
Result<QByteArray> ProgressFile::copyOf(const ConsumerPosition &position, quint64 serial) const
{
    const QByteArray state = encodedPosition({m_consumerId, position});
    if (!m_keys)
        return sealCopy(Magic, serial, state);
    const QByteArray encrypted = encryptState(*m_keys, serial, state);
    if (encrypted.isEmpty())
        return noCipher(m_keys.get(), m_file.path(), m_keys->ids().constFirst());
    return sealCopy(Magic, serial, encrypted, CopyVersion::Encrypted);
}

void ProgressFile::close()
{
    m_file.close();
    m_position = {};
}

Error ProgressFile::write(const ConsumerPosition &position)
{
    if (!m_file.isOpen() || position.producerId != m_position.producerId)
        return notLoadedError(position.producerId);
    if (const Error error = contextError(position, MaxContextBytes))
        return error;
    const Result<QByteArray> copy = copyOf(position, m_serial + 1);
    if (!copy)
        return copy.error();
    if (copy->size() > SlotBytes)
        return {Error::Code::LimitReached,
                QCoreApplication::translate(
                    "QtDelivery",
                    "A position cannot be recorded: the ids of consumer and producer are too "
                    "long.")};
    if (const Error error = m_file.writeAt(m_next * SlotBytes, *copy))
        return error;
    if (const Error error = m_gauge->timed([this] { return m_file.sync(); }))
        return error;
    ++m_serial;
    m_next = 1 - m_next;
    m_position = position;
    return {};
}

} // namespace QtDelivery
