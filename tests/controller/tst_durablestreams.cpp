// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "durableflow.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

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

/*! \brief One life of a producer's process, with a queue in files. */
struct FileLife
{
    FileLife(VirtualWorld &world, const QString &directory, const ProducerSettings &settings = {})
        : node(world, nodeNamed(u"left"_s))
        , queue(directory)
        , controller(u"producer"_s, settings, &queue, &node)
    {
        QObject::connect(&controller, &ProducerController::errorOccurred, &node,
                         [this](const Error &error) { errors.append(error); });
        failures += controller.start(&node).isError();
        failures += node.listen(FlowAddress).isError();
    }

    TestNode node;
    FileProducerQueue queue;
    ProducerController controller;
    QList<Error> errors;
    int failures = 0;
};

/*! Fails from some byte on. */
class BadDevice : public QBuffer
{
protected:
    qint64 readData(char *data, qint64 size) override
    {
        return pos() > MiB ? -1 : QBuffer::readData(data, size);
    }
};

/*! Knows who has read it. */
class WatchedDevice : public QBuffer
{
public:
    explicit WatchedDevice(QSet<QThread *> *readers)
        : m_readers(readers)
    { }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        m_readers->insert(QThread::currentThread());
        return QBuffer::readData(data, size);
    }

private:
    QSet<QThread *> *const m_readers;
};

} // namespace

/*! Messages from files and devices that a durable queue keeps. */
class TestDurableStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void fileIsSpooledOnceAndSent_data();
    void fileIsSpooledOnceAndSent();
    void sourceMayGoWhenStored();
    void deviceIsDeletedWhenStored();
    void r16_restartOfTheProducer();
    void r16_restartOfBothHalfWay();
    void cancelled_data();
    void cancelled();
    void contextIsStored();
    void eventLoopDoesNotWait();
    void h45_unreadableDeviceIsPassedBy();
    void h52_damagedFileStopsTheFlow();
    void h52_lostFileAndRetry();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] QString queuePath() const { return path(u"queue"_s); }
    [[nodiscard]] QStringList payloadFiles() const
    {
        return QDir(queuePath()).entryList({u"*.payload"_s, u"*.tmp"_s}, QDir::Files);
    }
    [[nodiscard]] QString file(const QByteArray &bytes) const
    {
        QFile file(path(u"source.bin"_s));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
            ? file.fileName()
            : QString();
    }
    /*! Real time for the disk, virtual time for all else. */
    template <typename Condition> [[nodiscard]] bool eventually(Condition condition)
    {
        return QTest::qWaitFor(
            [&] {
                m_world->time.advance(1ms);
                return condition();
            },
            20000);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<VirtualWorld> m_world;
};

void TestDurableStreams::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_world = std::make_unique<VirtualWorld>();
}

void TestDurableStreams::cleanup()
{
    m_world.reset();
    m_directory.reset();
}

void TestDurableStreams::fileIsSpooledOnceAndSent_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<int>("files");
    QTest::newRow("empty") << qsizetype(0) << 0;
    QTest::newRow("small: in the journal") << qsizetype(65536) << 0;
    QTest::newRow("a byte more: a file") << qsizetype(65537) << 1;
    QTest::newRow("large") << 5 * MiB + 3 << 1;
}

void TestDurableStreams::fileIsSpooledOnceAndSent()
{
    QFETCH(qsizetype, size);
    QFETCH(int, files);
    const QByteArray bytes = pattern(size);
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    consumer.confirms = false;
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    const SendResult result = life.controller.sendFile(file(bytes));
    QVERIFY2(result, qPrintable(result.error().message()));
    QVERIFY(eventually([&] { return consumer.last.seqNr() == 1; }));
    QCOMPARE(consumer.last.name(), u"source.bin"_s);
    QVERIFY(consumer.last.payload() == bytes);
    QCOMPARE(payloadFiles().size(), files);
    QCOMPARE(life.controller.storedSeqNr(), 1);
    consumer.confirm();
    QVERIFY(eventually([&] { return life.controller.confirmedSeqNr() == 1; }));
    QTRY_VERIFY(payloadFiles().isEmpty());
    QVERIFY(life.errors.isEmpty() && consumer.errors.isEmpty());
}

void TestDurableStreams::sourceMayGoWhenStored()
{
    const QByteArray bytes = pattern(2 * MiB);
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    life.controller.pause();
    const QString source = file(bytes);
    QVERIFY(life.controller.sendFile(source));
    QVERIFY(eventually([&] { return life.controller.storedSeqNr() == 1; }));
    QVERIFY(QFile::remove(source));
    life.controller.resume();
    QVERIFY(eventually([&] { return consumer.payloads.size() == 1; }));
    QVERIFY(consumer.payloads.first() == bytes);
}

