// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QDir>
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

// The catalogues in translations/: as lupdate leaves them, and complete.

namespace {

/*! One sentence of a catalogue. */
struct Entry
{
    QString source;
    QString type; //!< of the translation: empty, "unfinished", "vanished", "obsolete"
    QStringList forms; //!< one, or the plural forms
    bool isPlural = false;
};

Entry readEntry(QXmlStreamReader *xml)
{
    Entry entry;
    entry.isPlural = xml->attributes().value("numerus"_L1) == "yes"_L1;
    while (xml->readNextStartElement()) {
        if (xml->name() == "source"_L1) {
            entry.source = xml->readElementText();
        } else if (xml->name() == "translation"_L1) {
            entry.type = xml->attributes().value("type"_L1).toString();
            if (!entry.isPlural)
                entry.forms += xml->readElementText();
            while (entry.isPlural && xml->readNextStartElement())
                entry.forms += xml->readElementText();
        } else {
            xml->skipCurrentElement();
        }
    }
    return entry;
}

QList<Entry> readCatalogue(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Entry> entries;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == "message"_L1)
            entries += readEntry(&xml);
    }
    return xml.hasError() ? QList<Entry>() : entries;
}

/*! The placeholders of \a text, sorted; "%n" may be left out where a form says the number. */
QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(u"%(?:[1-9]|L[1-9])"_s);
    QStringList found;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();)
        found += matches.next().captured();
    found.removeDuplicates();
    found.sort();
    return found;
}

/*! What stands before and after the words. */
QString spaceAround(const QString &text)
{
    static const QRegularExpression pattern(u"^(\\s*).*?(\\s*)$"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    const auto match = pattern.match(text);
    return match.captured(1) + u'|' + match.captured(2);
}

qsizetype pluralForms(const QString &language)
{
    static const QHash<QString, qsizetype> forms{{u"en"_s, 2}, {u"de"_s, 2}, {u"ar"_s, 6}};
    return forms.value(language);
}

/*! What the translators of one sentence have got wrong; empty if nothing. */
QString mistake(const Entry &entry, const QString &language)
{
    if (!entry.type.isEmpty())
        return entry.type;
    if (entry.isPlural && entry.forms.size() != pluralForms(language))
        return u"%1 plural forms"_s.arg(entry.forms.size());
    // Words such as "one" and "two" stand for the number in languages with more than two forms.
    const bool needsNumber = entry.isPlural && pluralForms(language) == 2;
    for (const QString &form : entry.forms) {
        if (form.isEmpty())
            return u"not translated"_s;
        if (placeholders(form) != placeholders(entry.source))
            return u"other placeholders: "_s + form;
        if (needsNumber && !form.contains("%n"_L1))
            return u"no %n: "_s + form;
        if (spaceAround(form) != spaceAround(entry.source))
            return u"other spaces around: "_s + form;
    }
    return {};
}

} // namespace

class TestCatalogues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void complete_data() { catalogues(); }
    void complete();
    void everyLanguage();
    void upToDate_data() { catalogues(); }
    void upToDate();

private:
    void catalogues() const;

    const QDir m_root{QStringLiteral(QTDELIVERY_SOURCE_DIR)};
    const QDir m_directory{m_root.filePath(u"translations"_s)};
};

void TestCatalogues::catalogues() const
{
    QTest::addColumn<QString>("file");
    for (const QString &file : m_directory.entryList({u"*.ts"_s}))
        QTest::newRow(qPrintable(file)) << file;
}

void TestCatalogues::complete()
{
    QFETCH(QString, file);
    const QString language = file.section(u'_', -1).section(u'.', 0, 0);
    QVERIFY2(pluralForms(language) > 0, "This test does not know the plural forms.");
    const QList<Entry> entries = readCatalogue(m_directory.filePath(file));
    QVERIFY(!entries.isEmpty());
    for (const Entry &entry : entries) {
        const QString wrong = mistake(entry, language);
        QVERIFY2(wrong.isEmpty(), qPrintable(entry.source + u": "_s + wrong));
    }
}

void TestCatalogues::everyLanguage()
{
    // Whoever adds a language adds it to the library and to both programs.
    const QStringList all = m_directory.entryList({u"libqtdelivery_*.ts"_s});
    QVERIFY(all.size() > 1);
    for (const QString &file : all) {
        const QString rest = file.mid(QString(u"libqtdelivery"_s).size());
        QVERIFY2(m_directory.exists(u"qtdelivery"_s + rest), qPrintable(rest));
        // The monitor counts nothing in words, so there are no English plural forms.
        if (rest != "_en.ts"_L1)
            QVERIFY2(m_directory.exists(u"qtdelivery-monitor"_s + rest), qPrintable(rest));
    }
}

void TestCatalogues::upToDate()
{
    QFETCH(QString, file);
    static const QHash<QString, QStringList> sources{
        {u"libqtdelivery"_s, {u"libqtdelivery/src"_s, u"libqtdelivery/include"_s}},
        {u"qtdelivery"_s, {u"examples/cli"_s}},
        {u"qtdelivery-monitor"_s, {u"monitor"_s}}};
    const QTemporaryDir copies;
    const QString copy = copies.filePath(file);
    QVERIFY(QFile::copy(m_directory.filePath(file), copy));
    QStringList arguments{u"-locations"_s, u"none"_s, u"-silent"_s};
    if (file.endsWith("_en.ts"_L1))
        arguments += u"-pluralonly"_s;
    arguments += sources.value(file.section(u'_', 0, -2));
    arguments += {u"-ts"_s, copy};
    QProcess lupdate;
    lupdate.setWorkingDirectory(m_root.path());
    lupdate.start(QStringLiteral(QTDELIVERY_LUPDATE), arguments);
    QVERIFY(lupdate.waitForFinished());
    QCOMPARE(lupdate.exitCode(), 0);
    // Neither a sentence without translation, nor a translation without sentence.
    for (const Entry &entry : readCatalogue(copy))
        QVERIFY2(entry.type.isEmpty(), qPrintable(entry.source + u": "_s + entry.type));
    QCOMPARE(readCatalogue(copy).size(), readCatalogue(m_directory.filePath(file)).size());
}

QTEST_GUILESS_MAIN(TestCatalogues)
#include "tst_catalogues.moc"
