// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "queueconformance.h"

#include "bytesreader.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <numeric>

namespace QtDelivery::Test {

namespace {

using Code = Error::Code;
using Confirmed = QMap<QString, qint64>;

const QString Producer = QStringLiteral("producer-1");
const QString Q1 = QStringLiteral("q1");
const QString Q2 = QStringLiteral("q2");

QByteArray everyByte()
{
    QByteArray bytes(256, Qt::Uninitialized);
    std::iota(bytes.begin(), bytes.end(), char(0));
    return bytes;
}

DurableMessage fileMessage(qint64 seqNr, const QByteArray &bytes)
{
    return {.seqNr = seqNr,
            .payload = {},
            .context = "where",
            .qualifier = {},
            .name = QStringLiteral("file %1").arg(seqNr),
            .reader = std::make_shared<BytesReader>(bytes)};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

/*! 1, 2 of q1 and 3, 4 of q2. */
QList<DurableMessage> messagesOfTwo()
{
    return {durableMessage(1, Q1), durableMessage(2, Q1), durableMessage(3, Q2),
            durableMessage(4, Q2)};
}

} // namespace

DurableMessage durableMessage(qint64 seqNr, const QString &qualifier)
{
    return {.seqNr = seqNr,
            .payload = QByteArray::number(seqNr),
            .context = {},
            .qualifier = qualifier};
}

QList<DurableMessage> durableMessages(qint64 from, qint64 to)
{
    QList<DurableMessage> messages;
    for (qint64 n = from; n <= to; ++n)
        messages += durableMessage(n);
    return messages;
}

QList<qint64> numbersOf(const QList<DurableMessage> &messages)
{
    QList<qint64> numbers;
    for (const DurableMessage &message : messages)
        numbers += message.seqNr;
    return numbers;
}

QueueConformance::QueueConformance(MakePlace makePlace)
    : m_makePlace(std::move(makePlace))
{ }

void QueueConformance::init()
{
    m_violations.clear();
    m_make = m_makePlace();
}

void QueueConformance::cleanup()
{
    m_make = {};
    QVERIFY2(m_violations.isEmpty(), qPrintable(m_violations.join(QStringLiteral("; "))));
}

std::unique_ptr<QueueProbe> QueueConformance::open()
{
    return std::make_unique<QueueProbe>(m_make(), &m_violations);
}

DurableProducerState QueueConformance::reloaded(const QString &producerId)
{
    return open()
        ->loadNow(producerId.isEmpty() ? Producer : producerId)
        .value_or(DurableProducerState());
}

void QueueConformance::emptyAtFirst()
{
    const DurableProducerState state = reloaded();
    QVERIFY(!state.streamId.isNull());
    const DurableProducerState expected{.streamId = state.streamId,
                                        .generation = 1,
                                        .currentSeqNr = 1,
                                        .highestConfirmedSeqNr = 0,
                                        .confirmedSeqNr = {},
                                        .unconfirmed = {},
                                        .context = {}};
    QCOMPARE(state, expected);
}

void QueueConformance::eq01_storeAndLoadAgain()
{
    auto probe = open();
    const auto first = probe->loadNow(Producer);
    QVERIFY(first);
    QCOMPARE(probe->storeNow({durableMessage(1)}), Code::NoError);
    QCOMPARE(probe->lastStored(), 1);
    QCOMPARE(probe->storeNow({durableMessage(2)}), Code::NoError);
    QCOMPARE(probe->lastStored(), 2);
    probe->end();

    DurableProducerState expected = *first;
    expected.generation = 2;
    expected.currentSeqNr = 3;
    expected.unconfirmed = durableMessages(1, 2);
    QCOMPARE(reloaded(), expected);
    expected.generation = 3;
    QCOMPARE(reloaded(), expected);
}

void QueueConformance::generationGrowsAndStreamStays()
{
    DurableProducerState before = reloaded();
    for (int i = 0; i < 5; ++i) {
        const DurableProducerState state = reloaded();
        QVERIFY(state.generation > before.generation);
        QCOMPARE(state.streamId, before.streamId);
        before = state;
    }
    init(); // another place
    QVERIFY(reloaded().streamId != before.streamId);
}

void QueueConformance::eq02_idempotentStore()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    for (const qint64 known : {3, 2, 1}) {
        DurableMessage again = durableMessage(known);
        again.payload = "what was stored first counts";
        QCOMPARE(probe->storeNow({again}), Code::NoError);
        QVERIFY(probe->lastStored() >= known);
    }
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    probe->end();
    const DurableProducerState state = reloaded();
    QCOMPARE(state.currentSeqNr, 4);
    QCOMPARE(state.unconfirmed, durableMessages(1, 3));
}

void QueueConformance::eq02_overlappingBatch()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 2)), Code::NoError);
    probe->confirm(1);
    QCOMPARE(probe->storeNow(durableMessages(1, 4)), Code::NoError);
    QCOMPARE(probe->lastStored(), 4);
    probe->end();
    const DurableProducerState state = reloaded();
    QCOMPARE(state.currentSeqNr, 5);
    QCOMPARE(state.unconfirmed, durableMessages(2, 4));
}

