// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Flow = u"orders"_s;
const QByteArray Secret("nobody's business ");

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString &name, const QByteArray &content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray lines(int count)
{
    QByteArray all;
    for (int i = 1; i <= count; ++i)
        all += Secret + QByteArray::number(i) + '\n';
    return all;
}

} // namespace

/*! What the program stores is encrypted if it has a key. */
class TestCliEncryption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void journalCannotBeReadWithoutKey();
    void progressAndFiles();
    void rotation();
    void keyIsNotToBeHad_data();
    void keyIsNotToBeHad();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] QString stored(const QString &name) const { return path(u"stored/"_s + name); }
    [[nodiscard]] QString key(const QString &name) const { return u"file:"_s + path(name); }
    /*! Ten messages that nobody has taken, with a key of 32 times \a filled. */
    void store(char filled) const;
    [[nodiscard]] QStringList readable() const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestCliEncryption::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid() && QDir(m_directory->path()).mkdir(u"stored"_s));
    QVERIFY(writeFile(path(u"key"_s), QByteArray(32, 'k'))); // raw
    QVERIFY(writeFile(path(u"other"_s), QByteArray(32, 'o').toBase64() + '\n'));
    QVERIFY(writeFile(path(u"input"_s), lines(10)));
}

void TestCliEncryption::store(char filled) const
{
    const auto keys = QtDelivery::StorageKeys::fromSecret(QByteArray(32, filled));
    QVERIFY(keys);
    QtDelivery::FileProducerQueue queue(stored(u"queue"_s), {}, *keys);
    QSignalSpy done(&queue, &QtDelivery::FileProducerQueue::stored);
    queue.load(Flow);
    QList<QtDelivery::DurableMessage> messages;
    for (int i = 1; i <= 10; ++i)
        messages.append({i, Secret + QByteArray::number(i), {}, {}});
    queue.store(messages);
    QVERIFY(done.wait());
}

