// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/credentialreference.h>
#include <QtDelivery/memorycredentialstore.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace QtDelivery;
using namespace Qt::StringLiterals;
using Code = Error::Code;
using Place = CredentialReference::Place;

class TestCredentialReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
    void nothing();
    void read_data();
    void read();
    void readOnceAndLater();
    void destroyedContext();
    void lineBreaks();

private:
    [[nodiscard]] QString file(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The test cannot write %s.", qPrintable(file.fileName()));
        return u"file:"_s + file.fileName();
    }
    [[nodiscard]] static Result<QByteArray> wait(const CredentialReference &reference,
                                                 CredentialStore *store)
    {
        std::optional<Result<QByteArray>> answer;
        QObject context;
        reference.read(store, &context, [&](const Result<QByteArray> &read) { answer = read; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }))
            return Error(Code::TimedOut, u"no answer"_s);
        return *answer;
    }

    QTemporaryDir m_directory;
};

void TestCredentialReference::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Place>("place");
    QTest::addColumn<QString>("name");
    QTest::newRow("keychain") << u"keychain:orders at rest"_s << Place::Store
                              << u"orders at rest"_s;
    QTest::newRow("file") << u"file:/run/secrets/a:b"_s << Place::File << u"/run/secrets/a:b"_s;
    QTest::newRow("environment") << u"env:TOKEN"_s << Place::Environment << u"TOKEN"_s;
    for (const char *wrong : {"", "keychain", "keychain:", "file:", "env:", "Keychain:a", " env:A",
                              "sEcReT", "vault:a"})
        QTest::addRow("not '%s'", wrong)
            << QString::fromLatin1(wrong) << Place::Nowhere << QString();
}

void TestCredentialReference::texts()
{
    QFETCH(const QString, text);
    QFETCH(const Place, place);
    const auto reference = CredentialReference::fromString(text);
    QCOMPARE(reference.hasValue(), place != Place::Nowhere);
    if (reference) {
        QCOMPARE(reference->place(), place);
        QTEST(reference->name(), "name");
        QCOMPARE(reference->toString(), text);
        QVERIFY(!reference->isEmpty());
        QCOMPARE(CredentialReference::fromString(reference->toString()).hasValue(), true);
        QVERIFY(*CredentialReference::fromString(text) == *reference);
    } else {
        QCOMPARE(reference.error().code(), Code::InvalidArgument);
        // Perhaps it is the secret.
        QVERIFY(text.isEmpty() || !reference.error().message().contains(u"sEcReT"));
    }
}

void TestCredentialReference::nothing()
{
    const CredentialReference reference;
    QVERIFY(reference.isEmpty());
    QCOMPARE(reference.toString(), QString());
    QCOMPARE(wait(reference, nullptr).error().code(), Code::InvalidArgument);
}

void TestCredentialReference::read_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<Code>("code");
    QTest::addColumn<QString>("sentence");
    const QString nowhere = m_directory.filePath(u"nowhere"_s);
    QTest::newRow("keychain") << u"keychain:orders"_s << "in the store"_ba << Code::NoError
                              << QString();
    QTest::newRow("not in the keychain")
        << u"keychain:others"_s << QByteArray() << Code::CredentialNotFound << u"\"others\""_s;
    QTest::newRow("bad name") << u"keychain:a\nb"_s << QByteArray() << Code::InvalidArgument
                              << u"name of a credential"_s;
    QTest::newRow("file") << file(u"secret"_s, " in a file \n") << " in a file \n"_ba
                          << Code::NoError << QString();
    QTest::newRow("longest file") << file(u"longest"_s, QByteArray(64 * 1024, 'x'))
                                  << QByteArray(64 * 1024, 'x') << Code::NoError << QString();
    QTest::newRow("too long a file") << file(u"long"_s, QByteArray(64 * 1024 + 1, 'x'))
                                     << QByteArray() << Code::LimitReached << u"at most 65536"_s;
    QTest::newRow("endless file") << u"file:/dev/zero"_s << QByteArray() << Code::LimitReached
                                  << u"at most 65536"_s;
    QTest::newRow("empty file") << file(u"empty"_s, {}) << QByteArray() << Code::CredentialNotFound
                                << u"the file is empty"_s;
    QTest::newRow("no file") << u"file:"_s + nowhere << QByteArray() << Code::CredentialNotFound
                             << nowhere + u" cannot be read: No such file"_s;
    QTest::newRow("directory") << u"file:"_s + m_directory.path() << QByteArray()
                               << Code::StorageFailed << u"cannot be read"_s;
    QTest::newRow("variable") << u"env:QTDELIVERY_TEST_SECRET"_s << " in a variable"_ba
                              << Code::NoError << QString();
    QTest::newRow("no variable") << u"env:QTDELIVERY_TEST_NOTHING"_s << QByteArray()
                                 << Code::CredentialNotFound << u"QTDELIVERY_TEST_NOTHING"_s;
}

void TestCredentialReference::read()
{
    QFETCH(const QString, text);
    qputenv("QTDELIVERY_TEST_SECRET", " in a variable");
    MemoryCredentialStore store;
    QObject context;
    store.write(u"orders"_s, "in the store", &context, {});
    const auto reference = CredentialReference::fromString(text);
    QVERIFY(reference);
    const auto secret = wait(*reference, &store);
    QTEST(secret.error().code(), "code");
    QFETCH(const QString, sentence);
    QVERIFY2(secret.error().message().contains(sentence), qPrintable(secret.error().message()));
    if (secret)
        QTEST(*secret, "secret");
}

void TestCredentialReference::readOnceAndLater()
{
    MemoryCredentialStore store;
    QObject context;
    store.write(u"a"_s, "1", &context, {});
    for (const QString &text : {u"keychain:a"_s, file(u"a"_s, "1"), u"env:PATH"_s}) {
        int answers = 0;
        CredentialReference::fromString(text)->read(
            &store, &context, [&](const Result<QByteArray> &read) { answers += read ? 1 : 100; });
        QCOMPARE(answers, 0);
        QTRY_COMPARE(answers, 1);
        QCoreApplication::processEvents();
        QCOMPARE(answers, 1);
    }
    const auto inStore = wait(*CredentialReference::fromString(u"keychain:a"_s), nullptr);
    QCOMPARE(inStore.error().code(), Code::InvalidArgument); // there is no store to ask
}

void TestCredentialReference::destroyedContext()
{
    int answers = 0;
    auto context = std::make_unique<QObject>();
    const auto note = [&](const Result<QByteArray> &) { ++answers; };
    CredentialReference::fromString(u"env:PATH"_s)->read(nullptr, context.get(), note);
    context.reset();
    QCoreApplication::processEvents();
    QCOMPARE(answers, 0);
}

void TestCredentialReference::lineBreaks()
{
    const auto line = CredentialReference::withoutLineBreak;
    QCOMPARE(line(" open sesame "), " open sesame ");
    QCOMPARE(line("open sesame\n"), "open sesame");
    QCOMPARE(line("open sesame\r\n"), "open sesame");
    QCOMPARE(line("open sesame\n\n"), "open sesame\n");
    QCOMPARE(line("\n"), "");
    QCOMPARE(line({}), QByteArray());
}

QTEST_GUILESS_MAIN(TestCredentialReference)
#include "tst_credentialreference.moc"
