// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "progressconformance.h"

#include <numeric>

namespace QtDelivery::Test {

namespace {

using Code = Error::Code;
using Kind = ProgressAnswer::Kind;

const QUuid Stream(0x01020304, 0x0506, 0x0708, 9, 10, 11, 12, 13, 14, 15, 16);

QByteArray everyByte()
{
    QByteArray bytes(256, Qt::Uninitialized);
    std::iota(bytes.begin(), bytes.end(), char(0));
    return bytes;
}

ConsumerPosition nothingOf(const QString &producerId)
{
    return {.producerId = producerId, .streamId = {}, .confirmedSeqNr = 0, .context = {}};
}

ConsumerPosition positionOf(const QString &producerId, qint64 seqNr)
{
    ConsumerPosition position = consumerPosition(seqNr);
    position.producerId = producerId;
    return position;
}

} // namespace

QString testConsumerId()
{
    return QStringLiteral("consumer-1");
}

QString testProducerId()
{
    return QStringLiteral("producer-1");
}

ConsumerPosition consumerPosition(qint64 seqNr, const QByteArray &context)
{
    return {.producerId = testProducerId(),
            .streamId = Stream,
            .confirmedSeqNr = seqNr,
            .context = context};
}

ProgressConformance::ProgressConformance(MakePlace makePlace, Traits traits)
    : m_makePlace(std::move(makePlace))
    , m_traits(traits)
{ }

void ProgressConformance::init()
{
    m_violations.clear();
    m_make = m_makePlace();
}

void ProgressConformance::cleanup()
{
    m_make = {};
    QVERIFY2(m_violations.isEmpty(), qPrintable(m_violations.join(QStringLiteral("; "))));
}

std::unique_ptr<ProgressProbe> ProgressConformance::open()
{
    return std::make_unique<ProgressProbe>(m_make(), &m_violations);
}

ConsumerPosition ProgressConformance::reloaded()
{
    return reloaded(testConsumerId(), testProducerId());
}

ConsumerPosition ProgressConformance::reloaded(const QString &consumerId, const QString &producerId)
{
    return open()->loadNow(consumerId, producerId).value_or(nothingOf(QStringLiteral("failed")));
}

void ProgressConformance::unknownPair()
{
    QCOMPARE(reloaded(), nothingOf(testProducerId()));
    QCOMPARE(reloaded(), nothingOf(testProducerId()));
}

void ProgressConformance::recordAndLoadAgain()
{
    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(7, "seven")), Code::NoError);
    QCOMPARE(probe->lastRecorded(), consumerPosition(7, "seven"));
    QCOMPARE(probe->loadNow(testConsumerId(), testProducerId()).value_or(ConsumerPosition()),
             consumerPosition(7, "seven"));
    probe->end();
    QCOMPARE(reloaded(), consumerPosition(7, "seven"));
    QCOMPARE(reloaded(), consumerPosition(7, "seven"));
}

void ProgressConformance::lastRecordWins()
{
    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    for (const qint64 seqNr : {1, 2, 5, 4}) // only the last counts, whatever its number
        QCOMPARE(probe->recordNow(consumerPosition(seqNr)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded(), consumerPosition(4));

    probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(6)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded(), consumerPosition(6));
}

void ProgressConformance::severalRecordsInFlight()
{
    constexpr qint64 count = 200;
    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    for (qint64 n = 1; n <= count; ++n)
        probe->record(consumerPosition(n, QByteArray::number(n)));
    const ConsumerPosition last = consumerPosition(count, QByteArray::number(count));
    QVERIFY2(probe->waitForRecorded(last), qPrintable(probe->lastError()));
    QCOMPARE(probe->recordNow(consumerPosition(count + 1)), Code::NoError);

    qint64 before = 0;
    for (const ProgressAnswer &answer : probe->answers().mid(1)) {
        QCOMPARE(answer.kind, Kind::Recorded);
        QVERIFY(answer.position.confirmedSeqNr > before);
        before = answer.position.confirmedSeqNr;
    }
    QCOMPARE(before, count + 1);
    probe->end();
    QCOMPARE(reloaded(), consumerPosition(count + 1));
}

