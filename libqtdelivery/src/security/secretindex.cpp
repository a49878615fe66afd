// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "secretindex.h"

#include "words/text.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

namespace QtDelivery {

namespace {

constexpr quint32 IndexMagic = 0x51444349; // "QDCI"
constexpr quint32 IndexVersion = 1;
constexpr qsizetype HeadBytes = 100; // that a head has beside the first part, at most
constexpr qint32 MaxParts = 10'000;

QDataStream &operator<<(QDataStream &stream, const SecretPieces &pieces)
{
    return stream << pieces.token << pieces.count << pieces.digest;
}

QDataStream &operator>>(QDataStream &stream, SecretPieces &pieces)
{
    return stream >> pieces.token >> pieces.count >> pieces.digest;
}

QByteArray encodeContent(const SecretIndex &index)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << qint32(index.secrets.size());
    for (auto it = index.secrets.cbegin(); it != index.secrets.cend(); ++it)
        stream << it.key() << it.value();
    stream << qint32(index.garbage.size());
    for (const SecretPieces &pieces : index.garbage)
        stream << pieces;
    return bytes;
}

} // namespace

QString pieceKey(const QString &token, int number)
{
    return QStringLiteral("piece/%1/%2").arg(token).arg(number);
}

QString indexHeadKey()
{
    return QStringLiteral("index");
}

QString indexPartKey(quint64 serial, int number)
{
    return QStringLiteral("index/%1/%2").arg(serial % 2).arg(number);
}

QByteArrayList splitBytes(const QByteArray &bytes, qsizetype most)
{
    QByteArrayList pieces;
    qsizetype at = 0;
    do {
        pieces += bytes.mid(at, most);
        at += most;
    } while (at < bytes.size());
    return pieces;
}

QByteArray secretDigest(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QByteArrayList encodeIndex(const SecretIndex &index)
{
    const QByteArray content = encodeContent(index);
    QByteArrayList parts = splitBytes(content, MaxEntryBytes - HeadBytes);
    QByteArray head;
    QDataStream stream(&head, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << IndexMagic << IndexVersion << index.serial << qint32(parts.size() - 1)
           << secretDigest(content) << parts.first();
    parts.first() = head;
    return parts;
}

Result<IndexHead> decodeIndexHead(const QByteArray &entry)
{
    QDataStream stream(entry);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    quint32 version = 0;
    IndexHead head;
    stream >> magic >> version;
    if (stream.status() == QDataStream::Ok && magic == IndexMagic && version > IndexVersion)
        return Error(Error::Code::UnknownFormat,
                     Text::tr("What the keychain holds was written by a newer version, which this "
                              "one cannot read."));
    stream >> head.serial >> head.parts >> head.digest >> head.first;
    const bool isWhole = stream.status() == QDataStream::Ok && stream.atEnd() && magic == IndexMagic
        && version == IndexVersion && head.parts >= 0 && head.parts <= MaxParts;
    if (!isWhole)
        return secretsDamaged();
    return head;
}

Result<SecretIndex> decodeIndex(const IndexHead &head, const QByteArray &bytes)
{
    if (secretDigest(bytes) != head.digest)
        return secretsDamaged();
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    SecretIndex index{.serial = head.serial};
    qint32 count = 0;
    stream >> count;
    for (qint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        QString name;
        SecretPieces pieces;
        stream >> name >> pieces;
        index.secrets.insert(name, pieces);
    }
    stream >> count;
    for (qint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        SecretPieces pieces;
        stream >> pieces;
        index.garbage.append(pieces);
    }
    if (stream.status() != QDataStream::Ok || !stream.atEnd())
        return secretsDamaged();
    return index;
}

Error secretsDamaged()
{
    return {Error::Code::StorageCorrupt,
            Text::tr("What the keychain holds of this program is damaged: something was changed or "
                     "removed in it.")};
}

} // namespace QtDelivery
