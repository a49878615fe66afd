// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "finding.h"
#include "linesplitter.h"
#include "quantities.h"
#include "ratelimiter.h"
#include "targetfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace Cli;
using namespace std::chrono_literals;

class TestCliParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void bytes_data();
    void bytes();
    void seconds_data();
    void seconds();
    void count_data();
    void count();
    void transfer_data();
    void transfer();
    void safeNames_data();
    void safeNames();
    void nothingEscapesTheFolder();
    void lines_data();
    void lines();
    void splitterForgetsWhatWasTaken();
    void tlsFindings_data();
    void tlsFindings();
    void clockFindings_data();
    void clockFindings();
    void directoryFindings();
    void rateIsKeptFromTheFirstMessage();
    void rateMakesUpForLateTimersOnly();
};

void TestCliParts::bytes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected"); // 0 = refused

    QTest::newRow("plain") << QStringLiteral("500") << qint64(500);
    QTest::newRow("K") << QStringLiteral("10K") << qint64(10240);
    QTest::newRow("k") << QStringLiteral("1k") << qint64(1024);
    QTest::newRow("M") << QStringLiteral("2M") << qint64(2 << 20);
    QTest::newRow("G") << QStringLiteral("3G") << (qint64(3) << 30);
    QTest::newRow("most") << QStringLiteral("8589934591G") << (qint64(8589934591) << 30);
    QTest::newRow("too many") << QStringLiteral("8589934592G") << qint64(0);
    QTest::newRow("far too many") << QStringLiteral("99999999999999999999") << qint64(0);
    for (const QString &text :
         {QString(), QStringLiteral("K"), QStringLiteral("0"), QStringLiteral("0K"),
          QStringLiteral("-1"), QStringLiteral("+1"), QStringLiteral("1.5K"), QStringLiteral("1T"),
          QStringLiteral("1KK"), QStringLiteral("1 K"), QStringLiteral(" 1"),
          QStringLiteral("0x10")})
        QTest::addRow("refused '%s'", qUtf8Printable(text)) << text << qint64(0);
}

void TestCliParts::bytes()
{
    QFETCH(QString, text);
    QFETCH(qint64, expected);
    QCOMPARE(parseBytes(text).value_or(0), expected);
}

void TestCliParts::seconds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("expected"); // ms, -1 = refused

    QTest::newRow("whole") << QStringLiteral("3") << 3000;
    QTest::newRow("fraction") << QStringLiteral("0.25") << 250;
    QTest::newRow("no leading zero") << QStringLiteral(".5") << 500;
    QTest::newRow("rounded") << QStringLiteral("0.0006") << 1;
    QTest::newRow("zero") << QStringLiteral("0") << 0;
    for (const QString &text :
         {QString(), QStringLiteral("."), QStringLiteral("-1"), QStringLiteral("1e3"),
          QStringLiteral("1,5"), QStringLiteral("nan"), QStringLiteral("inf"),
          QStringLiteral("1.2.3"), QStringLiteral("99999999")})
        QTest::addRow("refused '%s'", qUtf8Printable(text)) << text << -1;
}

void TestCliParts::seconds()
{
    QFETCH(QString, text);
    QFETCH(int, expected);
    QCOMPARE(parseSeconds(text).value_or(-1ms), std::chrono::milliseconds(expected));
}

void TestCliParts::count_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("accepted");

    QTest::newRow("0") << QStringLiteral("0") << true;
    QTest::newRow("most") << QStringLiteral("18446744073709551615") << true;
    QTest::newRow("too many") << QStringLiteral("18446744073709551616") << false;
    QTest::newRow("negative") << QStringLiteral("-1") << false;
    QTest::newRow("fraction") << QStringLiteral("1.0") << false;
    QTest::newRow("empty") << QString() << false;
}

void TestCliParts::count()
{
    QFETCH(QString, text);
    QTEST(parseCount(text).has_value(), "accepted");
}

