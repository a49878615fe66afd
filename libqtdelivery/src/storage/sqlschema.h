// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

class QSqlDatabase;

namespace QtDelivery {

/*! Version of the tables that this library writes. */
inline constexpr int SqlSchemaVersion = 1;

/*! Creates the tables in \a database, which has no transaction open, or brings them to this
   version. \a description is for messages, \a password must not appear in them. */
[[nodiscard]] Error prepareSchema(QSqlDatabase &database, const QString &description,
                                  const QString &password = {});

} // namespace QtDelivery
