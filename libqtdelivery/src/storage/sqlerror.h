// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>
#include <QtDelivery/sqlconnection.h>

#include <QSqlError>

namespace QtDelivery {

/*! What \a error of the driver \a driver means: \a description says which database, \a password is
   not repeated. */
[[nodiscard]] Error storageError(const QSqlError &error, const QString &driver,
                                 const QString &description, const QString &password = {});

/*! \a driver is not there; names the package that has it. */
[[nodiscard]] Error missingDriver(const QString &driver);
/*! The tables are of \a version, which this library does not know. */
[[nodiscard]] Error unknownSchema(int version, const QString &description);
/*! Another owner has counted the epoch up. */
[[nodiscard]] Error takenOver(const QString &producerId, const QString &description);
/*! The same of a consumer's progress. */
[[nodiscard]] Error progressTakenOver(const QString &consumerId, const QString &description);

} // namespace QtDelivery
