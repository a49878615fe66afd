// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"
#include "smalldisk.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <memory>

using QtDelivery::Test::SmallDisk;

namespace {

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

constexpr int patience = 30'000; // ms

} // namespace

/*! `send --durable` and `receive --progress` on a disk that is full, or that may not be written. */
class TestFullDisk : public QObject
{
    Q_OBJECT

public:
    explicit TestFullDisk(const SmallDisk &disk)
        : m_disk(disk)
    { }

private Q_SLOTS:
    void init();
    void cleanup();
    void queueDiskFillsUp();
    void queueGivesUp();
    void outputDiskFillsUp();
    void progressDiskIsFull();
    void readOnly_data();
    void readOnly();

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_directory->filePath(QLatin1String(name));
    }
    [[nodiscard]] QString onDisk(const char *name) const
    {
        return m_disk.filePath(QLatin1String(name));
    }
    [[nodiscard]] QStringList send(const QString &queue, const QString &input) const
    {
        return {QStringLiteral("send"),
                QStringLiteral("--flow"),
                QStringLiteral("orders"),
                QStringLiteral("--listen"),
                m_address,
                QStringLiteral("--durable"),
                queue,
                input};
    }
    [[nodiscard]] QStringList receive(const QString &progress, const QString &out) const
    {
        return {QStringLiteral("receive"),
                QStringLiteral("--flow"),
                QStringLiteral("orders"),
                QStringLiteral("--connect"),
                m_address,
                QStringLiteral("--progress"),
                progress,
                QStringLiteral("--out"),
                out};
    }
    [[nodiscard]] QString inputOf(const QByteArray &content) const
    {
        QFile file(path("input.txt"));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size()
            ? file.fileName()
            : QString();
    }

    const SmallDisk &m_disk;
    std::unique_ptr<QTemporaryDir> m_directory; // of one function, on a disk with room
    QString m_address;
};

void TestFullDisk::init()
{
    if (!m_disk.isMounted())
        QSKIP("the system does not allow this user to mount a disk of its own");
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    QTcpServer server; // finds a port that is free
    QVERIFY(server.listen(QHostAddress::LocalHost));
    m_address = QStringLiteral("tcp://127.0.0.1:%1").arg(server.serverPort());
}

void TestFullDisk::cleanup()
{
    m_disk.makeRoom();
    for (const char *name : {"queue", "progress"})
        QDir(onDisk(name)).removeRecursively();
    QFile::remove(onDisk("out.txt"));
}

/*! It is told, and waited for; when there is room again the same run goes on. */
void TestFullDisk::queueDiskFillsUp()
{
    CliProcess receiver(receive(path("progress"), path("out.txt")));
    CliProcess sender(send(onDisk("queue"), QStringLiteral("-")), CliProcess::Input::Open);
    sender.write("the first\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(path("out.txt")), QByteArray("the first\n"), patience);
    m_disk.fill();
    // More than a segment of the journal, the only one that has its place already.
    QByteArray more;
    for (int i = 0; i < 200; ++i)
        more += QByteArray::number(i) + QByteArray(60'000, char('a' + i % 26)) + '\n';
    sender.write(more);
    sender.closeInput();
    QTRY_VERIFY_WITH_TIMEOUT(sender.complaints().contains("No space left on device"), patience);
    QVERIFY(sender.isRunning());
    m_disk.makeRoom();
    QCOMPARE(sender.exitCode(), 0);
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == "the first\n" + more);
}

/*! Nobody makes room: it ends and says why. The same command goes on later. */
void TestFullDisk::queueGivesUp()
{
    const QByteArray lines = numberedLines("order", 1, 100);
    const QString input = inputOf(lines);
    m_disk.fill();
    CliProcess receiver(receive(path("progress"), path("out.txt")));
    CliProcess sender(send(onDisk("queue"), input));
    QCOMPARE(sender.exitCode(), 1);
    QVERIFY2(sender.complaints().contains("No space left on device"),
             sender.complaints().constData());
    QCOMPARE(contentOf(path("out.txt")), QByteArray());
    m_disk.makeRoom();
    CliProcess again(send(onDisk("queue"), input));
    QCOMPARE(again.exitCode(), 0);
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == lines);
}

/*! What cannot be written is not confirmed. */
void TestFullDisk::outputDiskFillsUp()
{
    const QByteArray lines = numberedLines("order", 1, 500);
    CliProcess sender(send(path("queue"), QStringLiteral("-")), CliProcess::Input::Open);
    auto receiver = std::make_unique<CliProcess>(receive(path("progress"), onDisk("out.txt")));
    sender.write("the first\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(onDisk("out.txt")), QByteArray("the first\n"), patience);
    m_disk.fill();
    sender.write(lines);
    sender.closeInput();
    QCOMPARE(receiver->exitCode(), 1);
    QVERIFY2(receiver->complaints().contains("No space left on device"),
             receiver->complaints().constData());
    QVERIFY(receiver->complaints().contains("out.txt"));
    m_disk.makeRoom();
    receiver = std::make_unique<CliProcess>(receive(path("progress"), onDisk("out.txt")));
    QCOMPARE(sender.exitCode(), 0);
    receiver->sendSignal(SIGINT);
    QCOMPARE(receiver->exitCode(), 130);
    QVERIFY(contentOf(onDisk("out.txt")) == "the first\n" + lines);
}

void TestFullDisk::progressDiskIsFull()
{
    const QByteArray lines = numberedLines("order", 1, 100);
    m_disk.fill();
    CliProcess sender(send(path("queue"), inputOf(lines)));
    CliProcess receiver(receive(onDisk("progress"), path("out.txt")));
    QTRY_VERIFY_WITH_TIMEOUT(receiver.complaints().contains("No space left on device"), patience);
    QVERIFY(receiver.isRunning());
    m_disk.makeRoom();
    QCOMPARE(sender.exitCode(), 0);
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == lines);
}

void TestFullDisk::readOnly_data()
{
    QTest::addColumn<bool>("queue");
    QTest::newRow("queue") << true;
    QTest::newRow("progress") << false;
}

void TestFullDisk::readOnly()
{
    QFETCH(bool, queue);
    const QByteArray lines = numberedLines("order", 1, 100);
    QVERIFY(m_disk.setReadOnly(true));
    CliProcess sender(send(queue ? onDisk("queue") : path("queue"), inputOf(lines)));
    CliProcess receiver(receive(queue ? path("progress") : onDisk("progress"), path("out.txt")));
    CliProcess &refused = queue ? sender : receiver;
    const bool told = QTest::qWaitFor(
        [&] { return refused.complaints().contains("Read-only file system"); }, patience);
    QVERIFY(m_disk.setReadOnly(false));
    QVERIFY2(told, refused.complaints().constData());
    QCOMPARE(sender.exitCode(), 0);
    receiver.sendSignal(SIGINT);
    QCOMPARE(receiver.exitCode(), 130);
    QVERIFY(contentOf(path("out.txt")) == lines);
}

int main(int argc, char **argv)
{
    const QTemporaryDir directory;
    // Three segments of a journal have their place on it.
    const SmallDisk disk(directory.path(), QByteArrayLiteral("32m"));
    const QCoreApplication application(argc, argv);
    TestFullDisk test(disk);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fulldisk.moc"
