// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <storage/payloadfiles.h>
#include <storage/payloadspool.h>

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace QtDelivery;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Incarnation Producer{0x0123456789abcdef, 7};

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

/*! As if it had been written to last \a days ago. */
bool makeOld(const QString &path, int days)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite)
        && file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-days),
                            QFileDevice::FileModificationTime);
}

} // namespace

/*! Payloads in files: what is received, what is sent. */
class TestPayloadSpool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void partIsFoundAgain();
    void completeIsAPartAgain();
    void partIsNotLongerThanItsMessage();
    void discarded();
    void takenFileStays();
    void inUse();
    void expired();
    void h40_tooManyParts();
    void directoryThatCannotBe();

    void fileSource();
    void changedSource_data();
    void changedSource();
    void deviceSource();
    void refusedSources();
    void movedWithoutReplacing();

private:
    [[nodiscard]] FilePayloadSpool spool(int maxParts = 4) const
    {
        return {m_directory->path(), {.keep = 24h, .maxParts = maxParts}};
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_directory->path()).entryList(QDir::Files, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestPayloadSpool::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestPayloadSpool::partIsFoundAgain()
{
    {
        FilePayloadSpool first = spool();
        QVERIFY(!first.prepare());
        const auto sink = first.open(Producer, 17, 10);
        QVERIFY2(sink, qPrintable(first.error().message()));
        QCOMPARE(sink->have(), 0u);
        QVERIFY(sink->write("abc"));
        QVERIFY(sink->write("de"));
    }
    QCOMPARE(files(), QStringList{u"0123456789abcdef0000000000000007-17-10.part"_s});
    FilePayloadSpool second = spool();
    QCOMPARE(second.find(Producer, 17), std::optional<quint64>(10));
    QVERIFY(!second.find(Producer, 1));
    QVERIFY(!second.find(Incarnation{1, 7}, 17));
    const auto sink = second.open(Producer, 17, 10);
    QVERIFY(sink);
    QCOMPARE(sink->have(), 5u);
    QByteArray read(3, '-');
    QVERIFY(sink->read(1, read.data(), 3));
    QCOMPARE(read, QByteArray("bcd"));
    QVERIFY(!sink->read(3, read.data(), 3));
    QVERIFY(sink->write("fghij"));
    const auto payload = sink->finish();
    QCOMPARE(payload->size(), 10u);
    QCOMPARE(contentOf(payload->path()), QByteArray("abcdefghij"));
}

void TestPayloadSpool::completeIsAPartAgain()
{
    FilePayloadSpool first = spool();
    {
        const auto sink = first.open(Producer, 1, 4);
        QVERIFY(sink && sink->write("abcd"));
        QVERIFY(sink->finish()->path().endsWith(u".payload"));
    }
    QCOMPARE(first.find(Producer, 1), std::optional<quint64>(4));
    const auto sink = first.open(Producer, 1, 4);
    QVERIFY(sink);
    QCOMPARE(sink->have(), 3u); // the last range brings the digest
    QCOMPARE(files().size(), 1);
}

void TestPayloadSpool::partIsNotLongerThanItsMessage()
{
    QVERIFY(writeFile(m_directory->filePath(u"0123456789abcdef0000000000000007-1-4.part"_s),
                      "abcdefgh"));
    FilePayloadSpool spool = this->spool();
    const auto sink = spool.open(Producer, 1, 4);
    QCOMPARE(sink->have(), 3u);
    QVERIFY(sink->write("D"));
    QCOMPARE(contentOf(sink->finish()->path()), QByteArray("abcD"));
}

void TestPayloadSpool::discarded()
{
    FilePayloadSpool spool = this->spool();
    auto sink = spool.open(Producer, 1, 2);
    QVERIFY(sink->write("a"));
    sink->discard();
    QVERIFY(files().isEmpty());
    sink = spool.open(Producer, 2, 1);
    QVERIFY(sink->write("b"));
    auto payload = sink->finish();
    const auto copy = payload;
    payload->discard();
    payload.reset();
    QCOMPARE(files().size(), 1); // somebody still has it
    const_cast<std::shared_ptr<SpooledPayload> &>(copy).reset();
    QVERIFY(files().isEmpty());
}

void TestPayloadSpool::takenFileStays()
{
    FilePayloadSpool spool = this->spool();
    const auto sink = spool.open(Producer, 1, 3);
    QVERIFY(sink->write("abc"));
    auto payload = sink->finish();
    const QString target = m_directory->filePath(u"taken"_s);
    const QString path = payload->path();
    QVERIFY(!movePayloadFile(path, target, false));
    QVERIFY(writeFile(path, "another file that has its name now"));
    payload->discard();
    payload.reset();
    QCOMPARE(contentOf(target), QByteArray("abc"));
    QVERIFY(QFile::exists(path));
}

void TestPayloadSpool::inUse()
{
    FilePayloadSpool one = spool();
    FilePayloadSpool other = spool();
    const auto sink = one.open(Producer, 1, 3);
    QVERIFY(sink);
    QVERIFY(!other.open(Producer, 1, 3));
    QCOMPARE(other.error().code(), Error::Code::StorageInUse);
    QVERIFY(sink->write("abc"));
    const auto payload = sink->finish();
    const auto again = other.open(Producer, 1, 3); // the complete one is being read
    QVERIFY(again);
    QCOMPARE(again->have(), 0u);
    QCOMPARE(contentOf(payload->path()), QByteArray("abc"));
}

void TestPayloadSpool::expired()
{
    const QString old = m_directory->filePath(u"00-1-4.part"_s);
    const QString oldPayload = m_directory->filePath(u"00-2-4.abc.payload"_s);
    const QString recent = m_directory->filePath(u"00-3-4.part"_s);
    const QString foreign = m_directory->filePath(u"holiday.jpg"_s);
    for (const QString &path : {old, oldPayload, recent, foreign})
        QVERIFY(writeFile(path, "abc"));
    for (const QString &path : {old, oldPayload, foreign})
        QVERIFY(makeOld(path, 2));
    FilePayloadSpool spool = this->spool();
    QVERIFY(!spool.prepare());
    QCOMPARE(files(), (QStringList{u"00-3-4.part"_s, u"holiday.jpg"_s}));
    const auto sink = spool.open(Producer, 9, 4);
    QVERIFY(makeOld(m_directory->filePath(u"0123456789abcdef0000000000000007-9-4.part"_s), 2));
    QVERIFY(!spool.prepare());
    QCOMPARE(files().size(), 3); // what is in use stays
}

void TestPayloadSpool::h40_tooManyParts()
{
    FilePayloadSpool spool = this->spool();
    for (SeqNr n = 1; n <= 1000; ++n) {
        const auto sink = spool.open(Incarnation{1, quint64(n)}, n, 100);
        QVERIFY2(sink, qPrintable(spool.error().message()));
        QVERIFY(sink->write("x"));
        QVERIFY(n % 100 != 0 || files().size() <= 4);
    }
    QCOMPARE(files().size(), 4);
    std::vector<std::unique_ptr<PayloadSink>> open;
    for (quint64 n = 1; n <= 4; ++n)
        open.push_back(spool.open(Incarnation{2, n}, 1, 100));
    QVERIFY(open.back());
    QVERIFY(!spool.open(Incarnation{3, 1}, 1, 100)); // none that nobody works on
    QCOMPARE(spool.error().code(), Error::Code::LimitReached);
    open.pop_back();
    QVERIFY(spool.open(Incarnation{3, 1}, 1, 100));
}

void TestPayloadSpool::directoryThatCannotBe()
{
    const QString file = m_directory->filePath(u"file"_s);
    QVERIFY(writeFile(file, "x"));
    FilePayloadSpool spool(file + u"/below"_s, {.keep = 24h, .maxParts = 4});
    QCOMPARE(spool.prepare().code(), Error::Code::StorageFailed);
    QVERIFY(!spool.open(Producer, 1, 2));
    QCOMPARE(spool.error().code(), Error::Code::StorageFailed);
}

// ---- sources

void TestPayloadSpool::fileSource()
{
    const QString path = m_directory->filePath(u"source"_s);
    QVERIFY(writeFile(path, "0123456789"));
    const auto source = openPayloadFile(path);
    QVERIFY2(source, qPrintable(source.error().message()));
    QCOMPARE((*source)->size(), 10u);
    QByteArray read(4, '-');
    QVERIFY((*source)->read(6, read.data(), 4));
    QCOMPARE(read, QByteArray("6789"));
    QVERIFY((*source)->read(0, read.data(), 4));
    QCOMPARE(read, QByteArray("0123"));
}

void TestPayloadSpool::changedSource_data()
{
    QTest::addColumn<bool>("asDevice");
    QTest::addColumn<QByteArray>("content");
    for (const bool asDevice : {false, true}) {
        QTest::addRow("shorter, device %d", asDevice) << asDevice << QByteArray("012");
        QTest::addRow("longer, device %d", asDevice) << asDevice << QByteArray("0123456789a");
        QTest::addRow("same size, device %d", asDevice) << asDevice << QByteArray("012345678x");
    }
}

void TestPayloadSpool::changedSource()
{
    QFETCH(const bool, asDevice);
    QFETCH(const QByteArray, content);
    const QString path = m_directory->filePath(u"source"_s);
    QVERIFY(writeFile(path, "0123456789"));
    QVERIFY(makeOld(path, 1));
    const auto source =
        asDevice ? payloadSourceOf(std::make_unique<QFile>(path)) : openPayloadFile(path);
    QVERIFY(source);
    char byte = 0;
    QVERIFY((*source)->read(0, &byte, 1));
    QVERIFY(writeFile(path, content));
    QVERIFY(!(*source)->read(0, &byte, 1));
}

void TestPayloadSpool::deviceSource()
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData("0123456789");
    QVERIFY(buffer->open(QIODevice::ReadWrite));
    QVERIFY(buffer->seek(5)); // where it is does not matter
    QBuffer *const device = buffer.get();
    const auto source = payloadSourceOf(std::move(buffer));
    QVERIFY(source);
    QCOMPARE((*source)->size(), 10u);
    QByteArray read(3, '-');
    QVERIFY((*source)->read(7, read.data(), 3));
    QCOMPARE(read, QByteArray("789"));
    QVERIFY(device->seek(10));
    QCOMPARE(device->write("x"), 1);
    QVERIFY(!(*source)->read(0, read.data(), 3));
}