void QueueConformance::gapIsRefused_data()
{
    QTest::addColumn<int>("stored");
    QTest::addColumn<QList<DurableMessage>>("batch");

    QTest::newRow("first is 2") << 0 << durableMessages(2, 2);
    QTest::newRow("first is 0") << 0 << durableMessages(0, 0);
    QTest::newRow("one left out") << 3 << durableMessages(5, 6);
    QTest::newRow("one left out inside the batch")
        << 3 << QList<DurableMessage>{durableMessage(4), durableMessage(6)};
}

void QueueConformance::gapIsRefused()
{
    QFETCH(const int, stored);
    QFETCH(const QList<DurableMessage>, batch);

    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    if (stored > 0)
        QCOMPARE(probe->storeNow(durableMessages(1, stored)), Code::NoError);
    QCOMPARE(probe->storeNow(batch), Code::InvalidArgument);
    QCOMPARE(probe->storeNow(durableMessages(stored + 1, 9)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 9));
}

void QueueConformance::failureLeavesNothingPending()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    probe->store(durableMessages(5, 5)); // refused, and with it what waits behind it
    probe->store(durableMessages(6, 6));
    QCOMPARE(probe->nextAnswer().value_or(QueueAnswer{QueueAnswer::Kind::Loaded}).error.code(),
             Code::InvalidArgument);
    QCOMPARE(probe->storeNow(durableMessages(1, 2)), Code::NoError);
    QCOMPARE(probe->lastStored(), 2);
    QCOMPARE(probe->storeNow(durableMessages(3, 3)), Code::NoError);
    QCOMPARE(probe->answers().size(), 4);
}

void QueueConformance::severalBatchesInFlight()
{
    constexpr qint64 perBatch = 5;
    constexpr qint64 batches = 20;
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    for (qint64 i = 0; i < batches; ++i) {
        probe->store(durableMessages(i * perBatch + 1, (i + 1) * perBatch));
        probe->confirm(i);
    }
    constexpr qint64 last = batches * perBatch;
    QVERIFY2(probe->waitForStored(last), qPrintable(probe->lastError()));
    QCOMPARE(probe->storeNow(durableMessages(last + 1, last + 1)), Code::NoError);

    qint64 before = 0;
    for (const QueueAnswer &answer : probe->answers().mid(1)) {
        QCOMPARE(answer.kind, QueueAnswer::Kind::Stored);
        QVERIFY(answer.seqNr > before);
        QVERIFY(answer.seqNr % perBatch == 0 || answer.seqNr == last + 1);
        before = answer.seqNr;
    }
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(batches, last + 1));
}

void QueueConformance::requestsFromWithinAnAnswer()
{
    auto probe = open();
    QueueProbe &caller = *probe;
    connect(probe->queue(), &DurableProducerQueue::loaded, this,
            [&caller] { caller.store(durableMessages(1, 1)); });
    connect(probe->queue(), &DurableProducerQueue::stored, this, [&caller](qint64 seqNr) {
        caller.confirm(seqNr);
        if (seqNr < 10)
            caller.store(durableMessages(seqNr + 1, seqNr + 1));
    });
    probe->load(Producer);
    QVERIFY2(probe->waitForStored(10), qPrintable(probe->lastError()));
    QCOMPARE(probe->answers().size(), 11);
    probe->end();
    const DurableProducerState state = reloaded();
    QCOMPARE(state.currentSeqNr, 11);
    QCOMPARE(state.unconfirmed, QList<DurableMessage>());
}