void TestCliParts::transfer_data()
{
    QTest::addColumn<qint64>("done");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<qint64>("rate");
    QTest::addColumn<QString>("expected");

    QTest::newRow("begin") << qint64(0) << qint64(2048) << qint64(0)
                           << QStringLiteral("a [                    ] 0 % of 2.0 KiB");
    QTest::newRow("half") << qint64(512) << qint64(1024) << qint64(4)
                          << QStringLiteral(
                                 "a [##########          ] 50 % of 1.0 KiB, 4 bytes/s, 2:08 left");
    QTest::newRow("end") << qint64(5) << qint64(5) << qint64(1)
                         << QStringLiteral(
                                "a [####################] 100 % of 5 bytes, 1 bytes/s, 0:00 left");
}

void TestCliParts::transfer()
{
    QFETCH(qint64, done);
    QFETCH(qint64, total);
    QFETCH(qint64, rate);
    QFETCH(QString, expected);
    QCOMPARE(transferText(QStringLiteral("a"), done, total, rate), expected);
}

void TestCliParts::safeNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("safe");

    for (const char *name : {"a", "a.txt", "a b", "-rf", "a..b", "..a.", "\\host", "~", "C:"})
        QTest::addRow("'%s'", name) << QString::fromUtf8(name) << (name[0] != '.');
    for (const char *name : {"", ".", "..", "/", "/etc/passwd", "../a", "a/b", "a/../../b", "a/",
                             ".bashrc", ".qtdelivery", "a\nb", "a\x7f"})
        QTest::addRow("unsafe '%s'", name) << QString::fromUtf8(name) << false;
    QTest::newRow("NUL") << QString(QStringLiteral("a") + QChar(0) + QStringLiteral("b")) << false;
    QTest::newRow("255 bytes") << QString(255, u'x') << true;
    QTest::newRow("256 bytes") << QString(128, QChar(0xfc)) << false;
}

void TestCliParts::safeNames()
{
    QFETCH(QString, name);
    QFETCH(bool, safe);
    QCOMPARE(TargetFolder::isSafeName(name), safe);
}

/*! A link in the folder is no way out of it. */
void TestCliParts::nothingEscapesTheFolder()
{
    QTemporaryDir directory;
    const QString outside = directory.filePath(QStringLiteral("outside"));
    const QString inside = directory.filePath(QStringLiteral("inside"));
    QVERIFY(QDir().mkpath(inside));
    QVERIFY(QFile::link(outside, inside + QStringLiteral("/link")));
    for (const bool replaces : {false, true}) {
        const TargetFolder folder(inside, replaces);
        QCOMPARE(folder.prepare(), QString());
        const QString path = inside + QStringLiteral("/link");
        QCOMPARE(folder.writeBytes("bytes", path).isEmpty(), replaces);
        QVERIFY(!QFile::exists(outside));
        QCOMPARE(QFileInfo(path).isSymLink(), !replaces);
    }
}

void TestCliParts::lines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");

    QTest::newRow("nothing") << QByteArray() << QByteArrayList();
    QTest::newRow("one") << QByteArray("a\n") << QByteArrayList{"a"};
    QTest::newRow("no newline at the end") << QByteArray("a\nbc") << QByteArrayList{"a", "bc"};
    QTest::newRow("empty lines") << QByteArray("\n\na\n\n") << QByteArrayList{"", "", "a", ""};
    QTest::newRow("NUL and CR") << QByteArray("a\0b\r\n\xff\n", 7)
                                << QByteArrayList{QByteArray("a\0b\r", 4), "\xff"};
}

void TestCliParts::lines()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    // However the bytes arrive.
    for (qsizetype step = 1; step <= text.size() + 1; ++step) {
        LineSplitter splitter;
        QByteArrayList lines;
        const auto takeAll = [&] {
            while (const std::optional<QByteArray> line = splitter.takeLine())
                lines.append(*line);
            QVERIFY(!splitter.hasLine());
        };
        for (qsizetype at = 0; at < text.size(); at += step) {
            splitter.append(text.mid(at, step));
            takeAll();
        }
        splitter.finish();
        takeAll();
        QCOMPARE(lines, expected);
        QCOMPARE(splitter.pendingBytes(), 0);
    }
}

void TestCliParts::splitterForgetsWhatWasTaken()
{
    LineSplitter splitter;
    splitter.append("one\ntwo\nthr");
    QCOMPARE(splitter.pendingBytes(), 11);
    QCOMPARE(splitter.takeLine(), QByteArray("one"));
    QCOMPARE(splitter.pendingBytes(), 7);
    QVERIFY(splitter.hasLine());
    splitter.append("ee\n");
    QCOMPARE(splitter.takeLine(), QByteArray("two"));
    QCOMPARE(splitter.takeLine(), QByteArray("three"));
    QCOMPARE(splitter.takeLine(), std::nullopt);
    QCOMPARE(splitter.pendingBytes(), 0);
}

