// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "credentialprobe.h"

#include <QtDelivery/memorycredentialstore.h>

#include <QPointer>
#include <QSignalSpy>

#include <thread>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Code = Error::Code;
using Kind = CredentialRequest::Kind;

// What CredentialStore does for each implementation: order, time, refusals.

namespace {

/*! Notes what it is asked and ends nothing by itself. */
class SilentStore : public CredentialStore
{
public:
    using CredentialStore::end;

    QList<CredentialRequest> begun;
    int abandoned = 0;

protected:
    void begin(const CredentialRequest &request) override { begun.append(request); }
    void abandon() override { ++abandoned; }
};

/*! The codes of answers, in their order. */
struct Answers
{
    QObject context;
    QStringList texts;

    CredentialStore::DoneAnswer note(const QString &name)
    {
        return [this, name](const Error &error) {
            texts += name + u' ' + Error::codeName(error.code());
        };
    }
};

} // namespace

class TestCredentialRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void inOrderOneAtATime();
    void neverFromWithinTheCall();
    void silentStoreIsGivenUp();
    void lateEndIsIgnored();
    void goneBeforeItAnswers();
    void goneContextIsNotAnswered();
    void goneInItsAnswer();
    void noAnswerWanted();
    void otherThread();
    void refused_data();
    void refused();
    void availabilityIsLearned();
    void noSecretInWords();
};

void TestCredentialRequests::inOrderOneAtATime()
{
    SilentStore store;
    Answers answers;
    store.write(u"a"_s, "1", &answers.context, answers.note(u"a"_s));
    store.remove(u"b"_s, &answers.context, answers.note(u"b"_s));
    QTRY_COMPARE(store.begun.size(), 1);
    QCOMPARE(store.begun[0].kind, Kind::Write);
    QCOMPARE(store.begun[0].secret, "1");
    QCoreApplication::processEvents();
    QCOMPARE(store.begun.size(), 1);
    store.end({});
    QVERIFY(answers.texts.isEmpty());
    QTRY_COMPARE(store.begun.size(), 2);
    QCOMPARE(answers.texts, QStringList{u"a NoError"_s});
    QCOMPARE(store.begun[1].name, u"b"_s);
    store.end({.error = {Code::StorageFailed, u"Why."_s}});
    QTRY_COMPARE(answers.texts.size(), 2);
    QCOMPARE(answers.texts[1], u"b StorageFailed"_s);
}

void TestCredentialRequests::neverFromWithinTheCall()
{
    SilentStore store;
    Answers answers;
    store.write(QString(), "1", &answers.context, answers.note(u"refused"_s));
    store.write(u"a"_s, "1", &answers.context, answers.note(u"a"_s));
    QVERIFY(answers.texts.isEmpty());
    QVERIFY(store.begun.isEmpty());
    QTRY_COMPARE(answers.texts, QStringList{u"refused InvalidArgument"_s});
}

void TestCredentialRequests::noAnswerWanted()
{
    MemoryCredentialStore store;
    Answers answers;
    store.write(u"a"_s, "1", &answers.context, {});
    store.read(u"a"_s, &answers.context, {});
    store.listNames(&answers.context, {});
    store.remove(u"a"_s, nullptr, {});
    store.remove(u"a"_s, &answers.context, answers.note(u"a"_s));
    QTRY_COMPARE(answers.texts, QStringList{u"a CredentialNotFound"_s}); // all were carried out
}

