// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sqlerror.h"

#include <QCoreApplication>

namespace QtDelivery {

namespace {

Error::Code sqliteCode(const QString &native)
{
    switch (native.toInt() & 0xff) { // above are details
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return Error::Code::StorageCorrupt;
    case 13: // SQLITE_FULL
        return Error::Code::StorageFull;
    default:
        return Error::Code::StorageFailed;
    }
}

Error::Code postgresqlCode(const QString &native)
{
    if (native == QLatin1StringView("53100")) // disk_full
        return Error::Code::StorageFull;
    if (native.startsWith(QLatin1StringView("XX00")) && native != QLatin1StringView("XX000"))
        return Error::Code::StorageCorrupt; // data_corrupted, index_corrupted
    return Error::Code::StorageFailed;
}

} // namespace

Error storageError(const QSqlError &error, const QString &driver, const QString &description,
                   const QString &password)
{
    const QString native = error.nativeErrorCode();
    QString words = error.databaseText().trimmed();
    if (words.isEmpty())
        words = error.driverText().trimmed();
    if (!password.isEmpty())
        words.replace(password, QStringLiteral("…"));
    return {driver == QLatin1StringView("QPSQL") ? postgresqlCode(native) : sqliteCode(native),
            //: %1 is the name of a database, %2 what its driver says, untranslated
            QCoreApplication::translate("QtDelivery", "The database %1 has failed: %2.")
                .arg(description, words)};
}

Error missingDriver(const QString &driver)
{
    const QString package = driver == QLatin1StringView("QSQLITE")
        ? QStringLiteral("libqt6sql6-sqlite")
        : driver == QLatin1StringView("QPSQL") ? QStringLiteral("libqt6sql6-psql")
                                               : QString();
    if (package.isEmpty())
        return {
            Error::Code::StorageFailed,
            //: %1 is the name of a driver
            QCoreApplication::translate(
                "QtDelivery", "The database driver \"%1\" is not supported: QSQLITE and QPSQL are.")
                .arg(driver)};
    return {Error::Code::StorageFailed,
            //: %1 is the name of a driver, %2 that of a package
            QCoreApplication::translate(
                "QtDelivery", "The database driver %1 is missing; Debian has it in the package %2.")
                .arg(driver, package)};
}

Error unknownSchema(int version, const QString &description)
{
    return {
        Error::Code::UnknownFormat,
        //: %1 is the name of a database, %2 a number
        QCoreApplication::translate(
            "QtDelivery",
            "The tables in the database %1 are of version %2, which this library does not know.")
            .arg(description)
            .arg(version)};
}

Error takenOver(const QString &producerId, const QString &description)
{
    return {Error::Code::StorageInUse,
            //: %1 is a producer's id, %2 the name of a database
            QCoreApplication::translate(
                "QtDelivery", "Another process has taken over the queue of %1 in the database %2.")
                .arg(producerId, description)};
}

Error progressTakenOver(const QString &consumerId, const QString &description)
{
    return {
        Error::Code::StorageInUse,
        //: %1 is a consumer's id, %2 the name of a database
        QCoreApplication::translate(
            "QtDelivery", "Another process has taken over the progress of %1 in the database %2.")
            .arg(consumerId, description)};
}

} // namespace QtDelivery