void TestDurableStreams::deviceIsDeletedWhenStored()
{
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    auto device = std::make_unique<QBuffer>();
    device->setData(pattern(MiB));
    const QPointer<QBuffer> watch(device.get());
    QVERIFY(life.controller.send(std::move(device), u"buffer"_s));
    QVERIFY(eventually([&] { return consumer.payloads.size() == 1; }));
    QTRY_VERIFY(!watch);
    QVERIFY(consumer.payloads.first() == pattern(MiB));
}

void TestDurableStreams::r16_restartOfTheProducer()
{
    const QByteArray bytes = pattern(3 * MiB);
    {
        FileLife life(*m_world, queuePath());
        {
            ConsumerLife consumer(*m_world); // who gives permission, and goes
            consumer.confirms = false;
            QVERIFY(eventually([&] { return life.controller.demand(); }));
        }
        QVERIFY(life.controller.sendFile(file(bytes)));
        QVERIFY(eventually([&] { return life.controller.storedSeqNr() == 1; }));
    }
    QVERIFY(QFile::remove(path(u"source.bin"_s)));
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return consumer.payloads.size() == 1; }));
    QCOMPARE(consumer.last.name(), u"source.bin"_s);
    QVERIFY(consumer.payloads.first() == bytes);
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    QVERIFY(life.controller.send("small"));
    QVERIFY(eventually([&] { return consumer.payloads.size() == 2; }));
    QCOMPARE(consumer.last.seqNr(), 2);
}

void TestDurableStreams::cancelled_data()
{
    QTest::addColumn<bool>("stored");
    QTest::newRow("at once") << false;
    QTest::newRow("when it is stored") << true;
}

/*! Its payload goes from the disk, and no later life sends it. */
void TestDurableStreams::cancelled()
{
    QFETCH(const bool, stored);
    {
        FileLife life(*m_world, queuePath());
        {
            ConsumerLife consumer(*m_world); // who gives permission, and goes
            QVERIFY(eventually([&] { return life.controller.demand(); }));
        }
        QVERIFY(life.controller.sendFile(file(pattern(3 * MiB))));
        if (stored)
            QVERIFY(eventually([&] { return !payloadFiles().isEmpty(); }));
        QVERIFY(!stored || eventually([&] { return life.controller.storedSeqNr() == 1; }));
        QVERIFY(!life.controller.cancel(1));
        QVERIFY(eventually(
            [&] { return life.controller.storedSeqNr() == 1 && payloadFiles().isEmpty(); }));
    }
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    QVERIFY(life.controller.send("behind it"));
    QVERIFY(eventually([&] { return life.controller.confirmedSeqNr() == 2; }));
    QCOMPARE(consumer.payloads, QByteArrayList{"behind it"});
    QCOMPARE(consumer.last.seqNr(), 2);
    QVERIFY(life.errors.isEmpty());
}

void TestDurableStreams::r16_restartOfBothHalfWay()
{
    const QByteArray bytes = pattern(6 * MiB);
    ConsumerSettings spooling;
    spooling.flowControlWindowBytes = 256 * 1024;
    spooling.spoolDirectory = path(u"spool"_s);
    spooling.spoolThreshold = 100'000;
    qint64 before = 0;
    {
        FileLife life(*m_world, queuePath());
        ConsumerLife consumer(*m_world, nullptr, spooling);
        QVERIFY(eventually([&] { return life.controller.demand(); }));
        connect(&life.controller, &ProducerController::chunkProgress, &life.node,
                [&](qint64, qint64 sent) {
                    before = sent;
                    if (sent > 2 * MiB)
                        life.controller.pause();
                });
        QVERIFY(life.controller.sendFile(file(bytes)));
        QVERIFY(eventually([&] { return before > 2 * MiB; }));
    }
    QVERIFY(before < 4 * MiB);
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world, nullptr, spooling);
    consumer.confirms = false;
    qint64 first = -1;
    connect(&life.controller, &ProducerController::chunkProgress, &life.node,
            [&](qint64, qint64 sent) { first = first < 0 ? sent : first; });
    QVERIFY(eventually([&] { return consumer.last.seqNr() == 1; }));
    QVERIFY2(first > MiB, qPrintable(QString::number(first))); // not from the first byte
    const std::unique_ptr<QIODevice> device = consumer.last.openPayload();
    QVERIFY(device->readAll() == bytes);
}

