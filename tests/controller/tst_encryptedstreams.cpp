// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "durableflow.h"

#include <QtDelivery/fileconsumerprogress.h>
#include <QtDelivery/fileproducerqueue.h>

#include <QDirIterator>
#include <QFile>
#include <QIODevice>
#include <QTemporaryDir>
#include <QTest>

using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype MiB = 1024 * 1024;
const QByteArray Secret("nobody's business. ");

QByteArray secrets(qsizetype size)
{
    QByteArray bytes = Secret.repeated(size / Secret.size() + 1).first(size);
    for (qsizetype i = 0; i < size; i += 1000)
        bytes[i] = char(i / 1000);
    return bytes;
}

StorageKeys keysOf(const QByteArray &letters)
{
    QList<QByteArray> all;
    for (const char letter : letters)
        all.append(QByteArray(32, letter));
    return *StorageKeys::fromSecret(all.takeFirst(), all);
}

/*! One life of a producer's process. */
struct Sender
{
    Sender(VirtualWorld &world, const QString &directory, const StorageKeys &keys)
        : node(world, nodeNamed(u"left"_s))
        , queue(directory, {}, keys)
        , controller(u"producer"_s, ProducerSettings(), &queue, &node)
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

/*! One life of a consumer's process. */
struct Receiver
{
    Receiver(VirtualWorld &world, const QString &directory, const StorageKeys &keys)
        : node(world, nodeNamed(u"right"_s))
        , progress(directory + u"/progress"_s, keys)
        , controller(u"consumer"_s, settings(directory), &progress, keys, &node)
    {
        QObject::connect(&controller, &ConsumerController::delivered, &node,
                         [this](const Delivery &delivery) { last = delivery; });
        QObject::connect(&controller, &ConsumerController::errorOccurred, &node,
                         [this](const Error &error) { errors.append(error); });
        failures += controller.start(&node).isError();
        failures += controller.registerToProducerController(u"producer"_s).isError();
        failures += node.connectTo(FlowAddress).isError();
    }
    static ConsumerSettings settings(const QString &directory)
    {
        return {.flowControlWindowBytes = 256 * 1024,
                .spoolDirectory = directory + u"/spool"_s,
                .spoolThreshold = 100'000};
    }

    TestNode node;
    FileConsumerProgress progress;
    ConsumerController controller;
    Delivery last;
    QList<Error> errors;
    int failures = 0;
};

} // namespace

/*! From end to end with everything encrypted that lies on a disk. */
class TestEncryptedStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void nothingIsInClear();
    void r16_restartOfBothHalfWay();
    void h52_changedPayloadStopsTheFlow();
    void wrongKeyForTheQueue();
    void wrongKeyForTheSpool();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] QString file(const QByteArray &bytes) const
    {
        QFile file(m_outside->filePath(u"source.bin"_s));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()
            ? file.fileName()
            : QString();
    }
    /*! The files, of queue, progress and spool, in which something is that nobody should read. */
    [[nodiscard]] QStringList readable(const QByteArrayList &words) const
    {
        QStringList found;
        QDirIterator files(m_directory->path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : "locked";
            for (const QByteArray &word : words) {
                if (bytes.contains(word))
                    found.append(file.fileName() + u": "_s + QString::fromUtf8(word));
            }
        }
        return found;
    }
    template <typename Condition> [[nodiscard]] bool eventually(Condition condition)
    {
        return QTest::qWaitFor(
            [&] {
                m_world->time.advance(1ms);
                return condition();
            },
            20000);
    }
    /*! Half of a long message has arrived when both processes end. */
    [[nodiscard]] bool leaveHalf(const QByteArray &bytes);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QTemporaryDir> m_outside;
    std::unique_ptr<VirtualWorld> m_world;
};

void TestEncryptedStreams::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_outside = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid() && m_outside->isValid());
    m_world = std::make_unique<VirtualWorld>();
}

void TestEncryptedStreams::cleanup()
{
    m_world.reset();
    m_directory.reset();
    m_outside.reset();
}

bool TestEncryptedStreams::leaveHalf(const QByteArray &bytes)
{
    Sender sender(*m_world, path(u"queue"_s), keysOf("k"));
    const Receiver receiver(*m_world, m_directory->path(), keysOf("k"));
    if (!eventually([&] { return sender.controller.demand(); }))
        return false;
    qint64 sent = 0;
    connect(&sender.controller, &ProducerController::chunkProgress, &sender.node,
            [&](qint64, qint64 bytesSent) {
                sent = bytesSent;
                if (sent > 2 * MiB)
                    sender.controller.pause();
            });
    return sender.controller.sendFile(file(bytes)) && eventually([&] { return sent > 2 * MiB; })
        && sent < 4 * MiB;
}

