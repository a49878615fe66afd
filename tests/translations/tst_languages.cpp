// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/producercontroller.h>
#include <QtDelivery/translations.h>

#include <QTest>
#include <QTranslator>

#ifdef QTDELIVERY_CLI
#include "cliprocess.h"
#endif

using namespace QtDelivery;
using namespace Qt::StringLiterals;

// The languages at run time.

class TestLanguages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void errorsAreTranslated_data();
    void errorsAreTranslated();
    void plurals_data();
    void plurals();
    void unknownLanguageIsEnglish();
    void unknownCatalogue();
    void program_data();
    void program();
};

void TestLanguages::cleanup()
{
    for (QTranslator *translator : QCoreApplication::instance()->findChildren<QTranslator *>())
        delete translator;
}

namespace {

QString refusal()
{
    ProducerController producer(u"orders"_s, nullptr);
    QObject application;
    const auto error = producer.start(&application);
    return error.message();
}

QString dropped(int count)
{
    return QCoreApplication::translate(
        "QtDelivery", "The producer began anew; %n message(s) were dropped.", nullptr, count);
}

} // namespace

void TestLanguages::errorsAreTranslated_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("en_GB") << QLocale(u"en_GB"_s) << u"A controller needs a node."_s;
    QTest::newRow("de_AT") << QLocale(u"de_AT"_s) << u"Ein Controller braucht einen Knoten."_s;
    QTest::newRow("ar_EG") << QLocale(u"ar_EG"_s) << u"يحتاج المتحكّم إلى عقدة."_s;
}

void TestLanguages::errorsAreTranslated()
{
    QFETCH(QLocale, locale);
    QVERIFY(installTranslations(locale));
    QTEST(refusal(), "sentence");
}

void TestLanguages::plurals_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("part");
    QTest::newRow("en 1") << QLocale(u"en"_s) << 1 << u"1 message was"_s;
    QTest::newRow("en 2") << QLocale(u"en"_s) << 2 << u"2 messages were"_s;
    QTest::newRow("de 1") << QLocale(u"de"_s) << 1 << u"1 Nachricht wurde"_s;
    QTest::newRow("de 5") << QLocale(u"de"_s) << 5 << u"5 Nachrichten wurden"_s;
    QTest::newRow("ar 1") << QLocale(u"ar"_s) << 1 << u"رسالة واحدة"_s;
    QTest::newRow("ar 2") << QLocale(u"ar"_s) << 2 << u"رسالتان"_s;
    QTest::newRow("ar 3") << QLocale(u"ar"_s) << 3 << u"3 رسائل"_s;
    QTest::newRow("ar 11") << QLocale(u"ar"_s) << 11 << u"11 رسالة"_s;
}

void TestLanguages::plurals()
{
    QFETCH(QLocale, locale);
    QFETCH(int, count);
    QFETCH(QString, part);
    QVERIFY(installTranslations(locale));
    QVERIFY2(dropped(count).contains(part), qPrintable(dropped(count)));
}

void TestLanguages::unknownLanguageIsEnglish()
{
    QVERIFY(!installTranslations(QLocale(u"fi"_s)));
    QCOMPARE(refusal(), u"A controller needs a node."_s);
    QVERIFY(dropped(1).contains(u"1 message was"_s));
}

void TestLanguages::unknownCatalogue()
{
    QVERIFY(!installTranslations(QLocale(u"de"_s), u"none"_s));
}

void TestLanguages::program_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("C") << u"C.UTF-8"_s << QByteArray("Usage: qtdelivery send");
    QTest::newRow("de") << u"de_DE.UTF-8"_s << QByteArray("Aufruf: qtdelivery send");
    QTest::newRow("ar") << u"ar_EG.UTF-8"_s << QByteArray("الاستخدام: qtdelivery send");
}

void TestLanguages::program()
{
#ifdef QTDELIVERY_CLI
    QFETCH(QString, language);
    QProcessEnvironment environment = CliProcess::environment();
    environment.remove(u"LANGUAGE"_s);
    environment.insert(u"LC_ALL"_s, language);
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(QTDELIVERY_CLI), {u"--help"_s});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
    QFETCH(QByteArray, part);
    const QByteArray output = program.readAllStandardOutput();
    QVERIFY2(output.startsWith(part), output.constData());
#else
    QSKIP("The program is not built.");
#endif
}

QTEST_GUILESS_MAIN(TestLanguages)
#include "tst_languages.moc"
