// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "world.h"

#include <QTest>

using namespace QtDelivery::Simulation;

/*! \brief Both machines in thousands of worlds, in virtual time.

    QTDELIVERY_SIM_SEEDS=n runs seeds 1 … n of each row; QTDELIVERY_SIM_SEED=n runs that one alone
   and prints its flight record. */
class tst_Simulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void random_data();
    void random();
    void regression_data();
    void regression();

private:
    static void runWorld(const Scenario &scenario, quint64 seed, bool showFlight = false);
};

namespace {

constexpr quint64 DefaultSeeds = 1000;

const Scenario *findScenario(const QString &name)
{
    for (const Scenario &scenario : scenarios()) {
        if (QLatin1String(scenario.name) == name)
            return &scenario;
    }
    return nullptr;
}

} // namespace

void tst_Simulation::runWorld(const Scenario &scenario, quint64 seed, bool showFlight)
{
    QByteArray failure = World(scenario, seed).run();
    if (failure.isEmpty() && !showFlight)
        return;
    World again(scenario, seed); // the same, but with the recorder on
    again.recordFlight();
    failure = again.run();
    const QByteArray flight = again.environment().recorder.text();
    if (failure.isEmpty()) {
        qInfo("%s", flight.constData());
        return;
    }
    const QByteArray report = failure + "\nlast events:\n" + flight + "replay: QTDELIVERY_SIM_SEED="
        + QByteArray::number(seed) + " ./tst_simulation \"random:" + scenario.name + '"';
    QFAIL(report.constData());
}

void tst_Simulation::random_data()
{
    QTest::addColumn<QString>("name");
    for (const Scenario &scenario : scenarios())
        QTest::newRow(scenario.name) << QString::fromLatin1(scenario.name);
}

void tst_Simulation::random()
{
    QFETCH(const QString, name);
    const Scenario &scenario = *findScenario(name);
    if (qEnvironmentVariableIsSet("QTDELIVERY_SIM_SEED")) {
        runWorld(scenario, qgetenv("QTDELIVERY_SIM_SEED").toULongLong(), true);
        return;
    }
    bool given = false;
    const quint64 wanted = qgetenv("QTDELIVERY_SIM_SEEDS").toULongLong(&given);
    const quint64 seeds = given ? wanted : DefaultSeeds;
    for (quint64 seed = 1; seed <= seeds && !QTest::currentTestFailed(); ++seed)
        runWorld(scenario, seed);
}

void tst_Simulation::regression_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<quint64>("seed");
    QTest::newRow("tmp") << QStringLiteral("no faults") << quint64(1);
}

/*! Seeds that once failed. */
void tst_Simulation::regression()
{
    QFETCH(const QString, name);
    QFETCH(const quint64, seed);
    runWorld(*findScenario(name), seed);
}

QTEST_APPLESS_MAIN(tst_Simulation)
#include "tst_simulation.moc"
