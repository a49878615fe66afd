// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/durableproducerqueue.h>

#include <QTest>

#include <limits>

using namespace QtDelivery;
using Step = DurableProducerState::Step;
using Confirmed = QMap<QString, qint64>;

namespace {

const QString Q1 = QStringLiteral("q1");
const QString Q2 = QStringLiteral("q2");

DurableMessage message(qint64 seqNr, const QByteArray &payload, const QString &qualifier = {})
{
    return {.seqNr = seqNr, .payload = payload, .context = {}, .qualifier = qualifier};
}

DurableProducerState stateOf(const QList<DurableMessage> &messages)
{
    DurableProducerState state;
    for (const DurableMessage &each : messages)
        state.addMessageSent(each);
    return state;
}

/*! 1, 2 of q1 and 3, 4 of q2. */
DurableProducerState stateOfTwo()
{
    return stateOf(
        {message(1, "a", Q1), message(2, "b", Q1), message(3, "c", Q2), message(4, "d", Q2)});
}

QList<qint64> numbers(const DurableProducerState &state)
{
    QList<qint64> result;
    for (const DurableMessage &each : state.unconfirmed)
        result += each.seqNr;
    return result;
}

} // namespace

class tst_DurableProducerState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyAtFirst();
    void dq01_add();
    void dq02_confirm();
    void dq03_messagesAreNeverPartial();
    void contextIsThatOfTheLast();
    void stepOf_data();
    void stepOf();
    void eq04_confirmIsIdempotent();
    void confirmBeyondTheLastMessage_data();
    void confirmBeyondTheLastMessage();
    void confirmOfWhatNeverWas_data();
    void confirmOfWhatNeverWas();
    void s28_confirmPerQualifier();
    void s28_highestIsTheMaximum();
    void h57_highestIsNoLowWaterMark();
    void h49_numberingGoesOnWithNothingUnconfirmed();
    void eq06_dropQualifier();
    void dropUnknownQualifier();
    void copiesAreValues();
};

void tst_DurableProducerState::emptyAtFirst()
{
    const DurableProducerState state;
    QVERIFY(state.streamId.isNull());
    QCOMPARE(state.generation, 0);
    QCOMPARE(state.currentSeqNr, 1);
    QCOMPARE(state.highestConfirmedSeqNr, 0);
    QVERIFY(state.confirmedSeqNr.isEmpty());
    QVERIFY(state.unconfirmed.isEmpty());
    QVERIFY(state.context.isEmpty());
}

void tst_DurableProducerState::dq01_add()
{
    DurableProducerState state;
    state.addMessageSent(message(1, "a"));
    QCOMPARE(state.unconfirmed, QList<DurableMessage>{message(1, "a")});
    QCOMPARE(state.currentSeqNr, 2);
    state.addMessageSent(message(2, "b"));
    QCOMPARE(state.unconfirmed, (QList<DurableMessage>{message(1, "a"), message(2, "b")}));
    QCOMPARE(state.currentSeqNr, 3);
    QCOMPARE(state.highestConfirmedSeqNr, 0);
}

void tst_DurableProducerState::dq02_confirm()
{
    DurableProducerState state = stateOf({message(1, "a"), message(2, "b")});
    QVERIFY(state.confirm(1, {}));
    QCOMPARE(state.unconfirmed, QList<DurableMessage>{message(2, "b")});
    QCOMPARE(state.currentSeqNr, 3);
    QCOMPARE(state.highestConfirmedSeqNr, 1);
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{QString(), 1}}));
}

// Elsewhere a large message is several entries, of which the last ones may be missing. Here one
// message is one entry, whatever its size, so each prefix of what was stored is whole and nothing
// has to be dropped.
void tst_DurableProducerState::dq03_messagesAreNeverPartial()
{
    const QByteArray large(4 << 20, 'x');
    DurableProducerState state = stateOf({message(1, "a"), message(2, large)});
    QCOMPARE(numbers(state), (QList<qint64>{1, 2}));
    QCOMPARE(state.currentSeqNr, 3);
    QCOMPARE(state.unconfirmed.last().payload.size(), large.size());
    QVERIFY(state.confirm(1, {}));
    QVERIFY(state.unconfirmed == QList<DurableMessage>{message(2, large)});
}

