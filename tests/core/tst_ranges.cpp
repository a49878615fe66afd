// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "goldenframes.h"

#include <core/consumermachine.h>
#include <core/framedecoder.h>
#include <core/producermachine.h>

#include <QCryptographicHash>
#include <QTest>

#include <functional>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace std::chrono_literals;

// Messages in ranges: a producer's and a consumer's machine, frame by frame.

namespace {

constexpr qsizetype Chunk = 1000;

ProducerConfig producerConfig()
{
    ProducerConfig config;
    config.maxMessageSize = 64 << 20;
    config.maxUnconfirmedBytes = 256 << 20;
    config.chunkSize = Chunk;
    return config;
}

ConsumerConfig consumerConfig(quint64 windowBytes = 1 << 20)
{
    ConsumerConfig config;
    config.windowBytes = windowBytes;
    config.maxRangedSize = 64 << 20;
    return config;
}

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 + i / 257);
    return bytes;
}

/*! Bytes that are read when they are wanted, or not. */
class Source final : public PayloadSource
{
public:
    explicit Source(QByteArray bytes, quint64 *readable)
        : m_bytes(std::move(bytes))
        , m_readable(readable)
    { }
    quint64 size() const override { return quint64(m_bytes.size()); }
    bool read(quint64 offset, char *to, qsizetype size) override
    {
        if (offset + quint64(size) > *m_readable)
            return false;
        std::copy_n(m_bytes.constData() + offset, size, to);
        return true;
    }

private:
    const QByteArray m_bytes;
    quint64 *const m_readable;
};

/*! Both machines and the link between them. */
class Flow
{
public:
    explicit Flow(const ConsumerConfig &config = consumerConfig())
        : consumer(QStringLiteral("c"), Incarnation{3, 4}, config)
    {
        producer.start();
        consumer.start();
        consumer.setProducer(QStringLiteral("p"));
        attach();
    }

    void attach()
    {
        consumer.attach(++m_channel, now);
        exchange();
    }

    void loseLink()
    {
        producer.handleLinkLost();
        consumer.handleLinkLost();
    }

    [[nodiscard]] bool send(const QByteArray &payload)
    {
        takeEvents();
        return producer.send(payload) == ProducerMachine::SendOutcome::Accepted;
    }

    /*! Until nothing moves, or until \a maxRanges ranges have arrived. */
    void exchange(int maxRanges = std::numeric_limits<int>::max())
    {
        for (bool moves = true; moves && ranges < maxRanges && violation == Reason::None;) {
            QByteArray toProducer;
            FrameWriter up(toProducer);
            while (consumer.pollTransmit(up)) { }
            QByteArray toConsumer;
            FrameWriter down(toConsumer);
            deliverToProducer(toProducer);
            (void)producer.pollTransmit(down, 1, now);
            longestTurn = std::max(longestTurn, toConsumer.size());
            deliverToConsumer(toConsumer);
            takeEvents();
            moves = !toProducer.isEmpty() || !toConsumer.isEmpty();
        }
    }

    /*! The producer probes for what was lost at the end. */
    void probe()
    {
        now += 1min;
        producer.handleTimeout(now);
        consumer.handleTimeout(now);
        exchange();
    }

    void deliverToProducer(const QByteArray &bytes)
    {
        forEach(bytes, [this](const Frame &frame) { arriveAtProducer(frame); });
    }
    void deliverToConsumer(const QByteArray &bytes)
    {
        forEach(bytes, [this](const Frame &frame) { arriveAtConsumer(frame); });
    }

    void takeEvents()
    {
        while (const auto event = producer.pollEvent()) {
            if (event->kind == ProducerEvent::Kind::SourceFailed)
                failed = event->seqNr;
        }
        while (const auto event = consumer.pollEvent()) {
            if (event->kind != ConsumerEvent::Kind::Delivery)
                continue;
            const ReceivedMessage &message = *consumer.outstanding();
            delivered.append(message.payload);
            (void)consumer.confirm(message.seqNr, message.numbering);
        }
    }

    TimePoint now{};
    ProducerMachine producer{QStringLiteral("p"), Incarnation{1, 2}, producerConfig()};
    ConsumerMachine consumer;
    QList<QByteArray> delivered;
    SeqNr failed = 0;
    Reason violation = Reason::None;
    int ranges = 0;
    quint64 rangeBytes = 0;
    qsizetype longestTurn = 0;
    bool isShared = false; //!< other flows use the link
    std::function<bool(const RangeFrame &)> loses = [](const RangeFrame &) { return false; };

private:
    template <typename Take> static void forEach(const QByteArray &bytes, Take take)
    {
        FrameDecoder decoder;
        decoder.append(encoded(0, goldenHello()));
        ChannelNr channel = 0;
        Frame frame;
        (void)decoder.next(&channel, &frame);
        decoder.setMaxLength(1 << 28);
        decoder.append(bytes);
        while (decoder.next(&channel, &frame) == FrameDecoder::Result::Frame)
            take(frame);
    }

