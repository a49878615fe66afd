// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/sqlconnection.h>

#include <QCoreApplication>
#include <QUrlQuery>

namespace QtDelivery {

namespace {

Error badUrl(const QUrl &url)
{
    return {Error::Code::InvalidUrl,
            //: %1 is what was given, without a password
            QCoreApplication::translate("QtDelivery",
                                        "%1 is no address of a database: sqlite:/path/file.db or "
                                        "postgresql://user@host:port/database.")
                .arg(url.toDisplayString(QUrl::RemovePassword | QUrl::RemoveQuery))};
}

Result<SqlConnection> postgresql(const QUrl &url)
{
    SqlConnection connection{.driver = QStringLiteral("QPSQL"),
                             .databaseName = url.path(QUrl::FullyDecoded).mid(1),
                             .hostName = url.host(),
                             .port = url.port(),
                             .userName = url.userName(),
                             .password = url.password(QUrl::FullyDecoded),
                             .options = {}};
    QStringList options;
    for (const auto &[key, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded)) {
        if (key == QLatin1StringView("host"))
            connection.hostName = value;
        else if (key == QLatin1StringView("user"))
            connection.userName = value;
        else if (key == QLatin1StringView("password"))
            connection.password = value;
        else if (key != QLatin1StringView("port"))
            options += key + u'=' + value;
        else if (bool isNumber = false; (connection.port = value.toInt(&isNumber)) < 1 || !isNumber)
            return badUrl(url);
    }
    connection.options = options.join(u';');
    if (!url.path().startsWith(u'/') || connection.databaseName.isEmpty()
        || connection.databaseName.contains(u'/'))
        return badUrl(url);
    return connection;
}

} // namespace

Result<SqlConnection> SqlConnection::fromUrl(const QUrl &url)
{
    if (url.isValid() && url.scheme() == QLatin1StringView("postgresql"))
        return postgresql(url);
    const QString path = url.path(QUrl::FullyDecoded);
    if (!url.isValid() || url.scheme() != QLatin1StringView("sqlite") || path.isEmpty()
        || path.endsWith(u'/') || !url.host().isEmpty())
        return badUrl(url);
    return SqlConnection{.driver = QStringLiteral("QSQLITE"), .databaseName = path};
}

Result<SqlConnection> SqlConnection::fromUrl(const QString &url)
{
    return fromUrl(QUrl(url, QUrl::StrictMode));
}

QString SqlConnection::description() const
{
    if (hostName.isEmpty())
        return databaseName;
    //: %1 is the name of a database, %2 that of its server
    return QCoreApplication::translate("QtDelivery", "%1 on %2").arg(databaseName, hostName);
}

} // namespace QtDelivery
