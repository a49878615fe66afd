// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "observe/monitorframes.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>
#include <QtEndian>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

// The frames between a process and its monitor: what is written is read, and nothing else is
// believed.

class TestMonitorFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyMemberOfAFlow();
    void everyMemberOfALink();
    void everythingInAnUpdate();
    void helloAndRequest();
    void emptyUpdate();
    void golden();
    void storageOfAStranger();

    void longUpdatesAreCut();
    void longTextsAreCut();
    void tooManyRangesAreCut();

    void unknownKeysAreSkipped();
    void unknownSectionsAreSkipped();
    void unknownFramesAreSkipped();
    void laterEnumerators();
    void anotherVersion();

    void everyTruncation();
    void everyFlippedByte();
    void randomBytes();
    void malformed_data();
    void malformed();

    void streamInPieces();
    void streamTooLong_data();
    void streamTooLong();
    void streamOfTinyFrames();
};

namespace {

FlowSnapshot fullFlow()
{
    FlowSnapshot flow;
    flow.id = u"bestellungen-ü"_s;
    flow.role = FlowSnapshot::Role::Consumer;
    flow.nodeId = u"left"_s;
    flow.peerId = u"peer"_s;
    flow.peerNodeId = u"right"_s;
    flow.state = FlowSnapshot::State::Attached;
    flow.isStarted = true;
    flow.isDurable = true;
    flow.blocked = {Blocked::Reason::HandlerBusy, 481, 12'345'678, u"detail"_s};
    flow.ranges = {{5, 8}, {11, 11}};
    flow.transfers = {{7, 1'000'000, 1000, {{0, 499}, {600, 1099}}, 12'345}, {8, 5, 0, {}}};
    flow.attempts = 7;
    flow.storage = {16'777'216, 2, 12'345, {0, 3, 1}};
    qint64 number = qint64(1) << 40;
    for (qint64 *member : {&flow.epoch,
                           &flow.time,
                           &flow.confirmedSeqNr,
                           &flow.deliveredSeqNr,
                           &flow.receivedSeqNr,
                           &flow.sentSeqNr,
                           &flow.grantedSeqNr,
                           &flow.storedSeqNr,
                           &flow.nextSeqNr,
                           &flow.unconfirmedBytes,
                           &flow.inFlightBytes,
                           &flow.grantedBytes,
                           &flow.messages,
                           &flow.bytes,
                           &flow.received,
                           &flow.confirmed,
                           &flow.resent,
                           &flow.compressedFrom,
                           &flow.compressedTo,
                           &flow.resendsAsked,
                           &flow.duplicatesDropped,
                           &flow.attachments,
                           &flow.rejected,
                           &flow.queueDepth,
                           &flow.storeLatency,
                           &flow.storeLatencyMax,
                           &flow.oldestUnconfirmedAt,
                           &flow.rtt})
        *member = ++number;
    return flow;
}

LinkSnapshot fullLink()
{
    LinkSnapshot link;
    link.number = 3;
    link.nodeId = u"left"_s;
    link.peerNodeId = u"right"_s;
    link.url = QUrl(u"tcp://collector.example:4711"_s);
    link.state = LinkSnapshot::State::Waiting;
    link.time = 1;
    link.since = 2;
    link.retryAt = 3;
    link.rtt = 4;
    link.pendingBytes = 5;
    link.bytesIn = 6;
    link.bytesOut = 7;
    link.flows = 8;
    link.encryption = u"TLS 1.3, TLS_AES_256_GCM_SHA384"_s;
    link.peerProof = u"secret:press-7"_s;
    link.certificateExpires = 1'900'000'000;
    link.heldBytes = 9;
    return link;
}

QByteArray withoutLength(const QByteArray &frame)
{
    return frame.mid(4);
}

QByteArray updateOf(const FlowSnapshot &flow)
{
    UpdateWriter writer(77);
    writer.add(flow);
    return writer.finish(true);
}

QByteArray cbor(const QCborMap &map)
{
    return map.toCborValue().toCbor();
}

/*! All updates of a stream. */
QList<MonitorUpdate> updatesOf(const QByteArray &stream)
{
    MonitorFrames frames(MaxMonitorFrame);
    frames.append(stream);
    QList<MonitorUpdate> updates;
    while (const auto frame = frames.next())
        updates.append(decoded(*frame).update.value_or(MonitorUpdate()));
    return updates;
}

} // namespace

// ---- there and back

void TestMonitorFrames::everyMemberOfAFlow()
{
    const MonitorFrame frame = decoded(withoutLength(updateOf(fullFlow())));
    QVERIFY(!frame.isMalformed);
    QVERIFY(frame.update);
    QCOMPARE(frame.update->flows, (QList<FlowSnapshot>{fullFlow()}));
    QVERIFY(frame.update->isComplete);
    QCOMPARE(frame.update->clock, 77);
    const MonitorFrame fresh = decoded(withoutLength(updateOf({})));
    QCOMPARE(fresh.update->flows, QList<FlowSnapshot>{FlowSnapshot()});
}

void TestMonitorFrames::everyMemberOfALink()
{
    UpdateWriter writer(1);
    writer.add(fullLink());
    writer.add(LinkSnapshot());
    const MonitorFrame frame = decoded(withoutLength(writer.finish(false)));
    QVERIFY(frame.update);
    QCOMPARE(frame.update->links, (QList<LinkSnapshot>{fullLink(), LinkSnapshot()}));
    QVERIFY(!frame.update->isComplete);
}

void TestMonitorFrames::everythingInAnUpdate()
{
    const QList<FlowEvent> events{{1, 2, FlowEvent::Kind::Attached, 3, 4},
                                  {2, 3, FlowEvent::Kind::LinkLost, 4, 5}};
    UpdateWriter writer(5);
    writer.add(u"p/a"_s, events);
    writer.add(u"c/b"_s, events.mid(1));
    writer.removeFlow(u"p/gone"_s);
    writer.removeLink(u"7"_s);
    const Refusals refusals{
        .connections = 1, .handshakes = 2, .secrets = 3, .flows = 4, .limits = 5};
    writer.add(refusals);
    writer.add(fullFlow());
    const MonitorUpdate update = decoded(withoutLength(writer.finish(true))).update.value();
    const MonitorUpdate expected{.clock = 5,
                                 .isComplete = true,
                                 .flows = {fullFlow()},
                                 .removedFlows = {u"p/gone"_s},
                                 .removedLinks = {u"7"_s},
                                 .events = {{u"p/a"_s, events}, {u"c/b"_s, events.mid(1)}},
                                 .refusals = refusals};
    QCOMPARE(update, expected);
}

void TestMonitorFrames::helloAndRequest()
{
    const MonitorHello hello{
        .pid = 4711, .program = u"collector"_s, .nodeId = u"node"_s, .clock = 12, .wallClock = 34};
    QCOMPARE(decoded(withoutLength(encoded(hello))).hello.value(), hello);
    const MonitorRequest request{.recordedFlows = {u"p/a"_s, u"c/b"_s}};
    QCOMPARE(decoded(withoutLength(encoded(request))).request.value(), request);
    QCOMPARE(decoded(withoutLength(encoded(MonitorRequest()))).request.value(), MonitorRequest());
}

void TestMonitorFrames::emptyUpdate()
{
    const QList<MonitorUpdate> updates = updatesOf(UpdateWriter(9).finish(true));
    QCOMPARE(updates, (QList<MonitorUpdate>{{.clock = 9, .isComplete = true}}));
}

/*! Bytes that every version must be able to read. */
void TestMonitorFrames::golden()
{
    QCOMPARE(encoded(MonitorHello{.pid = 1, .program = u"p"_s, .nodeId = u"n"_s}).toHex(),
             QByteArray("00000012bf00010101020103617004616e05000600ff"));
    QCOMPARE(UpdateWriter(9).finish(true).toHex(), QByteArray("0000000aa40002010902f5039fff"));
    QCOMPARE(encoded(MonitorRequest{.recordedFlows = {u"p/a"_s}}).toHex(),
             QByteArray("0000000abf0010018163702f61ff"));
}

/*! What a process of another version, or a hostile one, says of its storage. */
void TestMonitorFrames::storageOfAStranger()
{
    const auto shown = [](const QCborArray &counts) {
        const QCborMap flow{{1, u"a"_s}, {39, QCborMap{{4, counts}, {99, u"later"_s}}}};
        const MonitorFrame frame = decoded(cbor({{0, 2}, {3, QCborArray{1, flow}}}));
        return frame.isMalformed || !frame.update ? StorageSnapshot()
                                                  : frame.update->flows.value(0).storage;
    };
    QCOMPARE(shown({1, 2}).syncs, (QList<qint64>{1, 2}));
    QCOMPARE(shown({1, 2}).bytes, -1);
    QCborArray many;
    for (int i = 0; i < 100; ++i)
        many.append(std::numeric_limits<qint64>::max());
    QCOMPARE(shown(many).syncs.size(), StorageSnapshot::MaxSteps);
    QVERIFY(shown(many).syncCount() > 0); // and no overflow
    QCOMPARE(shown({-5}).syncCount(), 0);
}

// ---- limits

void TestMonitorFrames::longUpdatesAreCut()
{
    UpdateWriter writer(1);
    QList<FlowSnapshot> flows;
    for (int i = 0; i < 5000; ++i) {
        FlowSnapshot flow = fullFlow();
        flow.id = QString::number(i);
        flows.append(flow);
        writer.add(flow);
    }
    const QByteArray stream = writer.finish(true);
    QVERIFY(stream.size() > MaxMonitorFrame);
    QList<FlowSnapshot> read;
    const QList<MonitorUpdate> updates = updatesOf(stream);
    for (const MonitorUpdate &update : updates) {
        read += update.flows;
        QCOMPARE(update.isComplete, &update == &updates.last());
    }
    QCOMPARE(read, flows);
}

void TestMonitorFrames::longTextsAreCut()
{
    FlowSnapshot flow = fullFlow();
    flow.blocked.detail = QString(5 * MaxShownText, u'x');
    const MonitorFrame frame = decoded(withoutLength(updateOf(flow)));
    QCOMPARE(frame.update->flows.first().blocked.detail.size(), MaxShownText);
    QCborMap hello{{0, 1}, {1, 1}, {3, QString(5 * MaxShownText, u'x')}};
    QCOMPARE(decoded(cbor(hello)).hello->program.size(), MaxShownText);
}

void TestMonitorFrames::tooManyRangesAreCut()
{
    FlowSnapshot flow;
    for (int i = 0; i < 1000; ++i)
        flow.ranges.append({i * 2, i * 2});
    const MonitorFrame frame = decoded(withoutLength(updateOf(flow)));
    QCOMPARE(frame.update->flows.first().ranges, flow.ranges.mid(0, 64));
}

// ---- versions

void TestMonitorFrames::unknownKeysAreSkipped()
{
    QCborMap flow{{1, u"a"_s}, {999, QCborMap{{1, QCborArray{1, 2, 3}}}}, {u"text"_s, 1.5}};
    const QCborMap update{{0, 2}, {1, 5}, {3, QCborArray{1, flow}}, {88, u"later"_s}};
    const MonitorFrame frame = decoded(cbor(update));
    QVERIFY(!frame.isMalformed);
    QCOMPARE(frame.update->flows.first().id, u"a"_s);
}

void TestMonitorFrames::unknownSectionsAreSkipped()
{
    const QCborMap update{{0, 2}, {3, QCborArray{77, u"?"_s, 2, u"p/a"_s}}};
    const MonitorFrame frame = decoded(cbor(update));
    QVERIFY(!frame.isMalformed);
    QCOMPARE(frame.update->removedFlows, QStringList{u"p/a"_s});
}

void TestMonitorFrames::unknownFramesAreSkipped()
{
    const MonitorFrame frame = decoded(cbor({{0, 99}}));
    QVERIFY(!frame.isMalformed);
    QVERIFY(!frame.hello && !frame.update && !frame.request);
}

void TestMonitorFrames::laterEnumerators()
{
    const QCborMap flow{{1, u"a"_s}, {6, 99}, {37, QCborMap{{1, 200}}}};
    const MonitorFrame frame = decoded(cbor({{0, 2}, {3, QCborArray{1, flow}}}));
    QVERIFY(!frame.isMalformed);
    QCOMPARE(frame.update->flows.first().state, FlowSnapshot::State());
    QCOMPARE(frame.update->flows.first().blocked.reason, Blocked::Reason::None);
}

void TestMonitorFrames::anotherVersion()
{
    QCOMPARE(decoded(cbor({{0, 1}, {1, 2}})).hello->version, 2);
}

// ---- what is wrong

void TestMonitorFrames::everyTruncation()
{
    const QByteArray whole = withoutLength(updateOf(fullFlow()));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(decoded(whole.left(size)).isMalformed, qPrintable(QString::number(size)));
    QVERIFY(!decoded(whole).isMalformed);
}

void TestMonitorFrames::everyFlippedByte()
{
    const QByteArray whole = withoutLength(updateOf(fullFlow()));
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (const int flip : {0x01, 0x20, 0x80, 0xff}) {
            QByteArray bytes = whole;
            bytes[at] = char(bytes[at] ^ flip);
            const MonitorFrame frame = decoded(bytes); // whatever it is, it is bounded
            if (frame.update && !frame.update->flows.isEmpty())
                QVERIFY(frame.update->flows.first().id.size() <= MaxShownText);
        }
    }
}

void TestMonitorFrames::randomBytes()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    for (int i = 0; i < 5000; ++i) {
        QByteArray bytes(random.bounded(1, 200), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.bounded(256));
        const MonitorFrame frame = decoded(bytes);
        QVERIFY2(!(frame.hello && frame.update), qPrintable(u"seed %1"_s.arg(seed)));
    }
}

void TestMonitorFrames::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("not CBOR") << QByteArray("\xff");
    QTest::newRow("an array") << QCborValue(QCborArray{1}).toCbor();
    QTest::newRow("no type") << cbor({{1, 1}});
    QTest::newRow("type is a text") << cbor({{0, u"1"_s}});
    QTest::newRow("id is a number") << cbor({{0, 2}, {3, QCborArray{1, QCborMap{{1, 5}}}}});
    QTest::newRow("number is a text") << cbor({{0, 2}, {3, QCborArray{1, QCborMap{{11, u"5"_s}}}}});
    QTest::newRow("number is a fraction") << cbor({{0, 2}, {1, 5.5}});
    QTest::newRow("flag is a number") << cbor({{0, 2}, {2, 1}});
    QTest::newRow("reason is a text")
        << cbor({{0, 2}, {3, QCborArray{1, QCborMap{{37, u"busy"_s}}}}});
    QTest::newRow("items are a map") << cbor({{0, 2}, {3, QCborMap{}}});
    QTest::newRow("flow is a number") << cbor({{0, 2}, {3, QCborArray{1, 7}}});
    QTest::newRow("key is a number") << cbor({{0, 2}, {3, QCborArray{2, 7}}});
    QTest::newRow("wishes are a text") << cbor({{0, 16}, {1, u"p/a"_s}});
}

