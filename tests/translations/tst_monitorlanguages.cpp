// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "window/flowdetails.h"
#include "window/flowspage.h"
#include "window/language.h"
#include "window/mainwindow.h"
#include "window/settingsfile.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/producercontroller.h>

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace Monitor;
using namespace QtDelivery;
using namespace Qt::StringLiterals;

// The monitor's window in each language, which may need more room than English.

namespace {

/*! Whether \a widget has less room than its text needs. */
bool isClipped(const QWidget &widget)
{
    if (const auto *const label = qobject_cast<const QLabel *>(&widget)) {
        if (label->wordWrap())
            return label->height() < label->heightForWidth(label->width());
        return label->width() < label->sizeHint().width();
    }
    if (const auto *const edit = qobject_cast<const QLineEdit *>(&widget))
        return edit->contentsRect().width()
            < edit->fontMetrics().horizontalAdvance(edit->placeholderText());
    QString text = static_cast<const QAbstractButton &>(widget).text();
    text.remove(u'&');
    return widget.width() < widget.fontMetrics().horizontalAdvance(text);
}

QStringList clipped(const QWidget &window)
{
    QStringList found;
    const auto check = [&](const QWidget *widget, const QString &text) {
        if (widget->isVisible() && !text.isEmpty() && isClipped(*widget))
            found +=
                u"%1 (%2 pixels): %3"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
                                            QString::number(widget->width()), text);
    };
    for (const QLabel *label : window.findChildren<QLabel *>())
        check(label, label->text());
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>())
        check(button, button->text());
    for (const QLineEdit *edit : window.findChildren<QLineEdit *>())
        check(edit, edit->placeholderText());
    return found;
}

} // namespace

class TestMonitorLanguages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void nothingIsClipped_data() { languages(); }
    void nothingIsClipped();
    void menusAreTranslated_data() { languages(); }
    void menusAreTranslated();

private:
    static void languages();

    QTemporaryDir m_directory;
};

void TestMonitorLanguages::languages()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("menu");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("en") << QLocale(u"en"_s) << u"&File"_s << Qt::LeftToRight;
    QTest::newRow("de") << QLocale(u"de"_s) << u"&Datei"_s << Qt::LeftToRight;
    QTest::newRow("ar") << QLocale(u"ar"_s) << u"ملف"_s << Qt::RightToLeft;
}

void TestMonitorLanguages::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_directory.path()));
}

void TestMonitorLanguages::cleanup()
{
    for (QTranslator *translator : qApp->findChildren<QTranslator *>())
        delete translator;
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

void TestMonitorLanguages::nothingIsClipped()
{
    QFETCH(QLocale, locale);
    installLanguage(locale);
    DeliveryNode node(NodeSettings{.nodeId = u"shop"_s});
    ProducerController producer(u"orders"_s, &node);
    QObject application;
    QVERIFY(!producer.start(&application));
    MonitorServer server(&node);
    QVERIFY(!server.listen(m_directory.filePath(u"shop.sock"_s)));
    SettingsFile settings(m_directory.filePath(u"s.ini"_s));
    MainWindow window(&settings);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QTRY_COMPARE(clipped(window).join(u'\n'), QString());
    window.watchSockets({server.socketPath()});
    QTRY_COMPARE(window.session().pairs().rowCount(), 1);
    using Page = MainWindow::Page;
    for (const Page page : {Page::LinksPageNumber, Page::StoragePageNumber, Page::EventsPageNumber,
                            Page::AlertsPageNumber, Page::FlowsPageNumber}) {
        window.showPage(page);
        QTRY_COMPARE(clipped(window).join(u'\n'), QString()); // once it is laid out
    }
    for (int tab = 0; tab < window.flowsPage()->details()->count(); ++tab) {
        window.flowsPage()->details()->setCurrentIndex(tab);
        QTRY_COMPARE(clipped(window).join(u'\n'), QString());
    }
    window.remoteWatch().ask();
    QTRY_COMPARE(clipped(*window.remoteWatch().dialog()).join(u'\n'), QString());
    window.remoteWatch().dialog()->reject();
}

void TestMonitorLanguages::menusAreTranslated()
{
    QFETCH(QLocale, locale);
    installLanguage(locale);
    QTEST(QGuiApplication::layoutDirection(), "direction");
    SettingsFile settings(m_directory.filePath(u"s.ini"_s));
    MainWindow window(&settings);
    QTEST(window.menuBar()->actions().constFirst()->text(), "menu");
}

QTEST_MAIN(TestMonitorLanguages)
#include "tst_monitorlanguages.moc"
