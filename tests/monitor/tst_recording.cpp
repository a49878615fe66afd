// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "model/session.h"
#include "recording/playback.h"
#include "recording/recorder.h"

#include <QtDelivery/consumercontroller.h>
#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/producercontroller.h>

#include <QBuffer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Monitor;
using namespace QtDelivery;
using namespace Qt::StringLiterals;

// Recordings: what is written comes back, and whatever a file holds, nothing falls.

class TestRecording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void entries();
    void everyTruncation();
    void everyBitFlipped();
    void refused_data();
    void refused();
    void damaged_data();
    void damaged();
    void randomBytes();

    void recordedAndShown();
    void backAndForth();
    void tornRecording();
    void greatestSize();
    void unwritable();
    void noRecording();
};

namespace {

const QList<RecordingEntry> Entries{
    {.kind = RecordingEntry::Kind::Source, .source = 0, .time = 1, .bytes = "/run/a"},
    {.kind = RecordingEntry::Kind::Frame, .source = 0, .time = 2, .bytes = "frame"},
    {.kind = RecordingEntry::Kind::Source, .source = 1, .time = 3, .bytes = "/run/b"},
    {.kind = RecordingEntry::Kind::Frame, .source = 1, .time = 4, .bytes = ""},
    {.kind = RecordingEntry::Kind::End, .source = 0, .time = 5},
};

QByteArray wholeFile()
{
    QByteArray bytes = recordingHead();
    for (const RecordingEntry &entry : Entries)
        bytes += encoded(entry);
    return bytes;
}

struct Contents
{
    bool isRecording = false;
    QList<RecordingEntry> entries = {};
    QString problem = {};
};

Contents read(const QByteArray &file)
{
    QByteArray bytes = file;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    RecordingReader reader(&buffer);
    Contents contents{.isRecording = reader.begin()};
    while (const auto entry = contents.isRecording ? reader.next() : std::nullopt)
        contents.entries.append(*entry);
    contents.problem = reader.problem();
    return contents;
}

/*! A producer without a consumer, which can be watched. */
struct Shop
{
    Shop()
        : node(NodeSettings{.nodeId = u"shop"_s})
        , producer(u"orders"_s, &node)
        , server(&node)
    {
        if (producer.start(&application) || server.listen(directory.filePath(u"shop.sock"_s)))
            qFatal("The shop does not open.");
    }

    QTemporaryDir directory;
    QObject application;
    DeliveryNode node;
    ProducerController producer;
    MonitorServer server;
};

/*! Records \a shop until its flow is known. */
void recordTo(const QString &path, Shop &shop)
{
    Recorder recorder;
    QCOMPARE(recorder.start(path), QString());
    recorder.follow({shop.server.socketPath()});
    QTRY_VERIFY(recorder.bytes() > 400);
    recorder.stop();
}

} // namespace

void TestRecording::entries()
{
    const Contents contents = read(wholeFile());
    QVERIFY(contents.isRecording);
    QCOMPARE(contents.entries, Entries);
    QCOMPARE(contents.problem, QString());
}

void TestRecording::everyTruncation()
{
    const QByteArray file = wholeFile();
    QList<qsizetype> ends{recordingHead().size()};
    for (const RecordingEntry &entry : Entries)
        ends.append(ends.last() + encoded(entry).size());
    for (qsizetype size = 0; size <= file.size(); ++size) {
        const Contents contents = read(file.left(size));
        QCOMPARE(contents.isRecording, size >= recordingHead().size());
        if (!contents.isRecording)
            continue;
        const auto whole = std::upper_bound(ends.begin(), ends.end(), size) - ends.begin() - 1;
        QCOMPARE(contents.entries, Entries.mid(0, whole));
        QCOMPARE(contents.problem.isEmpty(), ends.contains(size));
    }
}

void TestRecording::everyBitFlipped()
{
    const QByteArray file = wholeFile();
    for (qsizetype bit = 0; bit < file.size() * 8; ++bit) {
        QByteArray broken = file;
        broken[bit / 8] = char(broken[bit / 8] ^ (1 << (bit % 8)));
        const Contents contents = read(broken);
        QVERIFY(!contents.problem.isEmpty());
        QCOMPARE(contents.entries, Entries.mid(0, contents.entries.size()));
    }
}

void TestRecording::refused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("Dear diary, today");
    QTest::newRow("later version") << QByteArray("QtDlvRec\x02\0\0\0", 12);
}

void TestRecording::refused()
{
    QFETCH(QByteArray, file);
    const Contents contents = read(file);
    QVERIFY(!contents.isRecording);
    QVERIFY(contents.problem.endsWith(u'.'));
}

