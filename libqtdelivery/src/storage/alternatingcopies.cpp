// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "alternatingcopies.h"

#include "core/xxh3.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QtEndian>

#include <algorithm>

namespace QtDelivery {

namespace {

Q_LOGGING_CATEGORY(lcCopies, "qtdelivery.storage")

constexpr qsizetype MagicAt = 8;
constexpr qsizetype VersionAt = 12;
constexpr qsizetype SerialAt = 16;
constexpr qsizetype LengthAt = 24;

struct Copy
{
    enum class Kind { Blank, Whole, Damaged, Newer };

    Kind kind = Kind::Damaged;
    quint64 serial = 0;
    bool isEncrypted = false;
    QByteArrayView state;
};

template <typename T> T numberAt(QByteArrayView bytes, qsizetype offset)
{
    return qFromLittleEndian<T>(bytes.data() + offset);
}

Copy readCopy(QByteArrayView bytes, quint32 magic, CopyVersion newest)
{
    const QByteArrayView head = bytes.first(std::min(bytes.size(), CopyHeaderSize));
    if (std::all_of(head.begin(), head.end(), [](char c) { return c == 0; }))
        return {.kind = Copy::Kind::Blank, .state = {}};
    if (head.size() < CopyHeaderSize || numberAt<quint32>(bytes, MagicAt) != magic)
        return {};
    const auto length = numberAt<quint64>(bytes, LengthAt);
    if (length > quint64(bytes.size() - CopyHeaderSize))
        return {};
    const QByteArrayView whole = bytes.first(CopyHeaderSize + qsizetype(length));
    if (numberAt<quint64>(whole, 0) != xxh3(whole.sliced(MagicAt)))
        return {};
    const auto version = numberAt<quint32>(whole, VersionAt);
    if (version < quint32(CopyVersion::Plain) || version > quint32(newest))
        return {.kind = Copy::Kind::Newer, .state = {}};
    return {.kind = Copy::Kind::Whole,
            .serial = numberAt<quint64>(whole, SerialAt),
            .isEncrypted = version == quint32(CopyVersion::Encrypted),
            .state = whole.sliced(CopyHeaderSize)};
}

Error damagedCopy(const QString &path, int index)
{
    return {Error::Code::StorageCorrupt,
            //: %1 is a file, %2 is 1 or 2
            QCoreApplication::translate(
                "QtDelivery",
                "%1 is damaged: copy %2 in it is not whole, and may have been the newer one.")
                .arg(QDir::toNativeSeparators(path), QString::number(index + 1))};
}

} // namespace

QByteArray sealCopy(quint32 magic, quint64 serial, QByteArrayView state, CopyVersion version)
{
    QByteArray copy(CopyHeaderSize, Qt::Uninitialized);
    qToLittleEndian(magic, copy.data() + MagicAt);
    qToLittleEndian(quint32(version), copy.data() + VersionAt);
    qToLittleEndian(serial, copy.data() + SerialAt);
    qToLittleEndian(quint64(state.size()), copy.data() + LengthAt);
    copy += state;
    qToLittleEndian(xxh3(QByteArrayView(copy).sliced(MagicAt)), copy.data());
    return copy;
}

Error findNewestCopy(const std::array<QByteArray, 2> &copies, quint32 magic, const QString &path,
                     LoneCopy lone, NewestCopy *out, CopyVersion newestVersion)
{
    using Kind = Copy::Kind;
    const std::array<Copy, 2> read{readCopy(copies[0], magic, newestVersion),
                                   readCopy(copies[1], magic, newestVersion)};
    if (read[0].kind == Kind::Newer || read[1].kind == Kind::Newer)
        return {Error::Code::UnknownFormat,
                //: %1 is a file
                QCoreApplication::translate(
                    "QtDelivery", "%1 was written by a newer version, which this one cannot read.")
                    .arg(QDir::toNativeSeparators(path))};
    if (read[0].kind != Kind::Whole && read[1].kind != Kind::Whole)
        return damaged(path);
    int newest = read[0].kind == Kind::Whole ? 0 : 1;
    if (read[1].kind == Kind::Whole && read[1].serial > read[newest].serial)
        newest = 1;
    const Copy &copy = read.at(newest);
    const Kind other = read.at(1 - newest).kind;
    if (other != Kind::Whole && lone == LoneCopy::Refused)
        return damagedCopy(path, 1 - newest);
    if (other == Kind::Damaged)
        qCWarning(lcCopies) << "One of the two copies in" << path
                            << "is damaged; going on with the other one";
    *out = {.index = newest,
            .serial = copy.serial,
            .isEncrypted = copy.isEncrypted,
            .state = copy.state.toByteArray()};
    return {};
}

Error damaged(const QString &path)
{
    return {Error::Code::StorageCorrupt,
            //: %1 is a file
            QCoreApplication::translate("QtDelivery", "%1 is damaged: no copy in it is whole.")
                .arg(QDir::toNativeSeparators(path))};
}

} // namespace QtDelivery