void TestMonitorFrames::malformed()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(decoded(bytes).isMalformed);
}

// ---- the stream

void TestMonitorFrames::streamInPieces()
{
    const QByteArray stream = encoded(MonitorHello()) + updateOf(fullFlow());
    MonitorFrames frames(MaxMonitorFrame);
    QList<QByteArray> read;
    for (const char byte : stream) {
        frames.append(QByteArray(1, byte));
        while (const auto frame = frames.next())
            read.append(*frame);
    }
    QCOMPARE(read.size(), 2);
    QCOMPARE(decoded(read[0]).hello.value(), MonitorHello());
    QCOMPARE(decoded(read[1]).update->flows.first(), fullFlow());
    QVERIFY(!frames.isBroken());
}

void TestMonitorFrames::streamTooLong_data()
{
    QTest::addColumn<quint32>("length");
    QTest::addColumn<bool>("broken");
    QTest::newRow("empty") << quint32(0) << true;
    QTest::newRow("shortest") << quint32(1) << false;
    QTest::newRow("longest") << quint32(100) << false;
    QTest::newRow("too long") << quint32(101) << true;
    QTest::newRow("all ones") << ~quint32(0) << true;
}

void TestMonitorFrames::streamTooLong()
{
    QFETCH(quint32, length);
    QFETCH(bool, broken);
    QByteArray head(4, 0);
    qToBigEndian(length, head.data());
    MonitorFrames frames(100);
    frames.append(head);
    QVERIFY(!frames.next());
    QCOMPARE(frames.isBroken(), broken);
    frames.append(QByteArray(100, 0));
    QCOMPARE(frames.next().has_value(), !broken);
}

/*! As many as fit into what is read at once: done in time that grows with their number only. */
void TestMonitorFrames::streamOfTinyFrames()
{
    const QByteArray tiny = QByteArray::fromHex("00000001a0");
    QByteArray stream;
    for (int i = 0; i < 200'000; ++i)
        stream += tiny;
    MonitorFrames frames(MaxMonitorFrame);
    frames.append(stream);
    int count = 0;
    while (frames.next())
        ++count;
    QCOMPARE(count, 200'000);
}

QTEST_APPLESS_MAIN(TestMonitorFrames)
#include "tst_monitorframes.moc"
