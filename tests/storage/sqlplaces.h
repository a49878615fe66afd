// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "privatecluster.h"

#include <QTest>

#include <memory>

namespace QtDelivery::Test {

/*! \brief New databases for tests that are run with each engine: global data of the test. */
class SqlPlaces
{
public:
    static void addRows()
    {
        QTest::addColumn<QString>("engine");
        QTest::newRow("sqlite") << QStringLiteral("QSQLITE");
        QTest::newRow("postgresql") << QStringLiteral("QPSQL");
    }

    [[nodiscard]] static bool isSqlite()
    {
        QFETCH_GLOBAL(const QString, engine);
        return engine == QLatin1StringView("QSQLITE");
    }

    /*! Why the engine of this row cannot be tested on this machine; empty if it can. */
    [[nodiscard]] static QString obstacle()
    {
        return isSqlite() ? QString() : PrivateCluster::obstacle();
    }

    /*! Starts the server, if need be. */
    [[nodiscard]] bool start()
    {
        if (isSqlite())
            return m_directory.isValid();
        if (m_cluster)
            return true;
        m_cluster = std::make_unique<PrivateCluster>();
        return m_cluster->start();
    }

    [[nodiscard]] SqlConnection newDatabase()
    {
        if (!isSqlite())
            return m_cluster->newDatabase();
        return {.driver = QStringLiteral("QSQLITE"),
                .databaseName = m_directory.filePath(QStringLiteral("%1.db").arg(++m_files))};
    }

    [[nodiscard]] PrivateCluster *cluster() { return m_cluster.get(); }

private:
    QTemporaryDir m_directory;
    int m_files = 0;
    std::unique_ptr<PrivateCluster> m_cluster;
};

/*! Calls a slot of \a Base that QtTest does not call, because the derived class has one of the same
    name. */
template <typename Base> void callSlotOf(QObject *object, const char *slot)
{
    const QMetaObject &meta = Base::staticMetaObject;
    QVERIFY(meta.method(meta.indexOfMethod(slot)).invoke(object, Qt::DirectConnection));
}

} // namespace QtDelivery::Test
