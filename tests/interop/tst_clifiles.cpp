// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::Literals::StringLiterals;

namespace {

const QString FlowName = u"files"_s;

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

/*! \a size bytes that repeat nowhere. */
bool writeLong(const QString &path, qint64 size)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    quint64 state = 88172645463325252u;
    QList<quint64> block(8192);
    for (qint64 at = 0; at < size; at += block.size() * 8) {
        for (quint64 &word : block) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            word = state;
        }
        const qint64 length = std::min<qint64>(size - at, block.size() * 8);
        if (file.write(reinterpret_cast<const char *>(block.constData()), length) != length)
            return false;
    }
    return true;
}

QByteArray digestOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

/*! Bytes of what is arriving in the folder \a directory. */
qint64 arriving(const QString &directory)
{
    qint64 size = 0;
    const QDir spool(directory + u"/.qtdelivery"_s);
    for (const QFileInfo &file : spool.entryInfoList({u"*.part"_s}, QDir::Files))
        size = std::max(size, file.size());
    return size;
}

/*! The name of what is arriving there, which no other sender's has. */
QString arrivingName(const QString &directory)
{
    const QDir spool(directory + u"/.qtdelivery"_s);
    return spool.entryList({u"*.part"_s}, QDir::Files).value(0);
}

} // namespace

/*! `send --file` and `receive --into`. */
class TestCliFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void h41_filesArriveUnderTheirNames();
    void fileThatIsThere_data();
    void fileThatIsThere();
    void linesHaveNoName();
    void missingFile();
    void killed_data();
    void killed();
    void r16_durableSenderIsKilled();
    void durableFilesAreSentOnce();

private:
    [[nodiscard]] QString source(const QString &name) const
    {
        return m_directory->filePath(u"from/"_s + name);
    }
    [[nodiscard]] QString target(const QString &name = {}) const
    {
        return m_directory->filePath(u"to/"_s + name);
    }
    [[nodiscard]] QStringList send(const QStringList &files, const QStringList &how) const
    {
        return sendArguments(FlowName, how + QStringList{u"--file"_s} + files);
    }
    [[nodiscard]] QStringList receive(const QStringList &how) const
    {
        return receiveArguments(FlowName, how + QStringList{u"--into"_s, target()});
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCliFiles::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_directory->path()).mkdir(u"from"_s));
    QVERIFY(QDir(m_directory->path()).mkdir(u"to"_s));
}

