// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "world.h"

#include <QTest>

#include <csignal>
#include <cstdio>

using namespace QtDelivery::Simulation;

/*! \brief Both machines in thousands of worlds, in virtual time.

    QTDELIVERY_SIM_SEEDS=n runs seeds 1 … n of each row; QTDELIVERY_SIM_SEED=n runs that one alone
   and prints its flight record. */
class tst_Simulation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void random_data();
    void random();
    void regression_data();
    void regression();

private:
    static void runWorld(const Scenario &scenario, quint64 seed, bool showFlight = false);
};

namespace {

constexpr quint64 DefaultSeeds = 1000;

const char *runningRow = "";
quint64 runningSeed = 0;

/*! A world that ends in an assertion or worse must be found again, too. */
void reportCrash(int signal)
{
    std::fprintf(stderr, "crashed in row \"%s\", seed %llu\n", runningRow,
                 static_cast<unsigned long long>(runningSeed));
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

const Scenario *findScenario(const QString &name)
{
    for (const Scenario &scenario : scenarios()) {
        if (QLatin1String(scenario.name) == name)
            return &scenario;
    }
    return nullptr;
}

} // namespace

void tst_Simulation::initTestCase()
{
    std::signal(SIGABRT, reportCrash);
    std::signal(SIGSEGV, reportCrash);
}

void tst_Simulation::runWorld(const Scenario &scenario, quint64 seed, bool showFlight)
{
    runningRow = scenario.name;
    runningSeed = seed;
    const QByteArray failure = World(scenario, seed).run();
    if (failure.isEmpty() && !showFlight)
        return;
    World again(scenario, seed); // the same, but with the recorder on
    again.recordFlight();
    QCOMPARE(again.run(), failure); // otherwise the seed is not all there is to it
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
    const auto add = [](const char *what, const char *name, quint64 seed) {
        QTest::newRow(what) << QString::fromLatin1(name) << seed;
    };
    add("H12 a repeated Attach had everything in flight sent again", "very slow link", 1);
    add("the same, when Attach had to wait for the link", "back-pressure of the link", 899);
    add("a repeated Attach was answered with another number", "RND-04 lossy, only flow control", 3);
    add("holes that were confirmed meanwhile stayed to be transmitted", "reordered", 11);
    add("after a take-over both sides counted bytes from different numbers",
        "take-over between processes", 78);
    add("after a take-over a lost Request left both sides waiting",
        "take-over between processes, lossy", 174);
    add("a resume without resending confirmed what was not processed", "cuts, only flow control",
        6);
    add("an epoch of the former producer incarnation was believed",
        "take-over while producers restart", 6);
}

/*! Seeds that failed before a machine was mended. They say something only as long as their row, and
 * what the world draws from a seed, stays as it was. */
void tst_Simulation::regression()
{
    QFETCH(const QString, name);
    QFETCH(const quint64, seed);
    runWorld(*findScenario(name), seed);
}

QTEST_APPLESS_MAIN(tst_Simulation)
#include "tst_simulation.moc"