void TestPayloadSpool::refusedSources()
{
    QCOMPARE(openPayloadFile(m_directory->filePath(u"none"_s)).error().code(),
             Error::Code::SourceFailed);
    QCOMPARE(openPayloadFile(m_directory->path()).error().code(), Error::Code::SourceFailed);
    QCOMPARE(openPayloadFile(u"/dev/zero"_s).error().code(), Error::Code::SourceFailed);
    QCOMPARE(payloadSourceOf(nullptr).error().code(), Error::Code::InvalidArgument);
    QCOMPARE(payloadSourceOf(std::make_unique<QFile>(u"/dev/zero"_s)).error().code(),
             Error::Code::InvalidArgument);
    QCOMPARE(
        payloadSourceOf(std::make_unique<QFile>(m_directory->filePath(u"none"_s))).error().code(),
        Error::Code::SourceFailed);
}

void TestPayloadSpool::movedWithoutReplacing()
{
    const QString from = m_directory->filePath(u"from"_s);
    const QString to = m_directory->filePath(u"to"_s);
    QVERIFY(writeFile(from, "new"));
    QVERIFY(writeFile(to, "old"));
    QCOMPARE(movePayloadFile(from, to, false).code(), Error::Code::StorageFailed);
    QCOMPARE(contentOf(to), QByteArray("old"));
    QCOMPARE(contentOf(from), QByteArray("new"));
    QVERIFY(!movePayloadFile(from, to, true));
    QCOMPARE(contentOf(to), QByteArray("new"));
    QVERIFY(!QFile::exists(from));
}

QTEST_GUILESS_MAIN(TestPayloadSpool)
#include "tst_payloadspool.moc"