void tst_DurableProducerState::contextIsThatOfTheLast()
{
    DurableMessage first = message(1, "a");
    first.context = "line 1";
    DurableProducerState state = stateOf({first});
    QCOMPARE(state.context, QByteArray("line 1"));
    QVERIFY(state.confirm(1, {}));
    QCOMPARE(state.context, QByteArray("line 1"));
    state.addMessageSent(message(2, "b"));
    QCOMPARE(state.context, QByteArray());
}

void tst_DurableProducerState::stepOf_data()
{
    QTest::addColumn<qint64>("current");
    QTest::addColumn<qint64>("seqNr");
    QTest::addColumn<Step>("step");

    constexpr qint64 most = std::numeric_limits<qint64>::max();
    QTest::newRow("the first") << qint64(1) << qint64(1) << Step::New;
    QTest::newRow("zero") << qint64(1) << qint64(0) << Step::Impossible;
    QTest::newRow("negative") << qint64(5) << qint64(-1) << Step::Impossible;
    QTest::newRow("zero later") << qint64(5) << qint64(0) << Step::Impossible;
    QTest::newRow("second at first") << qint64(1) << qint64(2) << Step::Impossible;
    QTest::newRow("oldest") << qint64(5) << qint64(1) << Step::Known;
    QTest::newRow("last stored") << qint64(5) << qint64(4) << Step::Known;
    QTest::newRow("next") << qint64(5) << qint64(5) << Step::New;
    QTest::newRow("one left out") << qint64(5) << qint64(6) << Step::Impossible;
    QTest::newRow("far beyond") << qint64(5) << most << Step::Impossible;
    QTest::newRow("least number") << qint64(5) << -most - 1 << Step::Impossible;
    QTest::newRow("large numbers") << most << most - 1 << Step::Known;
}

void tst_DurableProducerState::stepOf()
{
    QFETCH(const qint64, current);
    QFETCH(const qint64, seqNr);
    QFETCH(const Step, step);

    DurableProducerState state;
    state.currentSeqNr = current;
    QCOMPARE(state.stepOf(seqNr), step);
}

void tst_DurableProducerState::eq04_confirmIsIdempotent()
{
    DurableProducerState state = stateOf({message(1, "a"), message(2, "b"), message(3, "c")});
    QVERIFY(state.confirm(2, {}));
    const DurableProducerState confirmed = state;
    QVERIFY(!state.confirm(1, {}));
    QCOMPARE(state, confirmed);
    QVERIFY(!state.confirm(2, {}));
    QCOMPARE(state, confirmed);
    QVERIFY(state.confirm(3, {}));
}

void tst_DurableProducerState::confirmBeyondTheLastMessage_data()
{
    QTest::addColumn<qint64>("seqNr");

    QTest::newRow("by one") << qint64(3);
    QTest::newRow("by all") << std::numeric_limits<qint64>::max();
}

void tst_DurableProducerState::confirmBeyondTheLastMessage()
{
    QFETCH(const qint64, seqNr);

    DurableProducerState state = stateOf({message(1, "a"), message(2, "b")});
    QVERIFY(state.confirm(seqNr, {}));
    QCOMPARE(state.highestConfirmedSeqNr, 2);
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{QString(), 2}}));
    QCOMPARE(state.currentSeqNr, 3);
    state.addMessageSent(message(3, "c"));
    QCOMPARE(numbers(state), QList<qint64>{3});
}

void tst_DurableProducerState::confirmOfWhatNeverWas_data()
{
    QTest::addColumn<qint64>("seqNr");

    QTest::newRow("zero") << qint64(0);
    QTest::newRow("negative") << qint64(-7);
    QTest::newRow("nothing stored") << qint64(1);
}