void QueueConformance::eq03_confirmAndLoadAgain()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    probe->confirm(2);
    probe->end();
    for (int i = 0; i < 2; ++i) {
        const DurableProducerState state = reloaded();
        QCOMPARE(state.currentSeqNr, 4);
        QCOMPARE(state.highestConfirmedSeqNr, 2);
        QCOMPARE(state.confirmedSeqNr, (Confirmed{{QString(), 2}}));
        QCOMPARE(state.unconfirmed, durableMessages(3, 3));
    }
}

void QueueConformance::eq04_idempotentConfirm()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    for (const qint64 seqNr : {2, 1, 2})
        probe->confirm(seqNr);
    QCOMPARE(probe->storeNow(durableMessages(4, 4)), Code::NoError);
    QCOMPARE(probe->answers().size(), 3); // none for confirm()
    probe->end();
    const DurableProducerState state = reloaded();
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{QString(), 2}}));
    QCOMPARE(state.unconfirmed, durableMessages(3, 4));
}

void QueueConformance::confirmBeyondWhatIsStored()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 2)), Code::NoError);
    probe->confirm(99);
    QCOMPARE(probe->storeNow(durableMessages(3, 3)), Code::NoError);
    probe->end();
    const DurableProducerState state = reloaded();
    QCOMPARE(state.currentSeqNr, 4);
    QCOMPARE(state.highestConfirmedSeqNr, 2);
    QCOMPARE(state.unconfirmed, durableMessages(3, 3));
}

void QueueConformance::s28_confirmPerQualifier()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(messagesOfTwo()), Code::NoError);
    probe->confirm(1, Q1);
    probe->end();
    DurableProducerState state = reloaded();
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{Q1, 1}}));
    QCOMPARE(state.unconfirmed, messagesOfTwo().mid(1));

    probe = open();
    QVERIFY(probe->loadNow(Producer));
    probe->confirm(2, Q1);
    probe->confirm(3, Q2);
    probe->end();
    state = reloaded();
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{Q1, 2}, {Q2, 3}}));
    QCOMPARE(state.highestConfirmedSeqNr, 3);
    QCOMPARE(state.unconfirmed, messagesOfTwo().mid(3));
}

void QueueConformance::h57_highestIsNoLowWaterMark()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(messagesOfTwo()), Code::NoError);
    probe->confirm(4, Q2);
    probe->end();
    const DurableProducerState state = reloaded();
    QCOMPARE(state.currentSeqNr, 5);
    QCOMPARE(state.highestConfirmedSeqNr, 4);
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{Q2, 4}}));
    QCOMPARE(state.unconfirmed, messagesOfTwo().mid(0, 2));
}

void QueueConformance::h49_restartWithNothingUnconfirmed()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 3)), Code::NoError);
    probe->confirm(3);
    probe->end();

    probe = open();
    const auto state = probe->loadNow(Producer);
    QVERIFY(state);
    QCOMPARE(state->currentSeqNr, 4);
    QCOMPARE(state->highestConfirmedSeqNr, 3);
    QVERIFY(state->unconfirmed.isEmpty());
    QCOMPARE(probe->storeNow(durableMessages(4, 4)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(4, 4));
}

void QueueConformance::contexts()
{
    QList<DurableMessage> messages = durableMessages(1, 3);
    messages[0].context = everyByte();
    messages[2].context = "line 17";
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(messages.mid(0, 1)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded().context, everyByte());

    probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(messages.mid(1, 2)), Code::NoError);
    probe->end();
    DurableProducerState state = reloaded();
    QCOMPARE(state.context, QByteArray("line 17"));
    QCOMPARE(state.unconfirmed, messages);

    probe = open();
    QVERIFY(probe->loadNow(Producer));
    probe->confirm(3);
    probe->end();
    state = reloaded();
    QVERIFY(state.unconfirmed.isEmpty());
    QCOMPARE(state.context, QByteArray("line 17"));
}

