// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "fakeentries.h"
#include "security/splitsecrets.h"

#include <QTest>

#include <optional>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using Code = Error::Code;
using Kind = CredentialRequest::Kind;

namespace {

/*! One program that uses a keychain. */
class Program
{
public:
    explicit Program(FakeKeychain *keychain)
        : entries(keychain)
        , m_secrets(&entries, [] {
            static int count = 0;
            return u"token%1"_s.arg(++count);
        })
    { }

    /*! Nothing, if it has hung. */
    std::optional<CredentialOutcome> ask(const CredentialRequest &request)
    {
        std::optional<CredentialOutcome> got;
        m_secrets.carryOut(request, [&](const CredentialOutcome &outcome) { got = outcome; });
        m_secrets.forget();
        return got;
    }

    std::optional<CredentialOutcome> write(const QString &name, const QByteArray &secret)
    {
        return ask({.kind = Kind::Write, .name = name, .secret = secret});
    }
    std::optional<CredentialOutcome> read(const QString &name)
    {
        return ask({.kind = Kind::Read, .name = name});
    }
    std::optional<CredentialOutcome> remove(const QString &name)
    {
        return ask({.kind = Kind::Remove, .name = name});
    }
    std::optional<CredentialOutcome> names() { return ask({.kind = Kind::ListNames}); }

    FakeEntries entries;

private:
    SplitSecrets m_secrets;
};

const QByteArray Old = QByteArray(4'000, 'o');
const QByteArray New = QByteArray(6'000, 'n');

/*! So many names that the index is split, too. */
void fill(FakeKeychain *keychain)
{
    Program program(keychain);
    for (int i = 0; i < 30; ++i)
        QVERIFY(
            !program.write(u"a rather long name of a credential, number %1"_s.arg(i), "s")->error);
    QVERIFY(!program.write(u"key"_s, Old)->error);
}

QString shown(const QByteArray &secret)
{
    return secret == Old ? u"old"_s : secret == New ? u"new"_s : u"neither"_s;
}

/*! How many entries there are if nothing is left over: head, parts of the index, probe, pieces. */
qsizetype leftOver(const FakeKeychain &keychain)
{
    qsizetype pieces = 0;
    for (auto it = keychain.entries.keyBegin(); it != keychain.entries.keyEnd(); ++it)
        pieces += it->startsWith(u"piece/"_s);
    const auto head = decodeIndexHead(keychain.entries.value(indexHeadKey()));
    QByteArray bytes = head->first;
    for (int i = 1; i <= head->parts; ++i)
        bytes += keychain.entries.value(indexPartKey(head->serial, i));
    const auto index = decodeIndex(*head, bytes);
    for (const SecretPieces &needed : index->secrets)
        pieces -= needed.count;
    return pieces + index->garbage.size();
}

} // namespace

class TestSplitSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void entriesAreShort();
    void nothingIsLeftOver();
    void writerEndsAtEachStep_data();
    void writerEndsAtEachStep();
    void readerBetweenStepsOfAWriter();
    void writerBetweenStepsOfAReader();
    void locked_data();
    void locked();
    void openedForTheProbe();
    void damaged_data();
    void damaged();
    void newerVersion();
};

void TestSplitSecrets::entriesAreShort()
{
    FakeKeychain keychain;
    fill(&keychain);
    Program program(&keychain);
    const QByteArray longest(CredentialStore::MaxSecretBytes, 'x');
    QVERIFY(!program.write(u"long"_s, longest)->error);
    QCOMPARE(program.read(u"long"_s)->secret, longest);
    QVERIFY2(program.entries.longest <= MaxEntryBytes,
             qPrintable(QString::number(program.entries.longest)));
    QVERIFY(keychain.entries.contains(indexPartKey(0, 1))); // the index is long enough to show it
    QCOMPARE(program.names()->names.size(), 32);
}

void TestSplitSecrets::nothingIsLeftOver()
{
    FakeKeychain keychain;
    Program program(&keychain);
    QVERIFY(!program.write(u"key"_s, Old)->error);
    QVERIFY(!program.write(u"other"_s, New)->error);
    QVERIFY(!program.write(u"key"_s, New)->error);
    QCOMPARE(leftOver(keychain), 0);
    QVERIFY(!program.remove(u"key"_s)->error);
    QCOMPARE(leftOver(keychain), 0);
    QCOMPARE(program.read(u"key"_s)->error.code(), Code::CredentialNotFound);
    QCOMPARE(program.remove(u"key"_s)->error.code(), Code::CredentialNotFound);
    QCOMPARE(program.names()->names, QStringList{u"other"_s});
}

void TestSplitSecrets::writerEndsAtEachStep_data()
{
    QTest::addColumn<bool>("removes");
    QTest::newRow("write") << false;
    QTest::newRow("remove") << true;
}

void TestSplitSecrets::writerEndsAtEachStep()
{
    QFETCH(const bool, removes);
    bool isFinished = false;
    QStringList seen;
    for (int step = 1; !isFinished; ++step) {
        FakeKeychain keychain;
        fill(&keychain);
        Program writer(&keychain);
        writer.entries.before = [step](int number) { return number < step; };
        isFinished = (removes ? writer.remove(u"key"_s) : writer.write(u"key"_s, New)).has_value();

        Program reader(&keychain);
        const CredentialOutcome outcome = *reader.read(u"key"_s);
        const QString found =
            outcome.error ? Error::codeName(outcome.error.code()) : shown(outcome.secret);
        QVERIFY2(found == u"old"_s || found == (removes ? u"CredentialNotFound"_s : u"new"_s),
                 qPrintable(u"%1 after %2 steps"_s.arg(found).arg(step - 1)));
        if (seen.isEmpty() || seen.last() != found)
            seen += found;
        QVERIFY(!reader.write(u"another"_s, "s")->error);
        QCOMPARE(leftOver(keychain), 0);
        QCOMPARE(shown(Old), u"old"_s);
    }
    QCOMPARE(seen.size(), 2); // one change, and no way back
}

void TestSplitSecrets::readerBetweenStepsOfAWriter()
{
    FakeKeychain keychain;
    fill(&keychain);
    Program writer(&keychain);
    QStringList seen;
    writer.entries.before = [&](int) {
        const QString found = shown(Program(&keychain).read(u"key"_s)->secret);
        if (seen.isEmpty() || seen.last() != found)
            seen += found;
        return true;
    };
    QVERIFY(!writer.write(u"key"_s, New)->error);
    QCOMPARE(seen, (QStringList{u"old"_s, u"new"_s}));
}

void TestSplitSecrets::writerBetweenStepsOfAReader()
{
    for (int step = 1; step <= 8; ++step) {
        FakeKeychain keychain;
        fill(&keychain);
        Program reader(&keychain);
        reader.entries.before = [&](int number) {
            if (number == step)
                (void)Program(&keychain).write(u"key"_s, New);
            return true;
        };
        const CredentialOutcome outcome = *reader.read(u"key"_s);
        QVERIFY2(!outcome.error, qPrintable(outcome.error.message()));
        QVERIFY2(shown(outcome.secret) != u"neither"_s, qPrintable(QString::number(step)));
    }
}

void TestSplitSecrets::locked_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("isEmpty");
    for (const bool isEmpty : {false, true}) {
        const char *const what = isEmpty ? "empty" : "full";
        QTest::addRow("read %s", what) << Kind::Read << isEmpty;
        QTest::addRow("write %s", what) << Kind::Write << isEmpty;
        QTest::addRow("remove %s", what) << Kind::Remove << isEmpty;
        QTest::addRow("list %s", what) << Kind::ListNames << isEmpty;
    }
}