    void arriveAtProducer(const Frame &frame)
    {
        if (const auto *attach = std::get_if<AttachFrame>(&frame))
            violation = producer.handleAttach(m_channel, *attach).reason;
        else if (const auto *request = std::get_if<RequestFrame>(&frame))
            violation = producer.handleRequest(*request, now);
        else if (const auto *resend = std::get_if<ResendFrame>(&frame))
            violation = producer.handleResend(*resend);
    }

    void arriveAtConsumer(const Frame &frame)
    {
        if (const auto *attached = std::get_if<AttachedFrame>(&frame)) {
            violation = consumer.handleAttached(*attached, now);
        } else if (const auto *message = std::get_if<MessageFrame>(&frame)) {
            violation = consumer.handleMessage(*message, now);
        } else if (const auto *sent = std::get_if<SentFrame>(&frame)) {
            violation = consumer.handleSent(*sent, now);
        } else if (const auto *skip = std::get_if<SkipFrame>(&frame)) {
            violation = consumer.handleSkip(*skip, now);
        } else if (const auto *range = std::get_if<RangeFrame>(&frame)) {
            ++ranges;
            rangeBytes += quint64(range->payload.size());
            if (isShared)
                consumer.noteLinkShared(now);
            if (!loses(*range))
                violation = consumer.handleRange(*range, now);
        }
    }

    ChannelNr m_channel = 0;
};

RangeFrame range(SeqNr seqNr, quint64 offset, quint64 total, QByteArrayView payload,
                 QByteArrayView digest = {})
{
    return {seqNr, offset, total, digest, payload};
}

} // namespace

class TestRanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void h41_sizes_data();
    void h41_sizes();
    void h39_farBeyondTheWindow();
    void h11_oneRangePerTurn();
    void h11_besideOtherFlows_data();
    void h11_besideOtherFlows();
    void resumesAtEveryRange();
    void lostRanges();
    void h46_hostileRanges_data();
    void h46_hostileRanges();
    void h48_wrongDigest();
    void h40_tooLong();
    void peerWithoutRanges();
    void cancelled();
    void sourceFails_data();
    void sourceFails();
};

void TestRanges::h41_sizes_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<int>("ranges");
    QTest::newRow("0") << qsizetype(0) << 0;
    QTest::newRow("1") << qsizetype(1) << 0;
    QTest::newRow("chunk - 1") << Chunk - 1 << 0;
    QTest::newRow("chunk") << Chunk << 0;
    QTest::newRow("chunk + 1") << Chunk + 1 << 2;
    QTest::newRow("2 chunks - 1") << 2 * Chunk - 1 << 2;
    QTest::newRow("2 chunks") << 2 * Chunk << 2;
    QTest::newRow("7 chunks") << 7 * Chunk << 7;
    QTest::newRow("1024 chunks + 1") << 1024 * Chunk + 1 << 1025;
}

void TestRanges::h41_sizes()
{
    QFETCH(const qsizetype, size);
    QFETCH(const int, ranges);
    Flow flow;
    const QByteArray payload = pattern(size);
    QVERIFY(flow.send(payload));
    flow.exchange();
    QVERIFY(flow.send("next"));
    flow.exchange();
    QCOMPARE(flow.violation, Reason::None);
    QCOMPARE(flow.ranges, ranges);
    QCOMPARE(flow.delivered.size(), 2);
    QVERIFY(flow.delivered[0] == payload);
    QCOMPARE(flow.delivered[1], QByteArray("next"));
    flow.probe();
    QCOMPARE(flow.producer.confirmedSeqNr(), 2);
    QCOMPARE(flow.producer.counters().resent, 0u);
}

void TestRanges::h39_farBeyondTheWindow()
{
    constexpr quint64 window = 2000;
    Flow flow(consumerConfig(window));
    const QByteArray payload = pattern(1000 * qsizetype(window));
    QVERIFY(flow.send(payload));
    flow.exchange();
    QCOMPARE(flow.delivered.size(), 1);
    QVERIFY(flow.delivered[0] == payload);
    QCOMPARE(flow.rangeBytes, quint64(payload.size()));
}

void TestRanges::h11_oneRangePerTurn()
{
    Flow flow;
    QVERIFY(flow.send(pattern(100 * Chunk)));
    flow.exchange();
    QVERIFY2(flow.longestTurn <= Chunk + RangeFrameOverhead + 100,
             qPrintable(QString::number(flow.longestTurn)));
}