void QueueConformance::payloads_data()
{
    QTest::addColumn<QByteArray>("payload");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray(1, '\0');
    QTest::newRow("every byte") << everyByte();
    QTest::newRow("64 KiB") << everyByte().repeated(256);
    QTest::newRow("64 KiB and one byte") << everyByte().repeated(256) + 'x';
    QTest::newRow("1 MiB") << everyByte().repeated(4096);
}

void QueueConformance::payloads()
{
    QFETCH(const QByteArray, payload);

    auto probe = open();
    if (probe->queue()->maxBytes() < payload.size())
        QSKIP("longer than this queue's maxBytes()");
    QVERIFY(probe->loadNow(Producer));
    QList<DurableMessage> messages = durableMessages(1, 2);
    messages[1].payload = payload;
    QCOMPARE(probe->storeNow(messages), Code::NoError);
    probe->end();
    const DurableProducerState state = reloaded();
    QCOMPARE(state.unconfirmed.size(), 2);
    QVERIFY(state.unconfirmed == messages);
}

void QueueConformance::names_data()
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

void QueueConformance::names()
{
    QFETCH(const QString, name);

    auto probe = open();
    QVERIFY(probe->loadNow(name));
    const QList<DurableMessage> messages{durableMessage(1, name), durableMessage(2, Q1),
                                         durableMessage(3, name)};
    QCOMPARE(probe->storeNow(messages), Code::NoError);
    probe->confirm(1, name);
    probe->end();
    const DurableProducerState state = reloaded(name);
    QCOMPARE(state.confirmedSeqNr, (Confirmed{{name, 1}}));
    QCOMPARE(state.unconfirmed, messages.mid(1));
}

void QueueConformance::otherProducerIsRefused()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, 2)), Code::NoError);
    probe->end();

    probe = open();
    QCOMPARE(probe->loadError(QStringLiteral("producer-2")), Code::InvalidArgument);
    QVERIFY2(probe->lastError().contains(Producer), qPrintable(probe->lastError()));
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 2));
}

void QueueConformance::secondOwnerIsRefused()
{
    auto first = open();
    QVERIFY(first->loadNow(Producer));
    auto second = open();
    QCOMPARE(second->loadError(Producer), Code::StorageInUse);
    QCOMPARE(first->storeNow(durableMessages(1, 2)), Code::NoError);
    QCOMPARE(second->loadError(Producer), Code::StorageInUse);
    first->end();
    const auto state = second->loadNow(Producer);
    QVERIFY2(state, qPrintable(second->lastError()));
    QCOMPARE(state->unconfirmed, durableMessages(1, 2));
    QCOMPARE(second->storeNow(durableMessages(3, 3)), Code::NoError);
}

void QueueConformance::takesAsManyMessagesAsItSays()
{
    constexpr qint64 enough = 2000;
    auto probe = open();
    const qint64 count = std::min(probe->queue()->maxMessages(), enough);
    QVERIFY(count >= 1);
    QVERIFY(probe->loadNow(Producer));
    QCOMPARE(probe->storeNow(durableMessages(1, count)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, count));
}

void QueueConformance::lastMessageMayPassTheByteLimit()
{
    constexpr qint64 most = 4 << 20;
    auto probe = open();
    const qint64 limit = probe->queue()->maxBytes();
    QVERIFY(limit >= 1);
    if (limit > most)
        QSKIP("much data: maxBytes() is beyond what is tried here");
    QVERIFY(probe->loadNow(Producer));
    QList<DurableMessage> messages = durableMessages(1, 2);
    messages[0].payload = QByteArray(limit - 1, 'x');
    messages[1].payload = QByteArray(limit, 'y');
    QCOMPARE(probe->storeNow(messages.mid(0, 1)), Code::NoError);
    QCOMPARE(probe->storeNow(messages.mid(1)), Code::NoError);
    probe->end();
    QVERIFY(reloaded().unconfirmed == messages);
}

