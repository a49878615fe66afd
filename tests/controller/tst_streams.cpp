// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "durableflow.h"
#include "flow.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype MiB = 1024 * 1024;

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 31 + i / 257);
    return bytes;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

std::unique_ptr<QBuffer> deviceOf(const QByteArray &bytes)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(bytes);
    return buffer;
}

} // namespace

/*! Messages that come from files and devices, and end in files. */
class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void h41_fileToFile_data();
    void h41_fileToFile();
    void names_data();
    void names();
    void refusals();
    void deviceWithoutPermission();
    void longerThanMaxMessageSize();
    void sourceChanges();
    void cancelled();
    void paused();
    void packed_data();
    void packed();

    void fileIsDeletedAfterConfirmation();
    void fileIsTaken();
    void readWithoutFile();
    void resumesAfterRestart_data();
    void resumesAfterRestart();
    void h48_damagedPart();
    void h45_producerRestartsHalfWay();
    void h11_besideAnotherFlow_data();
    void h11_besideAnotherFlow();
    void spoolThatCannotBe();
    void spoolFull();
    void notWithADurableQueue();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] ConsumerSettings spooling() const
    {
        return {.flowControlWindowBytes = 2 * MiB,
                .spoolDirectory = path(u"spool"_s),
                .spoolThreshold = 100'000};
    }
    [[nodiscard]] QStringList spooled() const
    {
        return QDir(path(u"spool"_s)).entryList(QDir::Files, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestStreams::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestStreams::h41_fileToFile_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<bool>("inFile");
    QTest::newRow("empty") << qsizetype(0) << false;
    QTest::newRow("1 byte") << qsizetype(1) << false;
    QTest::newRow("256 bytes") << qsizetype(256) << false;
    QTest::newRow("257 bytes") << qsizetype(257) << false;
    QTest::newRow("a chunk") << qsizetype(65536) << false;
    QTest::newRow("the threshold") << qsizetype(100'000) << false;
    QTest::newRow("the threshold + 1") << qsizetype(100'001) << true;
    QTest::newRow("many windows") << 9 * MiB + 1 << true;
}

void TestStreams::h41_fileToFile()
{
    QFETCH(const qsizetype, size);
    QFETCH(const bool, inFile);
    const QByteArray bytes = pattern(size);
    QVERIFY(writeFile(path(u"source.bin"_s), bytes));
    Flow flow(spooling());
    flow.confirms = false;
    QVERIFY(!flow.begin());
    const SendResult result = flow.producer.sendFile(path(u"source.bin"_s));
    QVERIFY2(result, qPrintable(result.error().message()));
    flow.world.time.advance(10ms);
    QCOMPARE(flow.delivered, QList<qint64>{1});
    QCOMPARE(flow.last.name(), u"source.bin"_s);
    QCOMPARE(flow.last.payloadSize(), qint64(size));
    QCOMPARE(!flow.last.payloadFile().isEmpty(), inFile);
    QVERIFY(flow.last.payload() == (inFile ? QByteArray() : bytes));
    const std::unique_ptr<QIODevice> device = flow.last.openPayload();
    QVERIFY2(device->isOpen(), qPrintable(device->errorString()));
    QVERIFY(device->readAll() == bytes);
    QVERIFY(!flow.confirm());
    QCOMPARE(flow.producer.confirmedSeqNr(), 1);
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(flow.last.name(), QString());
    QVERIFY(flow.consumerErrors.isEmpty());
}

void TestStreams::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("valid");
    QTest::newRow("usual") << u"a b.txt"_s << true;
    QTest::newRow("a path, for the consumer to judge") << u"../../etc/passwd"_s << true;
    QTest::newRow("255 bytes") << QString(255, u'x') << true;
    QTest::newRow("256 bytes") << QString(256, u'x') << false;
    QTest::newRow("256 bytes of 128 characters") << QString(128, QChar(0xfc)) << false;
    QTest::newRow("line break") << u"a\nb"_s << false;
    QTest::newRow("NUL") << u"a"_s + QChar(0) << false;
}

void TestStreams::names()
{
    QFETCH(const QString, name);
    QFETCH(const bool, valid);
    Flow flow;
    QVERIFY(!flow.begin());
    for (const qsizetype size : {qsizetype(10), qsizetype(1000), MiB}) {
        const SendResult result = flow.producer.send(deviceOf(pattern(size)), name);
        QCOMPARE(result.isAccepted(), valid);
        flow.world.time.advance(10ms);
        if (valid)
            QCOMPARE(flow.last.name(), name);
        else
            QCOMPARE(result.error().code(), Error::Code::InvalidArgument);
    }
    QCOMPARE(flow.delivered.size(), valid ? 3 : 0);
}

void TestStreams::refusals()
{
    Flow flow;
    QCOMPARE(flow.producer.sendFile(path(u"x"_s)).error().code(), Error::Code::SourceFailed);
    QVERIFY(!flow.begin());
    QCOMPARE(flow.producer.sendFile(path(u"x"_s)).error().code(), Error::Code::SourceFailed);
    QCOMPARE(flow.producer.send(std::unique_ptr<QIODevice>()).error().code(),
             Error::Code::InvalidArgument);
    QCOMPARE(flow.producer.cancel(1).code(), Error::Code::InvalidArgument);
    QVERIFY(flow.producer.demand()); // it was not used
    QCOMPARE(flow.send(1), 1);
    QCOMPARE(flow.producer.cancel(1).code(), Error::Code::TooLate);
}

void TestStreams::deviceWithoutPermission()
{
    Flow flow;
    for (const qsizetype size : {qsizetype(10), MiB})
        QCOMPARE(flow.producer.send(deviceOf(pattern(size))).error().code(),
                 Error::Code::NotStarted);
    QVERIFY(!flow.producer.start(&flow.application));
    for (const qsizetype size : {qsizetype(10), MiB})
        QCOMPARE(flow.producer.send(deviceOf(pattern(size))).error().code(), Error::Code::NoDemand);
}

/*! What is never in memory as a whole has a limit of its own. */
void TestStreams::longerThanMaxMessageSize()
{
    ConsumerSettings settings = spooling();
    settings.maxMessageSize = 200'000;
    settings.maxStreamedSize = 2 * MiB;
    Flow flow(settings, {.maxMessageSize = 200'000, .maxStreamedSize = 3 * MiB});
    QVERIFY(!flow.begin());
    QCOMPARE(flow.producer.send(pattern(200'001)).error().code(), Error::Code::PayloadTooLarge);
    QCOMPARE(flow.producer.send(deviceOf(pattern(2 * MiB + 1))).error().code(),
             Error::Code::PayloadTooLarge);
    QVERIFY(flow.producer.send(deviceOf(pattern(2 * MiB))));
    flow.world.time.advance(10ms);
    QCOMPARE(flow.last.payloadSize(), 2 * MiB);

    Flow inMemory({.maxMessageSize = 200'000});
    QVERIFY(!inMemory.begin());
    QCOMPARE(inMemory.producer.send(deviceOf(pattern(200'001))).error().code(),
             Error::Code::PayloadTooLarge);
}

void TestStreams::sourceChanges()
{
    const QString source = path(u"source"_s);
    QVERIFY(writeFile(source, pattern(MiB)));
    Flow flow(spooling());
    QVERIFY(!flow.begin());
    flow.producer.pause();
    QVERIFY(flow.producer.sendFile(source));
    VirtualTime::settle();
    QVERIFY(flow.producer.send("behind it"));
    QVERIFY(writeFile(source, pattern(1000)));
    flow.producer.resume();
    flow.world.time.advance(10ms);
    QCOMPARE(flow.producerErrors, QList<Error::Code>{Error::Code::SourceFailed});
    QCOMPARE(flow.payloads, QByteArrayList{"behind it"});
    QCOMPARE(flow.producer.confirmedSeqNr(), 2);
    QVERIFY(spooled().isEmpty());
}

void TestStreams::cancelled()
{
    Flow flow(spooling());
    QVERIFY(!flow.begin());
    flow.producer.pause();
    QVERIFY(flow.producer.send(deviceOf(pattern(MiB))));
    VirtualTime::settle();
    QVERIFY(flow.producer.send("behind it"));
    QVERIFY(!flow.producer.cancel(1));
    flow.producer.resume();
    flow.world.time.advance(10ms);
    QCOMPARE(flow.payloads, QByteArrayList{"behind it"});
    QCOMPARE(flow.producer.confirmedSeqNr(), 2);
    QCOMPARE(flow.producer.cancel(2).code(), Error::Code::TooLate);
    QCOMPARE(flow.producer.cancel(3).code(), Error::Code::InvalidArgument);
}

void TestStreams::paused()
{
    Flow flow;
    QVERIFY(!flow.begin());
    flow.producer.pause();
    QVERIFY(flow.producer.isPaused());
    QCOMPARE(flow.send(3), 3);
    flow.world.time.advance(1min);
    QVERIFY(flow.delivered.isEmpty());
    QCOMPARE(flow.producer.snapshot().blocked.reason, Blocked::Reason::Paused);
    flow.producer.resume();
    QVERIFY(!flow.producer.isPaused());
    flow.world.time.advance(10ms);
    QCOMPARE(flow.delivered, (QList<qint64>{1, 2, 3}));
}

// ---- the consumer's files

void TestStreams::packed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("level");
    QTest::addColumn<double>("part");
    const QByteArray text = QByteArray("all work and no play ").repeated(200'000);
    QTest::newRow("text, as it is") << text << 0 << 1.1;
    QTest::newRow("text, packed") << text << 3 << 0.05;
    QTest::newRow("a short message, packed") << text.first(5000) << 3 << 0.9;
}

/*! What arrives is the same; what travels is less. */
void TestStreams::packed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, level);
    QFETCH(const double, part);
    QVERIFY(writeFile(path(u"source.bin"_s), bytes));
    Flow flow(spooling(), {.compression = level});
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QVERIFY(flow.producer.sendFile(path(u"source.bin"_s)));
    flow.world.time.advance(10ms);
    QCOMPARE(flow.last.payloadSize(), qint64(bytes.size()));
    QVERIFY(flow.last.openPayload()->readAll() == bytes);
    QVERIFY(flow.producer.statistics().bytes == quint64(bytes.size()));
    const QList<LinkSnapshot> links = flow.left.linkSnapshots();
    QCOMPARE(links.size(), 1);
    QVERIFY2(double(links.first().bytesOut) < part * double(bytes.size()),
             qPrintable(QString::number(links.first().bytesOut)));
    const FlowSnapshot shown = flow.producer.snapshot();
    QCOMPARE(shown.compressedFrom, level > 0 ? qint64(bytes.size()) : 0);
    QCOMPARE(shown.compressedTo > 0, level > 0);
    QVERIFY(shown.compressedTo < links.first().bytesOut);
}

void TestStreams::fileIsDeletedAfterConfirmation()
{
    Flow flow(spooling());
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QVERIFY(flow.producer.send(deviceOf(pattern(MiB))));
    flow.world.time.advance(10ms);
    QCOMPARE(spooled().size(), 1);
    QVERIFY(flow.last.payloadFile().startsWith(path(u"spool"_s)));
    QVERIFY(!flow.confirm());
    QCOMPARE(spooled().size(), 1); // flow.last may still read it
    flow.last = {};
    QVERIFY(spooled().isEmpty());
}

void TestStreams::fileIsTaken()
{
    const QByteArray bytes = pattern(MiB);
    Flow flow(spooling());
    flow.confirms = false;
    QVERIFY(!flow.begin());
    QVERIFY(flow.producer.send(deviceOf(bytes)));
    flow.world.time.advance(10ms);
    const QString target = path(u"target"_s);
    QVERIFY(writeFile(target, "there before"));
    QCOMPARE(flow.last.takePayloadFile(target).code(), Error::Code::StorageFailed);
    QVERIFY(!flow.last.takePayloadFile(target, true));
    QCOMPARE(flow.last.payloadFile(), target);
    QVERIFY(flow.last.openPayload()->readAll() == bytes);
    QVERIFY(!flow.confirm());
    flow.last = {};
    QVERIFY(contentOf(target) == bytes);
    QVERIFY(spooled().isEmpty());
}

void TestStreams::readWithoutFile()
{
    const Delivery delivery(u"p"_s, 1, "abc", 1);
    QCOMPARE(delivery.openPayload()->readAll(), QByteArray("abc"));
    QCOMPARE(delivery.payloadSize(), 3);
    QCOMPARE(delivery.takePayloadFile(path(u"x"_s)).code(), Error::Code::InvalidArgument);
    QVERIFY(!QFile::exists(path(u"x"_s)));
    QCOMPARE(Delivery().openPayload()->readAll(), QByteArray());
}

void TestStreams::resumesAfterRestart_data()
{
    QTest::addColumn<bool>("complete");
    QTest::newRow("half-way") << false;
    QTest::newRow("complete and not confirmed") << true;
}

/*! The consumer's process ends; the next one has nothing but the spool. */
void TestStreams::resumesAfterRestart()
{
    QFETCH(const bool, complete);
    constexpr qsizetype size = 8 * MiB;
    const QByteArray bytes = pattern(size);
    Flow flow;
    QVERIFY(!flow.link());
    QVERIFY(!flow.producer.start(&flow.application));
    auto life = std::make_unique<ConsumerLife>(flow.world, nullptr, spooling());
    life->confirms = false;
    VirtualTime::settle();
    qint64 received = 0;
    connect(life->controller.get(), &ConsumerController::chunkProgress, this,
            [&](qint64, qint64 bytes, qint64) {
                received = bytes;
                if (!complete && bytes > size / 2)
                    life->controller->stop();
            });
    QVERIFY(flow.producer.send(deviceOf(bytes), u"name"_s));
    flow.world.time.advance(10ms);
    QCOMPARE(life->payloads.size(), complete ? 1 : 0);
    QVERIFY(complete || (received > size / 2 && received < size));
    life.reset();
    QCOMPARE(spooled().size(), 1);

    ConsumerLife next(flow.world, nullptr, spooling());
    qint64 first = -1;
    connect(next.controller.get(), &ConsumerController::chunkProgress, this,
            [&](qint64, qint64 bytes, qint64) { first = first < 0 ? bytes : first; });
    flow.world.time.advance(100ms);
    QCOMPARE(next.last.seqNr(), 1);
    QCOMPARE(next.last.name(), u"name"_s);
    QVERIFY(next.last.openPayload()->readAll() == bytes);
    QVERIFY(complete || first >= received);
    flow.world.time.advance(10ms);
    QCOMPARE(flow.producer.confirmedSeqNr(), 1);
    QCOMPARE(next.failures, 0);
    next.last = {};
    QVERIFY(spooled().isEmpty());
}

/*! What was left is not what was written, as after a power failure: the message comes again. */
void TestStreams::h48_damagedPart()
{
    const QByteArray bytes = pattern(4 * MiB);
    Flow flow;
    QVERIFY(!flow.link());
    QVERIFY(!flow.producer.start(&flow.application));
    auto life = std::make_unique<ConsumerLife>(flow.world, nullptr, spooling());
    life->confirms = false;
    VirtualTime::settle();
    QVERIFY(flow.producer.send(deviceOf(bytes)));
    flow.world.time.advance(10ms);
    const QString file = life->last.payloadFile();
    QVERIFY(!file.isEmpty());
    life.reset();
    QByteArray damaged = bytes;
    damaged[1000] = char(damaged[1000] + 1);
    QVERIFY(writeFile(file, damaged));

    ConsumerLife next(flow.world, nullptr, spooling());
    flow.world.time.advance(10s);
    QCOMPARE(next.last.seqNr(), 1);
    QVERIFY(next.last.openPayload()->readAll() == bytes);
}

/*! What has arrived of a producer that is gone is of no use, and does not stay. */
void TestStreams::h45_producerRestartsHalfWay()
{
    const QByteArray bytes = pattern(4 * MiB);
    VirtualWorld world;
    TestNode node(world, nodeNamed(u"left"_s));
    QVERIFY(!node.listen(FlowAddress));
    auto producer = std::make_unique<ProducerController>(u"producer"_s, &node);
    QVERIFY(!producer->start(this));
    ConsumerLife consumer(world, nullptr, spooling());
    VirtualTime::settle();
    connect(consumer.controller.get(), &ConsumerController::chunkProgress, producer.get(),
            [&](qint64, qint64 received, qint64) {
                if (received > 2 * MiB)
                    producer->pause();
            });
    QVERIFY(producer->send(deviceOf(bytes)));
    world.time.advance(10ms);
    QCOMPARE(spooled().size(), 1);
    producer.reset();
    producer = std::make_unique<ProducerController>(u"producer"_s, &node);
    QVERIFY(!producer->start(this));
    world.time.advance(1s);
    QVERIFY(spooled().isEmpty());
    QVERIFY(producer->send(deviceOf(bytes)));
    world.time.advance(10ms);
    QCOMPARE(consumer.last.seqNr(), 1);
    QVERIFY(consumer.last.openPayload()->readAll() == bytes);
}

void TestStreams::h11_besideAnotherFlow_data()
{
    QTest::addColumn<bool>("isShared");
    QTest::newRow("alone") << false;
    QTest::newRow("small messages on the same link") << true;
}

/*! What is granted ahead of a large message queues before the small ones: less is, while they come.
 */
void TestStreams::h11_besideAnotherFlow()
{
    QFETCH(const bool, isShared);
    Flow flow;
    ProducerController small(u"small"_s, &flow.left);
    ConsumerController smallConsumer(u"small consumer"_s, &flow.right);
    connect(&smallConsumer, &ConsumerController::delivered, this,
            [&](const Delivery &delivery) { QVERIFY(!smallConsumer.confirm(delivery)); });
    QVERIFY(!flow.begin());
    QVERIFY(!small.start(this));
    QVERIFY(!smallConsumer.start(this));
    QVERIFY(!smallConsumer.registerToProducerController(u"small"_s));
    flow.world.time.advance(2s); // attaching was traffic, too
    qint64 leastGranted = 12 * MiB; // ahead of what has arrived
    connect(&flow.consumer, &ConsumerController::chunkProgress, this, [&] {
        if (isShared && small.demand())
            QVERIFY(small.send("x"));
        leastGranted = std::min(leastGranted, flow.consumer.snapshot().grantedBytes);
    });
    QVERIFY(flow.producer.send(pattern(12 * MiB)));
    flow.world.time.advance(10ms);
    QCOMPARE(flow.delivered.size(), 1);
    QCOMPARE(leastGranted, isShared ? MiB / 4 : MiB);
    QCOMPARE(flow.consumer.snapshot().grantedBytes, MiB);
}

void TestStreams::spoolThatCannotBe()
{
    QVERIFY(writeFile(path(u"spool"_s), "a file"));
    Flow flow(spooling());
    QCOMPARE(flow.consumer.start(&flow.application).code(), Error::Code::StorageFailed);
}

/*! Nothing is lost while there is no room, and it goes on when there is. */
void TestStreams::spoolFull()
{
    const QByteArray bytes = pattern(MiB);
    Flow flow(spooling());
    flow.confirms = false;
    QVERIFY(!flow.begin());
    const QString spool = path(u"spool"_s);
    QVERIFY(QDir().rmdir(spool));
    QVERIFY(writeFile(spool, "in its place"));
    QVERIFY(flow.producer.send(deviceOf(bytes)));
    flow.world.time.advance(1s);
    QCOMPARE(flow.consumerErrors, QList<Error::Code>{Error::Code::StorageFailed});
    flow.world.time.advance(20s);
    QVERIFY(flow.delivered.isEmpty());
    QVERIFY(flow.consumer.isAttached());
    QVERIFY(QFile::remove(spool));
    QVERIFY(QDir().mkdir(spool));
    flow.world.time.advance(1min);
    QCOMPARE(flow.delivered, QList<qint64>{1});
    QVERIFY(flow.last.openPayload()->readAll() == bytes);
}

void TestStreams::notWithADurableQueue()
{
    VirtualWorld world;
    ProducerLife life(world, std::make_shared<MemoryQueueDisk>());
    ConsumerLife consumer(world);
    world.time.advance(10ms);
    ProducerController &producer = life.controller;
    QCOMPARE(life.send({"x"}), 1);
    QCOMPARE(producer.send(deviceOf("x")).error().code(), Error::Code::InvalidArgument);
    QCOMPARE(producer.sendFile(path(u"x"_s)).error().code(), Error::Code::InvalidArgument);
    QCOMPARE(producer.cancel(1).code(), Error::Code::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_streams.moc"