void TestEncryptedStreams::nothingIsInClear()
{
    const QByteArray bytes = secrets(3 * MiB);
    const QByteArrayList words{Secret, "the small one", "the context", "where I was", "source.bin"};
    Sender sender(*m_world, path(u"queue"_s), keysOf("k"));
    Receiver receiver(*m_world, m_directory->path(), keysOf("k"));
    QVERIFY(eventually([&] { return sender.controller.demand(); }));
    QVERIFY(sender.controller.send("the small one", "the context"));
    QVERIFY(eventually([&] { return receiver.last.seqNr() == 1; }));
    QCOMPARE(receiver.last.payload(), QByteArray("the small one"));
    QVERIFY(!receiver.controller.confirm(receiver.last, "where I was"));
    QVERIFY(eventually([&] { return sender.controller.demand(); }));
    QVERIFY(sender.controller.sendFile(file(bytes)));
    QVERIFY(eventually([&] { return receiver.last.seqNr() == 2; }));
    QCOMPARE(readable(words), QStringList());

    QVERIFY(!receiver.last.payloadFile().isEmpty());
    QCOMPARE(receiver.last.payloadSize(), qint64(bytes.size()));
    QVERIFY(receiver.last.openPayload()->readAll() == bytes);
    const QString taken = m_outside->filePath(u"taken"_s);
    QVERIFY(!receiver.last.takePayloadFile(taken));
    QCOMPARE(receiver.last.payloadFile(), taken);
    QVERIFY(receiver.last.openPayload()->readAll() == bytes);
    QVERIFY(!receiver.controller.confirm(receiver.last));
    receiver.last = {};
    QVERIFY(eventually([&] { return sender.controller.confirmedSeqNr() == 2; }));
    QVERIFY(QFile::exists(taken));
    QTRY_VERIFY(QDir(path(u"queue"_s)).entryList({u"*.payload"_s}).isEmpty());
    QTRY_VERIFY(QDir(path(u"spool"_s)).entryList(QDir::Files).isEmpty());
    QCOMPARE(readable(words), QStringList());
    QVERIFY(sender.errors.isEmpty() && receiver.errors.isEmpty());
}

void TestEncryptedStreams::r16_restartOfBothHalfWay()
{
    const QByteArray bytes = secrets(6 * MiB);
    QVERIFY(leaveHalf(bytes));
    QCOMPARE(readable({Secret}), QStringList());
    // And with new keys: what the former ones are for goes on.
    Sender sender(*m_world, path(u"queue"_s), keysOf("xk"));
    Receiver receiver(*m_world, m_directory->path(), keysOf("xk"));
    qint64 first = -1;
    connect(&sender.controller, &ProducerController::chunkProgress, &sender.node,
            [&](qint64, qint64 sent) { first = first < 0 ? sent : first; });
    QVERIFY(eventually([&] { return receiver.last.seqNr() == 1; }));
    QVERIFY2(first > MiB, qPrintable(QString::number(first))); // not from the first byte
    QVERIFY(receiver.last.openPayload()->readAll() == bytes);
}

void TestEncryptedStreams::h52_changedPayloadStopsTheFlow()
{
    QVERIFY(leaveHalf(secrets(6 * MiB)));
    const QString stored = path(u"queue/000000000001.payload"_s);
    const QString backup = m_outside->filePath(u"backup"_s);
    QVERIFY(QFile::copy(stored, backup));
    QFile payload(stored);
    QVERIFY(payload.open(QIODevice::ReadWrite) && payload.seek(5 * MiB) && payload.putChar('!'));
    payload.close();

    Sender sender(*m_world, path(u"queue"_s), keysOf("k"));
    Receiver receiver(*m_world, m_directory->path(), keysOf("k"));
    QVERIFY(eventually([&] { return sender.controller.needsRetry(); }));
    QVERIFY(sender.errors.constLast().message().contains(stored));
    QVERIFY(QFile::remove(stored) && QFile::copy(backup, stored));
    QVERIFY(!sender.controller.retry());
    QVERIFY(eventually([&] { return receiver.last.seqNr() == 1; }));
    QVERIFY(receiver.last.openPayload()->readAll() == secrets(6 * MiB));
}

void TestEncryptedStreams::wrongKeyForTheQueue()
{
    QVERIFY(leaveHalf(secrets(6 * MiB)));
    Sender sender(*m_world, path(u"queue"_s), keysOf("x"));
    QVERIFY(eventually([&] { return sender.controller.needsRetry(); })); // at once
    QCOMPARE(sender.errors.size(), 1);
    QCOMPARE(sender.errors.first().code(), Error::Code::AccessDenied);
    QVERIFY(sender.errors.first().message().contains(keysOf("k").ids().constFirst()));
}

void TestEncryptedStreams::wrongKeyForTheSpool()
{
    QVERIFY(leaveHalf(secrets(6 * MiB)));
    QVERIFY(QDir(path(u"progress"_s)).removeRecursively()); // that would be refused, too
    Sender sender(*m_world, path(u"queue"_s), keysOf("k"));
    Receiver receiver(*m_world, m_directory->path(), keysOf("x"));
    QVERIFY(eventually([&] { return !receiver.errors.isEmpty(); }));
    QCOMPARE(receiver.errors.first().code(), Error::Code::AccessDenied);
    QVERIFY(receiver.errors.first().message().contains(keysOf("k").ids().constFirst()));
    QCOMPARE(QDir(path(u"spool"_s)).entryList(QDir::Files).size(), 1);
}

QTEST_GUILESS_MAIN(TestEncryptedStreams)
#include "tst_encryptedstreams.moc"