QStringList TestCliEncryption::readable() const
{
    QStringList found;
    QDirIterator files(path(u"stored"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        if (contentOf(files.next()).contains(Secret.trimmed()))
            found.append(files.filePath());
    }
    return found;
}

void TestCliEncryption::journalCannotBeReadWithoutKey()
{
    store('k');
    QCOMPARE(readable(), QStringList());
    const QString queue = stored(u"queue"_s);

    CliProcess sound({u"journal"_s, u"verify"_s, queue, u"--key-from"_s, key(u"key"_s)});
    QCOMPARE(sound.exitCode(), 0);
    QVERIFY2(sound.output().contains("the next is number 11, unconfirmed are 10"),
             sound.output().constData());
    CliProcess dump({u"journal"_s, u"dump"_s, u"--key-from="_s + key(u"key"_s), queue});
    QCOMPARE(dump.exitCode(), 0);
    QVERIFY(dump.output().contains(Secret + "10"));

    for (const QStringList &more : {QStringList(), QStringList{u"--key-from"_s, key(u"other"_s)}}) {
        for (const QString &task : {u"verify"_s, u"dump"_s}) {
            CliProcess refused(QStringList{u"journal"_s, task, queue} + more);
            QCOMPARE(refused.exitCode(), 1);
            QVERIFY2(refused.complaints().contains("is encrypted with the key "),
                     refused.complaints().constData());
            QCOMPARE(refused.output(), QByteArray()); // nothing is known
        }
    }
    CliProcess sender(sendArguments(
        Flow,
        {u"--listen"_s, u"local:"_s + path(u"socket"_s), u"--durable"_s, queue, path(u"input"_s)}));
    QCOMPARE(sender.exitCode(), 1);
    QVERIFY2(sender.complaints().contains("is encrypted with the key "),
             sender.complaints().constData());
}

void TestCliEncryption::progressAndFiles()
{
    const QByteArray bytes = lines(200'000);
    QVERIFY(writeFile(path(u"large.bin"_s), bytes));
    const QStringList withKey{u"--storage-key-from"_s, key(u"key"_s)};
    const PortFile portFile;
    CliProcess receiver(
        receiveArguments(Flow,
                         portFile.listen() + withKey
                             + QStringList{u"--count"_s, u"1"_s, u"--progress"_s,
                                           stored(u"progress"_s), u"--into"_s, path(u"files"_s)}));
    CliProcess sender(sendArguments(
        Flow,
        portFile.connect() + withKey
            + QStringList{u"--durable"_s, stored(u"queue"_s), u"--file"_s, path(u"large.bin"_s)}));
    QVERIFY2(sender.exitCode() == 0, sender.complaints().constData());
    QVERIFY2(receiver.exitCode() == 0, receiver.complaints().constData());
    QVERIFY(contentOf(path(u"files/large.bin"_s)) == bytes); // that is the user's, and in clear
    QCOMPARE(QDir(path(u"files"_s)).entryList(QDir::Files | QDir::Hidden).size(), 1);
    QCOMPARE(readable(), QStringList());

    CliProcess refused(receiveArguments(
        Flow,
        connectTo(1)
            + QStringList{u"--progress"_s, stored(u"progress"_s), u"--into"_s, path(u"files"_s)}));
    QCOMPARE(refused.exitCode(), 1);
    QVERIFY2(refused.complaints().contains("is encrypted with the key "),
             refused.complaints().constData());
}

void TestCliEncryption::rotation()
{
    store('k');
    const QStringList rotated{u"--storage-key-from"_s, key(u"other"_s), u"--storage-key-from"_s,
                              key(u"key"_s)};
    const PortFile portFile;
    CliProcess receiver(
        receiveArguments(Flow, portFile.listen() + QStringList{u"--count"_s, u"20"_s}));
    CliProcess sender(
        sendArguments(Flow,
                      portFile.connect() + rotated
                          + QStringList{u"--durable"_s, stored(u"queue"_s), path(u"input"_s)}));
    QVERIFY2(sender.exitCode() == 0, sender.complaints().constData());
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output(), lines(10) + lines(10)); // what was there, and the input
    // All is confirmed, and what says so was not written with the former key.
    CliProcess verify({u"journal"_s, u"verify"_s, stored(u"queue"_s), u"--key-from"_s,
                       key(u"other"_s), u"--key-from"_s, key(u"key"_s)});
    QCOMPARE(verify.exitCode(), 0);
    QVERIFY(verify.output().contains("unconfirmed are 0"));
}

void TestCliEncryption::keyIsNotToBeHad_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no such place")
        << u"sEcReT"_s << 2 << "-key-from needs keychain:NAME, file:PATH or env:NAME."_ba;
    QTest::newRow("no file") << u"file:/nosuch/file"_s << 1
                             << "The secret in /nosuch/file cannot be read"_ba;
    QTest::newRow("not a key") << u"file:/proc/self/comm"_s << 1
                               << "A storage key must be 32 random bytes, or their base64."_ba;
    QTest::newRow("no variable") << u"env:QTDELIVERY_NO_SUCH_VARIABLE"_s << 1
                                 << "There is no secret in the environment variable"_ba;
}

void TestCliEncryption::keyIsNotToBeHad()
{
    QFETCH(QString, source);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, sentence);
    const QString queue = stored(u"queue"_s);
    const QString address = u"local:"_s + path(u"socket"_s);
    for (const QStringList &arguments :
         {QStringList{u"journal"_s, u"verify"_s, queue, u"--key-from"_s, source},
          sendArguments(
              Flow,
              {u"--listen"_s, address, u"--durable"_s, queue, u"--storage-key-from"_s, source}),
          receiveArguments(Flow,
                           {u"--listen"_s, address, u"--progress"_s, stored(u"progress"_s),
                            u"--storage-key-from"_s, source})}) {
        CliProcess cli(arguments);
        QCOMPARE(cli.exitCode(), exitCode);
        QVERIFY2(cli.complaints().contains(sentence), cli.complaints().constData());
        QVERIFY(!cli.complaints().contains("sEcReT"));
    }
    QVERIFY(QDir(path(u"stored"_s)).isEmpty());
}

QTEST_GUILESS_MAIN(TestCliEncryption)
#include "tst_cliencryption.moc"