void TestSplitSecrets::locked()
{
    QFETCH(const Kind, kind);
    QFETCH(const bool, isEmpty);
    FakeKeychain keychain;
    if (!isEmpty)
        fill(&keychain);
    const auto before = keychain.entries;
    keychain.isLocked = true;
    Program program(&keychain);
    const bool isList = kind == Kind::ListNames;
    const CredentialOutcome outcome =
        *program.ask({.kind = kind, .name = isList ? QString() : u"key"_s, .secret = "s"});
    QCOMPARE(outcome.error.code(), Code::AccessDenied); // not: there is none
    QCOMPARE(keychain.entries, before);
}

void TestSplitSecrets::openedForTheProbe()
{
    FakeKeychain keychain;
    fill(&keychain);
    keychain.isLocked = true;
    keychain.opensWhenWritten = true;
    Program program(&keychain);
    QCOMPARE(shown(program.read(u"key"_s)->secret), u"old"_s);
    keychain.isLocked = true;
    QVERIFY(!program.write(u"more"_s, "s")->error);
    QCOMPARE(program.names()->names.size(), 32); // what was hidden is not overwritten
}

void TestSplitSecrets::damaged_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("isRemoved");
    QTest::newRow("head changed") << indexHeadKey() << false;
    QTest::newRow("part of the index changed") << u"index/"_s << false;
    QTest::newRow("part of the index removed") << u"index/"_s << true;
    QTest::newRow("pieces changed") << u"piece/"_s << false;
    QTest::newRow("pieces removed") << u"piece/"_s << true;
}

void TestSplitSecrets::damaged()
{
    QFETCH(const QString, key);
    QFETCH(const bool, isRemoved);
    FakeKeychain keychain;
    fill(&keychain);
    for (const QString &found : keychain.entries.keys()) {
        if (found != key && !(key.endsWith(u'/') && found.startsWith(key)))
            continue;
        if (isRemoved)
            keychain.entries.remove(found);
        else
            keychain.entries[found].back() = char(~keychain.entries[found].back());
    }
    Program program(&keychain);
    const CredentialOutcome outcome = *program.read(u"key"_s);
    QCOMPARE(outcome.error.code(), Code::StorageCorrupt);
    QVERIFY(outcome.secret.isEmpty());
}

void TestSplitSecrets::newerVersion()
{
    FakeKeychain keychain;
    fill(&keychain);
    keychain.entries[indexHeadKey()][7] = 2;
    const auto before = keychain.entries;
    QCOMPARE(Program(&keychain).write(u"key"_s, New)->error.code(), Code::UnknownFormat);
    QCOMPARE(keychain.entries, before);
}

QTEST_APPLESS_MAIN(TestSplitSecrets)
#include "tst_splitsecrets.moc"