void QueueConformance::h51_endWithRequestsPending()
{
    auto probe = open();
    const auto before = probe->loadNow(Producer);
    QVERIFY(before);
    QCOMPARE(probe->storeNow(durableMessages(1, 10)), Code::NoError);
    probe->store(durableMessages(11, 20));
    probe->store(durableMessages(21, 30));
    probe->end();

    const DurableProducerState state = reloaded();
    QCOMPARE(state.streamId, before->streamId);
    QVERIFY(state.currentSeqNr >= 11);
    QVERIFY(state.currentSeqNr <= 31);
    QCOMPARE(state.unconfirmed, durableMessages(1, state.currentSeqNr - 1));
}

void QueueConformance::endWhileLoading()
{
    auto probe = open();
    probe->load(Producer);
    probe->end();
    QVERIFY(!reloaded().streamId.isNull());
    QVERIFY(probe->answers().isEmpty());
}

// ---- with takesFiles()

void QueueConformance::filesOrNone()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    if (!probe->queue()->takesFiles()) {
        QCOMPARE(probe->queue()->payloadFile(1), QString());
        return;
    }
    const QByteArray bytes = QByteArray(300'000, 'a') + "the end";
    const DurableMessage message = fileMessage(2, bytes);
    QCOMPARE(probe->storeNow({durableMessage(1), message, durableMessage(3)}), Code::NoError);
    QVERIFY(probe->waitForStored(3));
    QVERIFY(contentOf(probe->queue()->payloadFile(2)) == bytes);
    QCOMPARE(probe->storeNow({message}), Code::NoError); // idempotent
    probe->end();

    probe = open();
    const auto state = probe->loadNow(Producer);
    QVERIFY(state);
    QCOMPARE(state->unconfirmed.size(), 3);
    const DurableMessage &loaded = state->unconfirmed[1];
    QCOMPARE(loaded.fileSize, qint64(bytes.size()));
    QCOMPARE(loaded.payload, QByteArray());
    QVERIFY(!loaded.reader);
    QCOMPARE(loaded.name, message.name);
    QCOMPARE(loaded.context, message.context);
    QVERIFY(loaded.digest.isEmpty()
            || loaded.digest == QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256));
    QVERIFY(contentOf(probe->queue()->payloadFile(2)) == bytes);
}

void QueueConformance::confirmedFileIsRemoved()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    if (!probe->queue()->takesFiles())
        return;
    QCOMPARE(probe->storeNow({fileMessage(1, "first"), fileMessage(2, "second")}), Code::NoError);
    QVERIFY(probe->waitForStored(2));
    const QString first = probe->queue()->payloadFile(1);
    const QString second = probe->queue()->payloadFile(2);
    probe->confirm(1);
    QTRY_VERIFY(!QFile::exists(first));
    QCOMPARE(contentOf(second), QByteArray("second"));
    probe->end();
    QCOMPARE(reloaded().unconfirmed.size(), 1);
}

void QueueConformance::namesAndSkippedNumbers()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    if (!probe->queue()->takesFiles())
        return;
    DurableMessage named = durableMessage(1);
    named.name = QStringLiteral("ä name");
    DurableMessage skipped = durableMessage(2);
    skipped.payload.clear();
    skipped.isSkipped = true;
    QCOMPARE(probe->storeNow({named, skipped}), Code::NoError);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, (QList<DurableMessage>{named, skipped}));
}

/*! What was before is stored and answered; the number can be used for something else. */
void QueueConformance::fileThatCannotBeRead()
{
    auto probe = open();
    QVERIFY(probe->loadNow(Producer));
    if (!probe->queue()->takesFiles())
        return;
    DurableMessage unreadable = fileMessage(2, QByteArray(3'000'000, 'x'));
    unreadable.reader =
        std::make_shared<BytesReader>(QByteArray(3'000'000, 'x'), 2'500'000); // up to there
    probe->store({durableMessage(1), unreadable, durableMessage(3)});
    QTRY_VERIFY(!probe->answers().isEmpty()
                && probe->answers().last().kind == QueueAnswer::Kind::Failed);
    QCOMPARE(probe->answers().last().error.code(), Code::SourceFailed);
    QCOMPARE(probe->lastStored(), 1);
    QCOMPARE(probe->storeNow(durableMessages(2, 3)), Code::NoError);
    probe->end();
    QCOMPARE(reloaded().unconfirmed, durableMessages(1, 3));
}

} // namespace QtDelivery::Test
