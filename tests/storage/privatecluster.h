// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/sqlconnection.h>

#include <QProcess>
#include <QTemporaryDir>

namespace QtDelivery::Test {

/*! \brief A PostgreSQL server of this process alone: in a temporary directory, on a Unix socket.

    It runs as an unprivileged user and ends with the object; and with the process, however that
   ends. */
class PrivateCluster
{
public:
    PrivateCluster() = default;
    ~PrivateCluster();
    Q_DISABLE_COPY_MOVE(PrivateCluster)

    /*! Why there can be none on this machine; empty if there can. */
    [[nodiscard]] static QString obstacle();

    /*! Creates the cluster, the first time, and starts its server; false if that fails, which is
        printed. */
    [[nodiscard]] bool start();
    /*! As a crash of the server: nothing is written any more. */
    void stop();

    /*! A new, empty schema of the running server: as good as a database. */
    [[nodiscard]] SqlConnection newDatabase();
    /*! Ends every connection to \a connection's database from the server's side. */
    [[nodiscard]] bool terminateBackends(const SqlConnection &connection);

private:
    [[nodiscard]] bool create();
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    [[nodiscard]] SqlConnection maintenance() const;

    QTemporaryDir m_directory;
    QProcess m_server;
    int m_schemas = 0;
};

/*! Executes \a statement once, in a connection of its own; answers the first column of the first
   row, if there is one. Complains if it fails. */
QVariant runSql(const SqlConnection &connection, const QString &statement);

} // namespace QtDelivery::Test