void TestCliParts::rateIsKeptFromTheFirstMessage()
{
    RateLimiter limiter(1000);
    const RateLimiter::TimePoint start{1h};
    RateLimiter::TimePoint now = start;
    qint64 sent = 0;
    for (int i = 0; i < 100; ++i) {
        now = std::max(now, limiter.schedule(30, now));
        sent += 30;
        // Paid before it leaves: never above the rate, not even with the first or the last one.
        QCOMPARE(now - start, std::chrono::milliseconds(sent));
    }
}

void TestCliParts::rateMakesUpForLateTimersOnly()
{
    RateLimiter limiter(1000);
    const RateLimiter::TimePoint start{1h};
    QCOMPARE(limiter.schedule(10, start), start + 10ms);
    // 40 ms late: the next ones are due at once, until the average is reached again.
    RateLimiter::TimePoint now = start + 50ms;
    QVERIFY(limiter.schedule(40, now) <= now);
    QCOMPARE(limiter.schedule(10, now), now + 10ms);
    // After an hour without permission only a small burst is allowed.
    now += 1h;
    QVERIFY(limiter.schedule(100, now) <= now);
    QCOMPARE(limiter.schedule(100, now), now + 100ms);
}

// ---- what the doctor finds

void TestCliParts::tlsFindings_data()
{
    QTest::addColumn<bool>("supportsSsl");
    QTest::addColumn<QString>("backend");
    QTest::addColumn<Finding::State>("state");
    QTest::newRow("OpenSSL") << true << QStringLiteral("openssl") << Finding::State::Fine;
    QTest::newRow("nothing") << false << QString() << Finding::State::Mend;
    QTest::newRow("certificates only")
        << true << QStringLiteral("cert-only") << Finding::State::Mend;
}

void TestCliParts::tlsFindings()
{
    QFETCH(const bool, supportsSsl);
    QFETCH(const QString, backend);
    QFETCH(const Finding::State, state);
    const Finding finding = tlsFinding(supportsSsl, backend, QStringLiteral("3.0"));
    QCOMPARE(finding.state, state);
    QVERIFY(finding.sentence.contains(QStringLiteral("TLS")));
}

void TestCliParts::clockFindings_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<Finding::State>("state");
    QTest::newRow("a clock without a battery")
        << QStringLiteral("1970-01-01T00:01:00Z") << Finding::State::Mend;
    QTest::newRow("before this program")
        << QStringLiteral("2025-12-31T23:59:59Z") << Finding::State::Mend;
    QTest::newRow("first second") << QStringLiteral("2026-01-01T00:00:00Z") << Finding::State::Fine;
    QTest::newRow("of another zone")
        << QStringLiteral("2026-01-01T00:30:00+01:00") << Finding::State::Mend;
    QTest::newRow("later") << QStringLiteral("2040-06-01T00:00:00Z") << Finding::State::Fine;
    QTest::newRow("far in the future")
        << QStringLiteral("2099-01-01T00:00:00Z") << Finding::State::Mend;
}

void TestCliParts::clockFindings()
{
    QFETCH(const QString, now);
    QFETCH(const Finding::State, state);
    QCOMPARE(clockFinding(QDateTime::fromString(now, Qt::ISODate)).state, state);
}

void TestCliParts::directoryFindings()
{
    const QTemporaryDir directory;
    const QString later = directory.filePath(QStringLiteral("a/b/c"));
    const Finding missing = directoryFinding(later, true);
    QCOMPARE(missing.state, Finding::State::Fine);
    QVERIFY(missing.sentence.contains(later));
    QVERIFY(!QFileInfo::exists(later)); // it only looks
    QVERIFY(QDir(directory.path()).isEmpty());
    QCOMPARE(directoryFinding(QStringLiteral("/proc/none"), false).state, Finding::State::Mend);
    QFile file(directory.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(directoryFinding(file.fileName(), false).state, Finding::State::Mend);
}

QTEST_APPLESS_MAIN(TestCliParts)
#include "tst_cliparts.moc"