void ProgressConformance::recordsFromWithinAnAnswer()
{
    constexpr qint64 count = 10;
    auto probe = open();
    ProgressProbe &caller = *probe;
    connect(probe->progress(), &ConsumerProgress::loaded, this,
            [&caller] { caller.record(consumerPosition(1)); });
    connect(probe->progress(), &ConsumerProgress::recorded, this,
            [&caller](const ConsumerPosition &position) {
                if (position.confirmedSeqNr < count)
                    caller.record(consumerPosition(position.confirmedSeqNr + 1));
            });
    probe->load(testConsumerId(), testProducerId());
    QVERIFY2(probe->waitForRecorded(consumerPosition(count)), qPrintable(probe->lastError()));
    QCOMPARE(probe->answers().size(), count + 1);
    probe->end();
    QCOMPARE(reloaded(), consumerPosition(count));
}

void ProgressConformance::answersInOrder()
{
    const QString other = QStringLiteral("producer-2");
    auto probe = open();
    probe->load(testConsumerId(), testProducerId());
    QVERIFY(probe->waitForAnswers(1));
    probe->record(consumerPosition(3));
    probe->load(testConsumerId(), other);
    probe->record(positionOf(other, 9));
    probe->load(testConsumerId(), testProducerId());
    QVERIFY2(probe->waitForAnswers(5), qPrintable(probe->lastError()));

    const QList<ProgressAnswer> &answers = probe->answers();
    QCOMPARE(answers[1].kind, Kind::Recorded);
    QCOMPARE(answers[1].position, consumerPosition(3));
    QCOMPARE(answers[2].kind, Kind::Loaded);
    QCOMPARE(answers[2].position, nothingOf(other));
    QCOMPARE(answers[3].kind, Kind::Recorded);
    QCOMPARE(answers[3].position, positionOf(other, 9));
    QCOMPARE(answers[4].kind, Kind::Loaded);
    QCOMPARE(answers[4].position, consumerPosition(3));
}

void ProgressConformance::contexts_data()
{
    QTest::addColumn<QByteArray>("context");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray(1, '\0');
    QTest::newRow("every byte") << everyByte();
    QTest::newRow("the longest") << QByteArray(m_traits.contextBytes, 'x');
}

void ProgressConformance::contexts()
{
    QFETCH(const QByteArray, context);

    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1, "replaced")), Code::NoError);
    QCOMPARE(probe->recordNow(consumerPosition(2, context)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded(), consumerPosition(2, context));
}

void ProgressConformance::names_data()
{
    QTest::addColumn<QString>("name");

    constexpr int longest = 255; // bytes: the longest id
    QTest::newRow("beyond ASCII") << QStringLiteral("Zürich – 東京 \U0001F4E6");
    QTest::newRow("directories") << QStringLiteral("../a/b\\c:d");
    QTest::newRow("only dots") << QStringLiteral("..");
    QTest::newRow("characters of file formats") << QStringLiteral("%20=[x];'\"@ByteArray(),*?");
    QTest::newRow("spaces around it") << QStringLiteral(" a ");
    QTest::newRow("long") << QString(longest, QLatin1Char('x'));
    QTest::newRow("long, two bytes each") << QString(longest / 2, QChar(0xe4));
}

