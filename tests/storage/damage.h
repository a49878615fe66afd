// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/xxh3.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>
#include <QtEndian>

namespace QtDelivery::Test {

inline QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline bool write(const QString &path, const QByteArray &contents)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size();
}

/*! A template for QTemporaryDir: in memory, if there is such a place. For files that are damaged by
 * the hundred. */
inline QString inMemory()
{
    const QFileInfo shared(QStringLiteral("/dev/shm"));
    const QString base =
        shared.isDir() && shared.isWritable() ? shared.filePath() : QDir::tempPath();
    return base + QStringLiteral("/damage-XXXXXX");
}

/*! The only file in \a directory. */
inline QString onlyFileIn(const QString &directory)
{
    const QStringList names = QDir(directory).entryList(QDir::Files);
    return names.size() == 1 ? QDir(directory).filePath(names.first()) : QString();
}

/*! One way to damage a file. */
struct Damage
{
    QByteArray what; //!< for people
    QByteArray contents;
};

/*! \a whole, cut after each number of bytes up to its own. */
inline Damage truncated(const QByteArray &whole, qsizetype size)
{
    return {"cut after byte " + QByteArray::number(size), whole.first(size)};
}

/*! \a whole, with all bits of \a mask changed in one byte. */
inline Damage flipped(const QByteArray &whole, qsizetype at, int mask)
{
    QByteArray contents = whole;
    contents[at] = char(contents[at] ^ mask);
    return {"byte " + QByteArray::number(at) + " changed by " + QByteArray::number(mask), contents};
}

/*! Makes \a copy one that \a version has written, whole; see storage/alternatingcopies.h. */
inline void resealAsVersion(QByteArray *copy, quint32 version)
{
    constexpr qsizetype checksumBytes = 8;
    constexpr qsizetype versionAt = 12;
    qToLittleEndian(version, copy->data() + versionAt);
    qToLittleEndian(xxh3(QByteArrayView(*copy).sliced(checksumBytes)), copy->data());
}

} // namespace QtDelivery::Test