void TestCliFiles::h41_filesArriveUnderTheirNames()
{
    const QStringList names{u"empty"_s, u"small ä.txt"_s, u"chunks.bin"_s, u"long.bin"_s};
    QVERIFY(writeFile(source(names[0]), {}));
    QVERIFY(writeFile(source(names[1]), "one\ntwo"));
    QVERIFY(writeLong(source(names[2]), 200'000));
    QVERIFY(writeLong(source(names[3]), 5'000'001));
    QStringList files;
    for (const QString &name : names)
        files += source(name);
    const PortFile portFile;
    CliProcess sender(send(files, portFile.listen() + QStringList{u"--json"_s}));
    CliProcess receiver(receive(portFile.connect() + QStringList{u"--count"_s, u"4"_s}));
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.complaints(), QByteArray());
    QCOMPARE(sender.exitCode(), 0);
    for (const QString &name : names)
        QCOMPARE(digestOf(target(name)), digestOf(source(name)));
    QCOMPARE(
        QDir(target()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 4);
    const auto numbers = summary(sender.output());
    QVERIFY(numbers);
    QCOMPARE(numbers->value(u"messages").toInt(), 4);
    QCOMPARE(numbers->value(u"bytes").toInt(), 7 + 200'000 + 5'000'001);
}

void TestCliFiles::fileThatIsThere_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("present");
    QTest::addColumn<bool>("force");
    QTest::addColumn<bool>("arrives");
    for (const int size : {10, 3'000'000}) {
        QTest::addRow("%d, another one", size) << size << QByteArray("mine") << false << false;
        QTest::addRow("%d, another one, --force", size)
            << size << QByteArray("mine") << true << true;
        QTest::addRow("%d, the same", size) << size << QByteArray() << false << true;
    }
}

void TestCliFiles::fileThatIsThere()
{
    QFETCH(const int, size);
    QFETCH(const QByteArray, present);
    QFETCH(const bool, force);
    QFETCH(const bool, arrives);
    QVERIFY(writeLong(source(u"a"_s), size));
    QVERIFY(present.isEmpty() ? QFile::copy(source(u"a"_s), target(u"a"_s))
                              : writeFile(target(u"a"_s), present));
    const PortFile portFile;
    CliProcess sender(send({source(u"a"_s)}, portFile.listen()));
    QStringList how = portFile.connect() + QStringList{u"--count"_s, u"1"_s};
    if (force)
        how += u"--force"_s;
    CliProcess receiver(receive(how));
    QCOMPARE(receiver.exitCode(), arrives ? 0 : 1);
    if (arrives) {
        QCOMPARE(sender.exitCode(), 0);
        QCOMPARE(digestOf(target(u"a"_s)), digestOf(source(u"a"_s)));
    } else {
        QVERIFY(receiver.complaints().endsWith("/to/a is there already; --force replaces it.\n"));
        QCOMPARE(contentOf(target(u"a"_s)), present);
        QVERIFY(sender.isRunning()); // it was not confirmed
    }
}

void TestCliFiles::linesHaveNoName()
{
    const PortFile portFile;
    CliProcess sender(sendArguments(FlowName, portFile.listen()), CliProcess::Input::Open);
    sender.write("one\n");
    CliProcess receiver(receive(portFile.connect()));
    QCOMPARE(receiver.exitCode(), 1);
    QCOMPARE(receiver.complaints(),
             QByteArray("Message 1 has no name; 'send --file' gives one.\n"));
}

void TestCliFiles::missingFile()
{
    const PortFile portFile;
    CliProcess sender(send({source(u"none"_s)}, portFile.listen()));
    QCOMPARE(sender.exitCode(), 1);
    QVERIFY(sender.complaints().endsWith("/from/none does not exist.\n"));
}

void TestCliFiles::killed_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<int>("kills");
    QTest::newRow("64 MiB") << qint64(64) * 1024 * 1024 << 3;
    QTest::newRow("1 GiB") << qint64(1024) * 1024 * 1024 << 10;
}

/*! A receiver that is killed goes on where it was; a sender that is killed has no memory of what
    arrived, and begins anew. */
void TestCliFiles::killed()
{
    QFETCH(const qint64, size);
    QFETCH(const int, kills);
    if (size > 100'000'000 && !qEnvironmentVariableIsSet("QTDELIVERY_LONG_TESTS"))
        QSKIP("takes minutes; set QTDELIVERY_LONG_TESTS to run it");
    QVERIFY(writeLong(source(u"long.bin"_s), size));
    const PortFile portFile;
    const QStringList listening = receive(portFile.listen() + QStringList{u"--count"_s, u"1"_s});
    auto receiver = std::make_unique<CliProcess>(listening);
    const quint16 port = portFile.port();
    QVERIFY(port != 0);
    const QStringList again =
        receive(PortFile().listen(port).first(2) + QStringList{u"--count"_s, u"1"_s});
    // Slow enough that the last kill comes before the end.
    const QStringList sending =
        send({source(u"long.bin"_s)},
             connectTo(port) + QStringList{u"--limit-rate"_s, QString::number(size / 8)});
    auto sender = std::make_unique<CliProcess>(sending);
    for (int kill = 1; kill <= kills; ++kill) { // the sender
        QTRY_VERIFY_WITH_TIMEOUT(arriving(target()) > size / 20, 60'000);
        const QString former = arrivingName(target());
        sender->sendSignal(SIGKILL);
        QCOMPARE(sender->exitCode(), -1);
        sender = std::make_unique<CliProcess>(sending);
        QTRY_VERIFY_WITH_TIMEOUT(arrivingName(target()) != former, 60'000); // it begins anew
    }
    for (int kill = 1; kill <= kills; ++kill) { // the receiver
        const qint64 before = size / (kills + 1) * kill;
        QTRY_VERIFY_WITH_TIMEOUT(arriving(target()) > before, 60'000);
        receiver->sendSignal(SIGKILL);
        QCOMPARE(receiver->exitCode(), -1);
        QVERIFY(!QFile::exists(target(u"long.bin"_s)));
        receiver = std::make_unique<CliProcess>(again);
        QVERIFY(arriving(target()) > before); // what was there is kept
    }
    QElapsedTimer timer;
    timer.start();
    while (receiver->isRunning() && timer.elapsed() < 120'000)
        (void)receiver->process().waitForFinished(1000);
    QCOMPARE(receiver->exitCode(), 0);
    QCOMPARE(sender->exitCode(), 0);
    QCOMPARE(digestOf(target(u"long.bin"_s)), digestOf(source(u"long.bin"_s)));
}

/*! Killed at any moment, and the file it is given is gone after the first time it was stored. */
void TestCliFiles::r16_durableSenderIsKilled()
{
    constexpr qint64 size = 8 * 1024 * 1024;
    QVERIFY(writeLong(source(u"long.bin"_s), size));
    const QByteArray digest = digestOf(source(u"long.bin"_s));
    const QString queue = m_directory->filePath(u"queue"_s);
    const PortFile portFile;
    CliProcess receiver(receive(portFile.listen() + QStringList{u"--count"_s, u"1"_s}));
    const quint16 port = portFile.port();
    QVERIFY(port != 0);
    const QStringList sending = send(
        {source(u"long.bin"_s)},
        connectTo(port)
            + QStringList{u"--durable"_s, queue, u"--limit-rate"_s, QString::number(size / 2)});
    auto sender = std::make_unique<CliProcess>(sending);
    const auto isStored = [&] { return QFile::exists(queue + u"/000000000001.payload"_s); };
    QTRY_VERIFY_WITH_TIMEOUT(isStored() || QFile::exists(queue + u"/payload.tmp"_s), 60'000);
    sender->sendSignal(SIGKILL); // while it is copied, or at once after that
    QCOMPARE(sender->exitCode(), -1);
    sender = std::make_unique<CliProcess>(sending);
    for (int kill = 1; kill <= 2; ++kill) {
        const qint64 before = size / 4 * kill;
        QTRY_VERIFY_WITH_TIMEOUT(arriving(target()) > before, 60'000);
        (void)QFile::remove(source(u"long.bin"_s));
        sender->sendSignal(SIGKILL);
        QCOMPARE(sender->exitCode(), -1);
        const qint64 had = arriving(target());
        sender = std::make_unique<CliProcess>(sending);
        QVERIFY(arriving(target()) >= had); // it goes on there
    }
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(sender->exitCode(), 0);
    QCOMPARE(digestOf(target(u"long.bin"_s)), digest);
    QVERIFY(QDir(queue).entryList({u"*.payload"_s, u"*.tmp"_s}, QDir::Files).isEmpty());
}

void TestCliFiles::durableFilesAreSentOnce()
{
    QStringList files;
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        files += source(name);
        QVERIFY(writeLong(files.last(), name == u"b" ? 100'000 : 10));
    }
    const QString queue = m_directory->filePath(u"queue"_s);
    const QStringList durable{u"--durable"_s, queue};
    const PortFile portFile;
    CliProcess receiver(receive(portFile.listen()));
    const quint16 port = portFile.port();
    QVERIFY(port != 0);
    CliProcess sender(send(files, connectTo(port) + durable));
    QCOMPARE(sender.exitCode(), 0);
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        QVERIFY(QFile::remove(target(name)));
    CliProcess again(send(files, connectTo(port) + durable)); // nothing is left to be sent
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(!QFile::exists(target(u"a"_s)));
    CliProcess other(send({files[1]}, connectTo(port) + durable)); // another command
    QCOMPARE(other.exitCode(), 0);
    QCOMPARE(digestOf(target(u"b"_s)), digestOf(files[1]));

    CliProcess lines(sendArguments(FlowName, connectTo(port) + durable + QStringList{files[1]}));
    QCOMPARE(lines.exitCode(), 1); // the folder is of these files
}

QTEST_GUILESS_MAIN(TestCliFiles)
#include "tst_clifiles.moc"