void TestDurableStreams::contextIsStored()
{
    {
        FileLife life(*m_world, queuePath());
        ConsumerLife consumer(*m_world);
        consumer.confirms = false;
        QVERIFY(eventually([&] { return life.controller.demand(); }));
        QVERIFY(life.controller.sendFile(file(pattern(100'000)), u"name"_s, "file 1"));
        QVERIFY(eventually([&] { return life.controller.storedSeqNr() == 1; }));
        QCOMPARE(life.controller.storedContext(), QByteArray("file 1"));
    }
    FileLife life(*m_world, queuePath());
    QVERIFY(eventually([&] { return life.controller.isLoaded(); }));
    QCOMPARE(life.controller.storedContext(), QByteArray("file 1"));
    QCOMPARE(life.controller.unconfirmedCount(), 1);
}

/*! While a payload is copied, which another thread does, there is no permission. */
void TestDurableStreams::eventLoopDoesNotWait()
{
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    bool hadDemandTooEarly = false;
    connect(&life.controller, &ProducerController::requestNext, &life.node,
            [&] { hadDemandTooEarly = hadDemandTooEarly || life.controller.storedSeqNr() == 0; });
    QSet<QThread *> readers;
    auto device = std::make_unique<WatchedDevice>(&readers);
    device->setData(pattern(4 * MiB));
    QVERIFY(life.controller.send(std::move(device)));
    QVERIFY(eventually([&] { return consumer.payloads.size() == 1; }));
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    QVERIFY(!hadDemandTooEarly);
    QCOMPARE(readers.size(), 1);
    QVERIFY(!readers.contains(QThread::currentThread()));
}

/*! What was never stored is given up, and its number is passed by; also after a restart. */
void TestDurableStreams::h45_unreadableDeviceIsPassedBy()
{
    {
        FileLife life(*m_world, queuePath());
        ConsumerLife consumer(*m_world);
        QVERIFY(eventually([&] { return life.controller.demand(); }));
        life.controller.pause();
        auto device = std::make_unique<BadDevice>();
        device->setData(pattern(3 * MiB));
        QVERIFY(life.controller.send(std::move(device)));
        QVERIFY(eventually([&] { return life.controller.storedSeqNr() == 1; }));
        QCOMPARE(life.errors.size(), 1);
        QCOMPARE(life.errors.first().code(), Error::Code::SourceFailed);
        QVERIFY(!life.controller.needsRetry());
        QVERIFY(consumer.payloads.isEmpty());
    }
    QVERIFY(payloadFiles().isEmpty());
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return life.controller.confirmedSeqNr() == 1; }));
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    QVERIFY(life.controller.send("next"));
    QVERIFY(eventually([&] { return life.controller.confirmedSeqNr() == 2; }));
    QCOMPARE(consumer.payloads, QByteArrayList{"next"});
}

/*! It is stored, so it is not passed by: somebody has to look. */
void TestDurableStreams::h52_damagedFileStopsTheFlow()
{
    {
        FileLife life(*m_world, queuePath());
        ConsumerLife consumer(*m_world);
        QVERIFY(eventually([&] { return life.controller.demand(); }));
        life.controller.pause();
        QVERIFY(life.controller.sendFile(file(pattern(MiB))));
        QVERIFY(eventually([&] { return life.controller.storedSeqNr() == 1; }));
    }
    const QString stored = queuePath() + u"/000000000001.payload"_s;
    QFile payload(stored);
    QVERIFY(payload.open(QIODevice::ReadWrite) && payload.seek(MiB / 2));
    QVERIFY(payload.putChar('!'));
    payload.close();

    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return life.controller.needsRetry(); }));
    QCOMPARE(life.errors.size(), 1);
    QCOMPARE(life.errors.first().code(), Error::Code::StorageFailed);
    QVERIFY(life.errors.first().message().contains(stored));
    QCOMPARE(life.controller.storageError().code(), Error::Code::StorageFailed);
    QVERIFY(consumer.payloads.isEmpty());
    QVERIFY(QFile::exists(stored));

    QFile::remove(stored);
    QVERIFY(QFile::copy(path(u"source.bin"_s), stored)); // from the backup
    QVERIFY(!life.controller.retry());
    QVERIFY(eventually([&] { return life.controller.confirmedSeqNr() == 1; }));
    QVERIFY(consumer.payloads.first() == pattern(MiB));
    QVERIFY(!life.controller.needsRetry());
}

void TestDurableStreams::h52_lostFileAndRetry()
{
    FileLife life(*m_world, queuePath());
    ConsumerLife consumer(*m_world);
    QVERIFY(eventually([&] { return life.controller.demand(); }));
    life.controller.pause();
    QVERIFY(life.controller.sendFile(file(pattern(MiB))));
    QVERIFY(eventually([&] { return life.controller.storedSeqNr() == 1; }));
    const QString stored = life.queue.payloadFile(1);
    QVERIFY(QFile::rename(stored, path(u"elsewhere"_s)));
    life.controller.resume();
    QVERIFY(eventually([&] { return life.controller.needsRetry(); }));
    QVERIFY(!life.controller.retry()); // it is still away
    QVERIFY(eventually([&] { return life.errors.size() == 2; }));
    QVERIFY(life.controller.needsRetry());
    QVERIFY(QFile::rename(path(u"elsewhere"_s), stored));
    QVERIFY(!life.controller.retry());
    QVERIFY(eventually([&] { return consumer.payloads.size() == 1; }));
    QVERIFY(consumer.payloads.first() == pattern(MiB));
}

QTEST_GUILESS_MAIN(TestDurableStreams)
#include "tst_durablestreams.moc"