void TestRecording::damaged_data()
{
    QTest::addColumn<QByteArray>("entries");
    QTest::newRow("huge length") << QByteArray("\xff\xff\xff\x7f\0\0", 6);
    QTest::newRow("no length") << QByteArray(6, '\0');
    using Kind = RecordingEntry::Kind;
    QTest::newRow("unknown kind") << encoded({.kind = Kind(9), .source = 0});
    QTest::newRow("frame of nobody") << encoded({.kind = Kind::Frame, .source = 0});
    QTest::newRow("end of nobody") << encoded({.kind = Kind::End, .source = 3});
    QTest::newRow("source out of order") << encoded({.kind = Kind::Source, .source = 1});
    QTest::newRow("too long") << encoded(
        {.kind = Kind::Source, .bytes = QByteArray(MaxRecordBytes + 1, 'x')});
}

void TestRecording::damaged()
{
    QFETCH(QByteArray, entries);
    const Contents contents = read(recordingHead() + entries);
    QVERIFY(contents.isRecording);
    QVERIFY(contents.entries.isEmpty());
    QCOMPARE(contents.problem, u"The recording is damaged; everything before that is shown."_s);
}

void TestRecording::randomBytes()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 300; ++round) {
        QByteArray noise(random.bounded(400), '\0');
        for (char &byte : noise)
            byte = char(random.bounded(256));
        const Contents contents = read(wholeFile() + noise);
        QCOMPARE(contents.entries.mid(0, Entries.size()), Entries);
    }
}

void TestRecording::recordedAndShown()
{
    Shop shop;
    const QString path = shop.directory.filePath(u"record"_s);
    recordTo(path, shop);

    Session session;
    Playback playback(&session);
    QSignalSpy completed(&playback, &Playback::completed);
    QCOMPARE(playback.open(path), QString());
    QTRY_COMPARE(completed.size(), 1);
    QCOMPARE(playback.problem(), QString());
    QCOMPARE(session.pairs().rowCount(), 1);
    const FlowPair &pair = session.pairs().pairAt(0);
    QCOMPARE(pair.title(), u"orders"_s);
    QCOMPARE(pair.reason(), BlockedReason::NoConsumer);
    QVERIFY(session.histories().find(pair.anyEnd().key()));
    QVERIFY(session.now() > 1'600'000'000'000'000); // of the recording, in this century
    QCOMPARE(session.now(), playback.endTime());
}

void TestRecording::backAndForth()
{
    QTemporaryDir directory;
    const QString path = directory.filePath(u"record"_s);
    {
        Shop shop;
        Recorder recorder;
        QCOMPARE(recorder.start(path), QString());
        recorder.follow({shop.server.socketPath()});
        QTRY_VERIFY(recorder.bytes() > 400);
        const qint64 before = recorder.bytes();
        shop.server.close();
        QTRY_VERIFY(recorder.bytes() > before); // that it has ended
    }
    Session session;
    Playback playback(&session);
    QCOMPARE(playback.open(path), QString());
    QTRY_VERIFY(playback.isComplete());
    QCOMPARE(session.pairs().rowCount(), 0); // at the end it is gone
    playback.goTo(playback.endTime() - 1);
    QTRY_COMPARE(session.pairs().rowCount(), 1);
    playback.goTo(playback.endTime());
    QTRY_COMPARE(session.pairs().rowCount(), 0);
}

void TestRecording::tornRecording()
{
    Shop shop;
    const QString path = shop.directory.filePath(u"record"_s);
    recordTo(path, shop);
    QFile file(path);
    QVERIFY(file.resize(file.size() - 3));
    Session session;
    Playback playback(&session);
    QCOMPARE(playback.open(path), QString());
    QTRY_VERIFY(playback.isComplete());
    QVERIFY(playback.problem().startsWith(u"The recording ends in the middle"_s));
}

void TestRecording::greatestSize()
{
    Shop shop;
    const QString path = shop.directory.filePath(u"record"_s);
    Recorder recorder;
    QSignalSpy stopped(&recorder, &Recorder::stopped);
    QCOMPARE(recorder.start(path, 200), QString());
    recorder.follow({shop.server.socketPath()});
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(!recorder.isRecording());
    QVERIFY(QFileInfo(path).size() <= 200);
}

void TestRecording::unwritable()
{
    Recorder recorder;
    QVERIFY(
        recorder.start(u"/nowhere/record"_s).startsWith(u"/nowhere/record cannot be written"_s));
    QVERIFY(!recorder.isRecording());
}

void TestRecording::noRecording()
{
    Session session;
    Playback playback(&session);
    QVERIFY(playback.open(u"/nowhere/record"_s).contains(u"cannot be read"_s));
    QTemporaryDir directory;
    QFile file(directory.filePath(u"text"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Dear diary, today nothing happened.");
    file.close();
    QVERIFY(playback.open(file.fileName()).contains(u"This is not a recording"_s));
    QVERIFY(!playback.isOpen());
}

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