void TestCredentialRequests::silentStoreIsGivenUp()
{
    SilentStore store;
    Answers answers;
    QCOMPARE(store.timeout(), CredentialStore::DefaultTimeout);
    store.setTimeout(200ms);
    QElapsedTimer clock;
    clock.start();
    store.remove(u"a"_s, &answers.context, answers.note(u"a"_s));
    store.remove(u"b"_s, &answers.context, answers.note(u"b"_s));
    QTRY_COMPARE(answers.texts, (QStringList{u"a TimedOut"_s, u"b TimedOut"_s}));
    QVERIFY2(clock.elapsed() >= 200, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(store.abandoned, 1);
    QCOMPARE(store.begun.size(), 1); // the second one waited in vain
    QCOMPARE(store.obstacle().code(), Code::TimedOut);
    QVERIFY(store.obstacle().message().contains(u"0.2"_s));

    store.remove(u"c"_s, &answers.context, answers.note(u"c"_s));
    QTRY_COMPARE(store.begun.size(), 2);
    store.end({});
    QTRY_COMPARE(answers.texts.last(), u"c NoError"_s);
}

void TestCredentialRequests::lateEndIsIgnored()
{
    SilentStore store;
    Answers answers;
    store.setTimeout(1ms);
    store.remove(u"a"_s, &answers.context, answers.note(u"a"_s));
    QTRY_COMPARE(answers.texts.size(), 1);
    store.end({});
    store.setTimeout(10s);
    store.remove(u"b"_s, &answers.context, answers.note(u"b"_s));
    store.end({}); // not begun yet: cannot be its end
    QTRY_COMPARE(store.begun.size(), 2);
    QCOMPARE(answers.texts, QStringList{u"a TimedOut"_s});
    store.end({});
    store.end({.error = {Code::StorageFailed, u"Twice."_s}});
    QTRY_COMPARE(answers.texts.size(), 2);
    QCOMPARE(answers.texts[1], u"b NoError"_s);
}

void TestCredentialRequests::goneBeforeItAnswers()
{
    auto store = std::make_unique<SilentStore>();
    Answers answers;
    store->remove(u"a"_s, &answers.context, answers.note(u"a"_s));
    store->remove(u"b"_s, &answers.context, answers.note(u"b"_s));
    QTRY_COMPARE(store->begun.size(), 1);
    store.reset();
    QVERIFY(answers.texts.isEmpty());
    QTRY_COMPARE(answers.texts, (QStringList{u"a Stopped"_s, u"b Stopped"_s}));
}

void TestCredentialRequests::goneContextIsNotAnswered()
{
    SilentStore store;
    Answers answers;
    auto gone = std::make_unique<QObject>();
    store.remove(u"a"_s, gone.get(), answers.note(u"a"_s));
    store.remove(u"b"_s, &answers.context, answers.note(u"b"_s));
    gone.reset();
    QTRY_COMPARE(store.begun.size(), 1);
    store.end({});
    QTRY_COMPARE(store.begun.size(), 2);
    store.end({});
    QTRY_COMPARE(answers.texts, QStringList{u"b NoError"_s});
}

void TestCredentialRequests::goneInItsAnswer()
{
    auto *store = new MemoryCredentialStore;
    const QPointer<MemoryCredentialStore> alive(store);
    Answers answers;
    store->write(u"a"_s, "1", &answers.context, [&](const Error &) { delete store; });
    store->write(u"b"_s, "1", &answers.context, answers.note(u"b"_s));
    QTRY_COMPARE(answers.texts, QStringList{u"b Stopped"_s});
    QVERIFY(!alive);
}

void TestCredentialRequests::otherThread()
{
    MemoryCredentialStore store;
    Answers answers;
    std::thread other([&] { store.write(u"a"_s, "1", &answers.context, answers.note(u"a"_s)); });
    other.join();
    QTRY_COMPARE(answers.texts, QStringList{u"a WrongThread"_s});
    QCOMPARE(CredentialProbe(&store).names()->size(), 0);
}

void TestCredentialRequests::refused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<Code>("code");
    const QString longest(255, u'x');
    QTest::newRow("no name") << QString() << QByteArray("s") << Code::InvalidArgument;
    QTest::newRow("longest name") << longest << QByteArray("s") << Code::NoError;
    QTest::newRow("too long") << longest + u'x' << QByteArray("s") << Code::InvalidArgument;
    QTest::newRow("too long in bytes")
        << QString(128, u'ä') << QByteArray("s") << Code::InvalidArgument;
    QTest::newRow("line break") << u"a\nb"_s << QByteArray("s") << Code::InvalidArgument;
    QTest::newRow("no secret") << u"a"_s << QByteArray() << Code::InvalidArgument;
    QTest::newRow("longest secret") << u"a"_s << QByteArray(65536, 's') << Code::NoError;
    QTest::newRow("too long a secret") << u"a"_s << QByteArray(65537, 's') << Code::LimitReached;
}

void TestCredentialRequests::refused()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, secret);
    QFETCH(const Code, code);
    MemoryCredentialStore store;
    CredentialProbe probe(&store);
    const Error error = probe.write(name, secret);
    QCOMPARE(error.code(), code);
    QCOMPARE(error.message().isEmpty(), code == Code::NoError);
    QCOMPARE(probe.names()->size(), code == Code::NoError ? 1 : 0);
}

void TestCredentialRequests::availabilityIsLearned()
{
    using Availability = CredentialStore::Availability;
    SilentStore store;
    Answers answers;
    QSignalSpy changes(&store, &CredentialStore::availabilityChanged);
    const auto ask = [&](const Error &error) {
        const auto count = store.begun.size();
        const auto told = answers.texts.size();
        store.remove(u"a"_s, &answers.context, answers.note(u"a"_s));
        QTRY_COMPARE(store.begun.size(), count + 1);
        store.end({.error = error});
        QTRY_COMPARE(answers.texts.size(), told + 1);
    };
    QCOMPARE(store.availability(), Availability::Unknown);
    ask({Code::CredentialNotFound, u"None."_s});
    QCOMPARE(store.availability(), Availability::Available);
    QVERIFY(!store.obstacle());
    ask({Code::AccessDenied, u"Locked."_s});
    QCOMPARE(store.availability(), Availability::Unavailable);
    QCOMPARE(store.obstacle().message(), u"Locked."_s);
    ask({Code::LimitReached, u"Too much."_s}); // says nothing about the store
    QCOMPARE(store.availability(), Availability::Unavailable);
    ask({});
    QCOMPARE(store.availability(), Availability::Available);
    QVERIFY(!store.obstacle());
    QCOMPARE(changes.size(), 3);
}

void TestCredentialRequests::noSecretInWords()
{
    const QByteArray secret = "Xyzzy-4711";
    SilentStore store;
    Answers answers;
    QString words;
    const auto collect = [&](const Error &error) { words += error.message() + u'|'; };
    store.setTimeout(1ms);
    store.write(u"a\n"_s, secret, &answers.context, collect);
    store.write(u"a"_s, secret.repeated(70'000), &answers.context, collect);
    store.write(u"a"_s, secret, &answers.context, collect);
    QTRY_COMPARE(words.count(u'|'), 3);
    QVERIFY2(!words.contains(QString::fromLatin1(secret)), qPrintable(words));
}

QTEST_GUILESS_MAIN(TestCredentialRequests)
#include "tst_credentialrequests.moc"