void TestRanges::h11_besideOtherFlows_data()
{
    QTest::addColumn<bool>("isShared");
    QTest::addColumn<int>("ahead");
    QTest::newRow("alone") << false << (1 << 20);
    QTest::newRow("shared") << true << int(RangeWindow::Least);
}

/*! What is granted ahead queues before the others: less is, but it never stalls. */
void TestRanges::h11_besideOtherFlows()
{
    QFETCH(const bool, isShared);
    QFETCH(const int, ahead);
    const QByteArray payload = pattern(8 << 20);
    Flow flow;
    flow.isShared = isShared;
    QVERIFY(flow.send(payload));
    // The producer fills what it is granted, of which nothing arrives in between.
    const auto inFlight = [&flow] {
        QByteArray toProducer;
        FrameWriter up(toProducer);
        while (flow.consumer.pollTransmit(up)) { }
        flow.deliverToProducer(toProducer);
        QByteArray held;
        FrameWriter down(held);
        while (flow.producer.pollTransmit(down, 1, flow.now)) { }
        const qsizetype size = held.size();
        flow.deliverToConsumer(held);
        return size;
    };
    QVERIFY(std::abs(inFlight() - (1 << 20)) < 60'000); // before anything is known
    flow.now += 1ms;
    for (int i = 0; i < 4; ++i) {
        const qsizetype size = inFlight();
        QVERIFY2(size > ahead - 60'000 && size < ahead + ahead * 2 / 5,
                 qPrintable(QString::number(size)));
        flow.now += 1ms * (i + 1); // a queue builds up
    }
    flow.exchange();
    QCOMPARE(flow.violation, Reason::None);
    QCOMPARE(flow.delivered.size(), 1);
    QVERIFY(flow.delivered[0] == payload);
}

void TestRanges::resumesAtEveryRange()
{
    const QByteArray payload = pattern(9 * Chunk + 5);
    for (int cut = 1; cut <= 10; ++cut) {
        Flow flow;
        QVERIFY(flow.send(payload));
        flow.exchange(cut);
        flow.loseLink();
        flow.attach();
        flow.exchange();
        QCOMPARE(flow.delivered.size(), 1);
        QVERIFY(flow.delivered[0] == payload);
        QCOMPARE(flow.rangeBytes, quint64(payload.size())); // not a byte twice
    }
}

void TestRanges::lostRanges()
{
    const QByteArray payload = pattern(9 * Chunk + 5);
    for (quint64 lost = 0; lost < 10; ++lost) {
        Flow flow;
        bool done = false;
        flow.loses = [&](const RangeFrame &range) {
            return range.offset == lost * Chunk && !std::exchange(done, true);
        };
        QVERIFY(flow.send(payload));
        flow.exchange();
        flow.probe(); // for the last one
        QCOMPARE(flow.violation, Reason::None);
        QCOMPARE(flow.delivered.size(), 1);
        QVERIFY(flow.delivered[0] == payload);
    }
}

void TestRanges::h46_hostileRanges_data()
{
    QTest::addColumn<QList<quint64>>("offsets");
    QTest::addColumn<quint64>("total");
    QTest::addColumn<Reason>("reason");
    constexpr quint64 total = 10 * Chunk;
    QTest::newRow("overlap") << QList<quint64>{0, Chunk / 2, Chunk} << total << Reason::None;
    QTest::newRow("the same twice") << QList<quint64>{0, 0, 0} << total << Reason::None;
    QTest::newRow("gap") << QList<quint64>{0, 5 * Chunk} << total << Reason::None;
    QTest::newRow("no first one") << QList<quint64>{Chunk} << total << Reason::None;
    QTest::newRow("longer than accepted")
        << QList<quint64>{0} << quint64(64 << 20) + 1 << Reason::GrantExceeded;
    QTest::newRow("behind the grant")
        << QList<quint64>{2 << 20} << quint64(8 << 20) << Reason::GrantExceeded;
}

void TestRanges::h46_hostileRanges()
{
    QFETCH(const QList<quint64>, offsets);
    QFETCH(const quint64, total);
    QFETCH(const Reason, reason);
    Flow flow;
    const QByteArray bytes(Chunk, 'x');
    Reason violation = Reason::None;
    for (const quint64 offset : offsets)
        violation = flow.consumer.handleRange(range(1, offset, total, bytes), flow.now);
    QCOMPARE(violation, reason);
    flow.takeEvents();
    QVERIFY(flow.delivered.isEmpty());
    QVERIFY(!flow.consumer.partial() || flow.consumer.partial()->have() <= 2 * Chunk);
}

void TestRanges::h48_wrongDigest()
{
    Flow flow;
    const QByteArray bytes(Chunk, 'x');
    QCOMPARE(flow.consumer.handleRange(range(1, 0, 2 * Chunk, bytes), flow.now), Reason::None);
    QCOMPARE(flow.consumer.handleRange(range(1, Chunk, 3 * Chunk, bytes), flow.now),
             Reason::WrongDigest); // another total size
    QVERIFY(!flow.consumer.partial());
    QCOMPARE(flow.consumer.handleRange(range(1, 0, 2 * Chunk, bytes), flow.now), Reason::None);
    const QByteArray wrong(DigestSize, 'd');
    QCOMPARE(flow.consumer.handleRange(range(1, Chunk, 2 * Chunk, bytes, wrong), flow.now),
             Reason::WrongDigest);
    QVERIFY(!flow.consumer.partial());
    const QByteArray right =
        QCryptographicHash::hash(bytes + bytes, QCryptographicHash::Blake2b_256);
    QCOMPARE(flow.consumer.handleRange(range(1, 0, 2 * Chunk, bytes), flow.now), Reason::None);
    QCOMPARE(flow.consumer.handleRange(range(1, Chunk, 2 * Chunk, bytes, right), flow.now),
             Reason::None);
    flow.takeEvents();
    QCOMPARE(flow.delivered, QList<QByteArray>{bytes + bytes});
}

void TestRanges::h40_tooLong()
{
    ConsumerConfig config = consumerConfig();
    config.maxRangedSize = 5000;
    config.maxMessageSize = 3000;
    Flow flow(config);
    flow.takeEvents();
    QCOMPARE(flow.producer.maxMessageSize(), 5000u);
    QCOMPARE(flow.producer.send(pattern(5001)), ProducerMachine::SendOutcome::TooLarge);
    QVERIFY(flow.send(pattern(5000)));
    flow.exchange();
    QCOMPARE(flow.delivered.size(), 1);
}

void TestRanges::peerWithoutRanges()
{
    ConsumerConfig config = consumerConfig();
    config.maxRangedSize = 0;
    Flow flow(config);
    const QByteArray payload = pattern(10 * Chunk);
    QVERIFY(flow.send(payload));
    flow.exchange();
    QCOMPARE(flow.ranges, 0);
    QCOMPARE(flow.delivered, QList<QByteArray>{payload});
    quint64 readable = ~quint64(0);
    flow.takeEvents();
    QCOMPARE(flow.producer.send(std::make_shared<Source>(payload, &readable)),
             ProducerMachine::SendOutcome::Accepted);
    flow.exchange();
    QCOMPARE(flow.delivered, (QList<QByteArray>{payload, payload}));
}

void TestRanges::cancelled()
{
    using Outcome = ProducerMachine::CancelOutcome;
    Flow flow;
    QVERIFY(flow.send(pattern(9 * Chunk)));
    QVERIFY(flow.send("next"));
    flow.exchange(3);
    QCOMPARE(flow.producer.cancel(3), Outcome::Unknown);
    QCOMPARE(flow.producer.cancel(1), Outcome::Cancelled);
    flow.exchange();
    QCOMPARE(flow.delivered, QList<QByteArray>{"next"});
    QVERIFY(!flow.consumer.partial());
    QCOMPARE(flow.producer.cancel(2), Outcome::TooLate);
    flow.probe();
    QCOMPARE(flow.producer.confirmedSeqNr(), 2);
}

void TestRanges::sourceFails_data()
{
    QTest::addColumn<quint64>("readable");
    QTest::newRow("at once") << quint64(0);
    QTest::newRow("in the middle") << quint64(5 * Chunk);
    QTest::newRow("never") << quint64(9 * Chunk);
}

void TestRanges::sourceFails()
{
    QFETCH(const quint64, readable);
    quint64 limit = readable;
    Flow flow;
    flow.takeEvents();
    const QByteArray payload = pattern(9 * Chunk);
    QCOMPARE(flow.producer.send(std::make_shared<Source>(payload, &limit)),
             ProducerMachine::SendOutcome::Accepted);
    QVERIFY(flow.send("next"));
    flow.exchange();
    const bool fails = readable < quint64(payload.size());
    QCOMPARE(flow.failed, fails ? 1 : 0);
    QCOMPARE(flow.delivered,
             fails ? QList<QByteArray>{"next"} : (QList<QByteArray>{payload, "next"}));
    flow.probe();
    QCOMPARE(flow.producer.confirmedSeqNr(), 2);
}

QTEST_APPLESS_MAIN(TestRanges)
#include "tst_ranges.moc"
