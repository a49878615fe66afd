// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "choices.h"
#include "world.h"

#include <QTest>

using namespace QtDelivery;
using namespace QtDelivery::Simulation;

namespace {

enum Choice : unsigned { Deliver, Drop, Duplicate, Cut, RestartConsumer, ChoiceCount };
constexpr const char *ChoiceNames[] = {"deliver", "drop", "duplicate", "cut", "restart"};
static_assert(std::size(ChoiceNames) == ChoiceCount);

/*! \brief Asks for each frame what becomes of it. */
class ChosenWeather final : public Weather
{
public:
    explicit ChosenWeather(Choices &choices)
        : m_choices(choices)
    { }

    /*! The world this is the weather of. */
    void setWorld(World *world) { m_world = world; }

    [[nodiscard]] Fate fate(Side, const Frame &frame) override
    {
        const Fate::Copy copy{.delay = 1ms};
        const bool spared = std::holds_alternative<HelloFrame>(frame)
            || std::holds_alternative<OfferFrame>(frame)
            || std::holds_alternative<WithdrawFrame>(frame);
        switch (spared ? Deliver : m_choices.choose(ChoiceCount)) {
        case Drop:
            return {};
        case Duplicate:
            return {{copy, copy}};
        case Cut:
            later([world = m_world] { world->population().links[0]->cut({}); });
            return {};
        case RestartConsumer:
            later([world = m_world] {
                ConsumerNode &node = *world->population().consumerNodes[0];
                SimulatedConsumer &consumer = *node.consumers()[0];
                node.end(consumer);
                node.begin(consumer);
            });
            return {{copy}};
        default:
            return {{copy}};
        }
    }

private:
    /*! Not in the middle of writing. */
    template <typename What> void later(What what)
    {
        m_world->environment().timeline.after({}, what);
    }

    Choices &m_choices;
    World *m_world = nullptr;
};

QByteArray runWorld(const Scenario &scenario, Choices &choices, QByteArray *flight = nullptr)
{
    auto owned = std::make_unique<ChosenWeather>(choices);
    ChosenWeather &weather = *owned;
    World world(scenario, 1, std::move(owned));
    weather.setWorld(&world);
    if (flight)
        world.recordFlight();
    const QByteArray failure = world.run();
    if (flight)
        *flight = world.environment().recorder.text();
    return failure;
}

} // namespace

/*! \brief Three messages through a window of two, in every world there is up to a depth.

    Each of the first frames is delivered, dropped, doubled, cut off with its link, or followed by a
   restart of the consumer. QTDELIVERY_SIM_DEPTH=n looks n frames deep. */
class tst_Exhaustive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allWorlds_data();
    void allWorlds();
};

void tst_Exhaustive::allWorlds_data()
{
    QTest::addColumn<int>("window");
    QTest::addColumn<bool>("onlyFlowControl");
    QTest::addColumn<bool>("producerRegisters");
    QTest::addColumn<int>("depth");
    QTest::newRow("the consumer registers") << 2 << false << false << 8;
    QTest::newRow("the producer registers") << 2 << false << true << 7;
    QTest::newRow("only flow control") << 2 << true << false << 7;
    QTest::newRow("a window of one") << 1 << false << false << 7;
}

void tst_Exhaustive::allWorlds()
{
    QFETCH(const int, window);
    QFETCH(const bool, onlyFlowControl);
    QFETCH(const bool, producerRegisters);
    QFETCH(int, depth);
    if (qEnvironmentVariableIsSet("QTDELIVERY_SIM_DEPTH"))
        depth = qEnvironmentVariableIntValue("QTDELIVERY_SIM_DEPTH");
    const Scenario scenario{.name = "exhaustive",
                            .messages = 3,
                            .windows = {window},
                            .producerDelay = {},
                            .consumerDelay = {},
                            .onlyFlowControl = onlyFlowControl,
                            .producerRegisters = producerRegisters,
                            .faults = {.unplanned = true}};
    Choices choices{size_t(depth)};
    quint64 worlds = 0;
    do {
        const QByteArray failure = runWorld(scenario, choices);
        ++worlds;
        if (!failure.isEmpty()) {
            QByteArray report = failure + "\nchoices:";
            for (const unsigned choice : choices.chosen())
                report += QByteArray(" ") + ChoiceNames[choice];
            QByteArray flight;
            choices.repeat();
            (void)runWorld(scenario, choices, &flight);
            QFAIL((report + "\nlast events:\n" + flight).constData());
        }
    } while (choices.next());
    qInfo("%llu worlds", worlds);
    // Every world has more frames than choices, so none may be missing.
    quint64 expected = 1;
    for (int i = 0; i < depth; ++i)
        expected *= ChoiceCount;
    QCOMPARE(worlds, expected);
}

QTEST_APPLESS_MAIN(tst_Exhaustive)
#include "tst_exhaustive.moc"