void ProgressConformance::names()
{
    QFETCH(const QString, name);

    const QString similar = name.chopped(1) + QLatin1Char('~');
    auto probe = open();
    QVERIFY(probe->loadNow(name, similar));
    QCOMPARE(probe->recordNow(positionOf(similar, 2)), Code::NoError);
    QVERIFY(probe->loadNow(name, name));
    QCOMPARE(probe->recordNow(positionOf(name, 1)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded(name, name), positionOf(name, 1));
    QCOMPARE(reloaded(name, similar), positionOf(similar, 2));
    QCOMPARE(reloaded(similar, name), nothingOf(name));
}

void ProgressConformance::severalProducers()
{
    auto probe = open();
    for (int i = 1; i <= 5; ++i) {
        const QString producer = QStringLiteral("p%1").arg(i);
        QVERIFY(probe->loadNow(testConsumerId(), producer));
        QCOMPARE(probe->recordNow(positionOf(producer, i * 10)), Code::NoError);
    }
    probe->end();
    probe = open();
    for (int i = 1; i <= 5; ++i) {
        const QString producer = QStringLiteral("p%1").arg(i);
        QCOMPARE(probe->loadNow(testConsumerId(), producer).value_or(ConsumerPosition()),
                 positionOf(producer, i * 10));
    }
}

void ProgressConformance::severalConsumers()
{
    for (int i = 1; i <= 3; ++i) {
        const QString consumer = QStringLiteral("c%1").arg(i);
        auto probe = open();
        QCOMPARE(probe->loadNow(consumer, testProducerId()).value_or(ConsumerPosition()),
                 nothingOf(testProducerId()));
        QCOMPARE(probe->recordNow(consumerPosition(i)), Code::NoError);
    }
    for (int i = 1; i <= 3; ++i)
        QCOMPARE(reloaded(QStringLiteral("c%1").arg(i), testProducerId()), consumerPosition(i));
}

void ProgressConformance::severalConsumersAtOnce()
{
    if (!m_traits.severalConsumersAtOnce)
        QSKIP("each place serves one object at a time");
    const QString other = QStringLiteral("consumer-2");
    auto first = open();
    auto second = open();
    QVERIFY(first->loadNow(testConsumerId(), testProducerId()));
    QVERIFY2(second->loadNow(other, testProducerId()), qPrintable(second->lastError()));
    QCOMPARE(first->recordNow(consumerPosition(1)), Code::NoError);
    QCOMPARE(second->recordNow(consumerPosition(2)), Code::NoError);
    QCOMPARE(first->recordNow(consumerPosition(3)), Code::NoError);
    first->end();
    second->end();
    QCOMPARE(reloaded(), consumerPosition(3));
    QCOMPARE(reloaded(other, testProducerId()), consumerPosition(2));
}

void ProgressConformance::newStreamReplaces()
{
    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1000, "old")), Code::NoError);
    ConsumerPosition anew = consumerPosition(1, "new");
    anew.streamId = QUuid::createUuid();
    QCOMPARE(probe->recordNow(anew), Code::NoError);
    QCOMPARE(probe->lastRecorded(), anew);
    probe->end();
    QCOMPARE(reloaded(), anew);
}

void ProgressConformance::recordOfAnotherProducerIsRefused()
{
    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
    QCOMPARE(probe->recordNow(positionOf(QStringLiteral("not loaded"), 2)), Code::InvalidArgument);
    QCOMPARE(probe->recordNow(consumerPosition(3)), Code::NoError);
    QCOMPARE(probe->answers().size(), 4);
    probe->end();
    QCOMPARE(reloaded(), consumerPosition(3));
}

void ProgressConformance::secondOwnerIsRefused()
{
    auto first = open();
    QVERIFY(first->loadNow(testConsumerId(), testProducerId()));
    auto second = open();
    QCOMPARE(second->loadError(testConsumerId(), testProducerId()), Code::StorageInUse);
    QCOMPARE(first->recordNow(consumerPosition(1)), Code::NoError);
    QCOMPARE(second->loadError(testConsumerId(), testProducerId()), Code::StorageInUse);
    first->end();
    QCOMPARE(second->loadNow(testConsumerId(), testProducerId()).value_or(ConsumerPosition()),
             consumerPosition(1));
    QCOMPARE(second->recordNow(consumerPosition(2)), Code::NoError);
}

void ProgressConformance::endWithRequestsPending()
{
    auto probe = open();
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
    for (qint64 n = 2; n <= 100; ++n)
        probe->record(consumerPosition(n));
    probe->end();
    QCOMPARE(probe->answers().size(), 2);
    const qint64 reached = reloaded().confirmedSeqNr;
    QVERIFY(reached >= 1);
    QVERIFY(reached <= 100);
    QCOMPARE(reloaded(), consumerPosition(reached));
}

void ProgressConformance::endWhileLoading()
{
    auto probe = open();
    probe->load(testConsumerId(), testProducerId());
    probe->end();
    QVERIFY(probe->answers().isEmpty());
    QCOMPARE(reloaded(), nothingOf(testProducerId()));
}

} // namespace QtDelivery::Test