void tst_DurableProducerState::confirmOfWhatNeverWas()
{
    QFETCH(const qint64, seqNr);

    DurableProducerState state;
    QVERIFY(!state.confirm(seqNr, Q1));
    QCOMPARE(state, DurableProducerState());
}

void tst_DurableProducerState::s28_confirmPerQualifier()
{
    DurableProducerState state = stateOfTwo();
    QVERIFY(state.confirm(1, Q1));
    QCOMPARE(numbers(state), (QList<qint64>{2, 3, 4}));
    QVERIFY(state.confirm(3, Q2));
    QCOMPARE(numbers(state), (QList<qint64>{2, 4}));
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{Q1, 1}, {Q2, 3}}));
    QVERIFY(state.confirm(4, QStringLiteral("nobody's")));
    QCOMPARE(numbers(state), (QList<qint64>{2, 4}));
}

void tst_DurableProducerState::s28_highestIsTheMaximum()
{
    DurableProducerState state = stateOfTwo();
    QVERIFY(state.confirm(3, Q2));
    QCOMPARE(state.highestConfirmedSeqNr, 3);
    QVERIFY(state.confirm(2, Q1));
    QCOMPARE(state.highestConfirmedSeqNr, 3);
    QVERIFY(state.confirm(4, Q2));
    QCOMPARE(state.highestConfirmedSeqNr, 4);
}

void tst_DurableProducerState::h57_highestIsNoLowWaterMark()
{
    DurableProducerState state = stateOfTwo();
    QVERIFY(state.confirm(4, Q2));
    QCOMPARE(state.highestConfirmedSeqNr, 4);
    QCOMPARE(numbers(state), (QList<qint64>{1, 2}));
    QVERIFY(state.confirm(1, Q1)); // lower than the highest, and news all the same
    QCOMPARE(numbers(state), QList<qint64>{2});
}

void tst_DurableProducerState::h49_numberingGoesOnWithNothingUnconfirmed()
{
    DurableProducerState state = stateOf({message(1, "a"), message(2, "b")});
    QVERIFY(state.confirm(2, {}));
    QVERIFY(state.unconfirmed.isEmpty());
    QCOMPARE(state.stepOf(1), Step::Known);
    QCOMPARE(state.stepOf(3), Step::New);
    state.addMessageSent(message(3, "c"));
    QCOMPARE(numbers(state), QList<qint64>{3});
}

void tst_DurableProducerState::eq06_dropQualifier()
{
    DurableProducerState state = stateOfTwo();
    QVERIFY(state.confirm(1, Q1));
    QVERIFY(state.confirm(4, Q2));
    QVERIFY(!state.dropQualifier(Q1)); // 2 is unconfirmed
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{Q1, 1}, {Q2, 4}}));
    QVERIFY(state.confirm(2, Q1));
    QVERIFY(state.dropQualifier(Q1));
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{Q2, 4}}));
    QCOMPARE(state.highestConfirmedSeqNr, 4);
    QCOMPARE(state.currentSeqNr, 5);
    QVERIFY(!state.dropQualifier(Q1));
}

void tst_DurableProducerState::dropUnknownQualifier()
{
    DurableProducerState state = stateOfTwo();
    const DurableProducerState before = state;
    QVERIFY(!state.dropQualifier(QStringLiteral("unknown")));
    QVERIFY(!state.dropQualifier({}));
    QCOMPARE(state, before);
}

void tst_DurableProducerState::copiesAreValues()
{
    const DurableProducerState before = stateOfTwo();
    DurableProducerState after = before;
    QVERIFY(after.confirm(2, Q1));
    QCOMPARE(numbers(before), (QList<qint64>{1, 2, 3, 4}));
    QVERIFY(before != after);
    QCOMPARE(before, stateOfTwo());
}

QTEST_APPLESS_MAIN(tst_DurableProducerState)
#include "tst_durableproducerstate.moc"
