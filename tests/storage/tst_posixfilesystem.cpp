// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "storage/posixcalls.h"
#include "storage/posixfilesystem.h"
#include "storage/syncedfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace QtDelivery;

namespace {

using Code = Error::Code;

/*! Files of this process do not become longer than \a bytes while this object lives. */
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
        : m_action(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_former);
        const rlimit limit{bytes, m_former.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_former);
        (void)std::signal(SIGXFSZ, m_action);
    }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

private:
    rlimit m_former{};
    void (*const m_action)(int);
};

} // namespace

/*! \brief What the system says is told in the same words and codes by everything that stores. */
class tst_PosixFileSystem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY((m_directory = std::make_unique<QTemporaryDir>())->isValid()); }

    void codes_data();
    void codes();
    void fileTooLarge();
    void missingFile();
    void shorterThanRead();
    void createReplaces();
    void lockNamesItsOwner();
    void filesAreTheirOwners();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] PosixFileSystem files() const { return PosixFileSystem(m_directory->path()); }

    std::unique_ptr<QTemporaryDir> m_directory; // of one function
};

void tst_PosixFileSystem::codes_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<Code>("code");
    QTest::newRow("no space") << ENOSPC << Code::StorageFull;
    QTest::newRow("quota") << EDQUOT << Code::StorageFull;
    QTest::newRow("file too large") << EFBIG << Code::StorageFull;
    QTest::newRow("input or output") << EIO << Code::StorageFailed;
    QTest::newRow("read-only") << EROFS << Code::StorageFailed;
    QTest::newRow("permission") << EACCES << Code::StorageFailed;
}

void tst_PosixFileSystem::codes()
{
    QFETCH(int, number);
    QFETCH(Code, code);
    for (const auto operation : {FileOperation::Open, FileOperation::Lock, FileOperation::Read,
                                 FileOperation::Write, FileOperation::Sync, FileOperation::Create,
                                 FileOperation::Rename, FileOperation::Remove}) {
        const Error error = systemError(operation, u"/a/file"_s, number);
        QCOMPARE(error.code(), code);
        QVERIFY2(error.message().startsWith(u"/a/file cannot be "_s), qPrintable(error.message()));
        QVERIFY2(error.message().endsWith(u": %1."_s.arg(qt_error_string(number))),
                 qPrintable(error.message()));
    }
}

void tst_PosixFileSystem::fileTooLarge()
{
    SyncedFile synced;
    QVERIFY(!synced.open(path(u"synced"_s), SyncedFile::Mode::Create));
    const auto journal = files().create(u"journal"_s, 0);
    QVERIFY(bool(journal));
    const FileSizeLimit limit(64 * 1024);
    QCOMPARE(synced.writeAt(1 << 20, "x").code(), Code::StorageFull);
    QCOMPARE((*journal)->write(1 << 20, "x").code(), Code::StorageFull);
    const auto longer = files().create(u"longer"_s, 1 << 20);
    QCOMPARE(longer.error().code(), Code::StorageFull);
    QVERIFY(!QFileInfo::exists(path(u"longer"_s))); // what was made of it is removed
}

void tst_PosixFileSystem::missingFile()
{
    SyncedFile synced;
    const Error error = synced.open(path(u"none"_s), SyncedFile::Mode::Existing);
    QCOMPARE(error.code(), Code::StorageFailed);
    QCOMPARE(files().open(u"none"_s, FileSystem::Access::Read).error().message(), error.message());
    QVERIFY(!files().remove(u"none"_s));
    QCOMPARE(files().rename(u"none"_s, u"other"_s).code(), Code::StorageFailed);
}

void tst_PosixFileSystem::shorterThanRead()
{
    auto file = files().create(u"file"_s, 100);
    QVERIFY(bool(file));
    char bytes[101] = {};
    QCOMPARE(*(*file)->size(), 100);
    QVERIFY(!(*file)->read(0, bytes, 100));
    QVERIFY(!(*file)->read(40, bytes, 60));
    QCOMPARE((*file)->read(0, bytes, 101).message(),
             path(u"file"_s) + u" is shorter than it was."_s);
    QCOMPARE((*file)->read(200, bytes, 1).code(), Code::StorageFailed);
}

/*! What an old file held does not come back. */
void tst_PosixFileSystem::createReplaces()
{
    QVERIFY(!(*files().create(u"file"_s, 0))->write(0, "old"));
    const auto file = files().create(u"file"_s, 3);
    QVERIFY(bool(file));
    QVERIFY(!(*file)->sync());
    QFile written(path(u"file"_s));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), QByteArray(3, '\0'));
}

void tst_PosixFileSystem::lockNamesItsOwner()
{
    QFile former(path(u"lock"_s)); // whose process has ended
    QVERIFY(former.open(QIODevice::WriteOnly));
    QVERIFY(former.write("1234567890123456789\n") > 0);
    former.close();
    auto taken = files().lock(u"lock"_s);
    QVERIFY(bool(taken));
    std::unique_ptr<FileLock> lock = *std::move(taken);
    const Error error = files().lock(u"lock"_s).error();
    QCOMPARE(error.code(), Code::StorageInUse);
    QCOMPARE(error.message(),
             u"%1 is in use by process %2."_s.arg(
                 m_directory->path(), QString::number(QCoreApplication::applicationPid())));
    lock.reset();
    QVERIFY(bool(files().lock(u"lock"_s)));
}

void tst_PosixFileSystem::filesAreTheirOwners()
{
    PosixFileSystem below(path(u"a/b"_s));
    QVERIFY(!below.createDirectory());
    QVERIFY(!below.createDirectory());
    QVERIFY(bool(below.create(u"file"_s, 1)));
    constexpr auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path(u"a/b"_s)) & others));
    QVERIFY(!(QFile::permissions(path(u"a/b/file"_s)) & others));
}

QTEST_GUILESS_MAIN(tst_PosixFileSystem)
#include "tst_posixfilesystem.moc"
