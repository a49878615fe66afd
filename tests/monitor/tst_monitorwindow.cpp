// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sampleflows.h"

#include "demo/demo.h"
#include "widgets/windowovertime.h"
#include "window/flowdetails.h"
#include "window/flowspage.h"
#include "window/mainwindow.h"
#include "window/screenshots.h"
#include "window/settingsfile.h"
#include "window/tablepage.h"

#include <QtDelivery/deliverynode.h>
#include <QtDelivery/monitorserver.h>
#include <QtDelivery/producercontroller.h>

#include <QDialog>
#include <QLabel>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPushButton>
#include <QRegularExpression>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Monitor;
using namespace QtDelivery;
using namespace Qt::StringLiterals;

// The window, with real flows of this process behind it.

class TestMonitorWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void nothingToWatch();
    void flowsAppearAndGo();
    void registryIsWatched();
    void nobodyAtTheSocket();
    void hostileProcess_data();
    void hostileProcess();
    void filter();
    void alertLeadsToItsScreen();
    void settingsAreKept();
    void settingsAreUnreadable_data();
    void settingsAreUnreadable();
    void rightToLeft();
    void demonstration();

private:
    [[nodiscard]] QString settingsPath() const { return m_settings->filePath(u"s.ini"_s); }

    QTemporaryDir m_runtime;
    std::unique_ptr<QTemporaryDir> m_settings;
};

namespace {

/*! What can be watched: a producer that nobody wants. */
struct Shop
{
    explicit Shop(const QString &name = u"shop"_s)
        : node(NodeSettings{.nodeId = name})
        , producer(u"orders"_s, &node)
        , server(&node)
    {
        if (producer.start(&application) || server.listen(directory.filePath(u"shop.sock"_s)))
            qFatal("The shop does not open.");
    }

    QTemporaryDir directory;
    QObject application;
    DeliveryNode node;
    ProducerController producer;
    MonitorServer server;
};

bool isShown(const QWidget &window, const QString &text)
{
    const auto labels = window.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

} // namespace

void TestMonitorWindow::initTestCase()
{
    QVERIFY(m_runtime.isValid());
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime.path()));
    QCoreApplication::setApplicationVersion(u"1.2"_s);
}

void TestMonitorWindow::init()
{
    // What the offscreen platform says of itself is no fault.
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_settings = std::make_unique<QTemporaryDir>();
}

void TestMonitorWindow::nothingToWatch()
{
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.watchRegistry();
    window.show();
    QVERIFY(isShown(window, u"No process is watched yet"_s));
    QVERIFY(isShown(window, u"QTDELIVERY_MONITOR=1"_s));
    QVERIFY(!window.flowsPage()->isVisible());
    const auto buttons = window.findChildren<QPushButton *>();
    const auto network = std::ranges::find_if(buttons, [](const QPushButton *button) {
        return button->isVisible() && button->text() == u"&Connect over the network…";
    });
    QVERIFY(network != buttons.end());
    (*network)->click();
    const auto *const dialog = window.findChild<QDialog *>();
    QVERIFY(dialog && dialog->isVisible());
}

void TestMonitorWindow::flowsAppearAndGo()
{
    auto shop = std::make_unique<Shop>();
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({shop->server.socketPath()});
    QTRY_COMPARE(window.session().pairs().rowCount(), 1);
    QVERIFY(window.flowsPage()->isVisible());
    QTRY_VERIFY(isShown(window, u"orders: orders on shop → nobody"_s)); // chosen by itself
    QVERIFY(isShown(window, u"No consumer is attached."_s));
    for (int tab = 0; tab < window.flowsPage()->details()->count(); ++tab) {
        window.flowsPage()->details()->setCurrentIndex(tab);
        QVERIFY(!window.grab().isNull());
    }
    shop.reset();
    QTRY_VERIFY(isShown(window, u"No process is watched yet"_s));
    QCOMPARE(window.session().pairs().rowCount(), 0);
}

void TestMonitorWindow::registryIsWatched()
{
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.watchRegistry();
    DeliveryNode node(NodeSettings{.nodeId = u"late"_s});
    ProducerController producer(u"parcels"_s, &node);
    MonitorServer server(&node);
    QVERIFY(!server.listen());
    QTRY_COMPARE(window.session().pairs().rowCount(), 1);
    QCOMPARE(window.session().pairs().pairAt(0).title(), u"parcels"_s);
    server.close();
    QTRY_COMPARE(window.session().nodeCount(), 0);
}

void TestMonitorWindow::nobodyAtTheSocket()
{
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({u"/nowhere/socket"_s});
    QTRY_VERIFY(isShown(window, u"Nobody can be watched at /nowhere/socket."_s));
}

void TestMonitorWindow::hostileProcess_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
    QTest::newRow("huge frame") << QByteArray("\xff\xff\xff\xff", 4);
    QTest::newRow("no map") << QByteArray("\0\0\0\1\1", 5);
    QTest::newRow("update first") << QByteArray::fromHex("00000005a200020109");
}

void TestMonitorWindow::hostileProcess()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir directory;
    QLocalServer impostor;
    QVERIFY(impostor.listen(directory.filePath(u"s"_s)));
    connect(&impostor, &QLocalServer::newConnection, &impostor,
            [&] { impostor.nextPendingConnection()->write(bytes); });
    Shop shop;
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({impostor.fullServerName(), shop.server.socketPath()});
    QTRY_VERIFY(isShown(window, u"The process sent something illegible."_s));
    QTRY_COMPARE(window.session().pairs().rowCount(), 1); // of the other one
}

void TestMonitorWindow::filter()
{
    Shop shop;
    ProducerController other(u"invoices"_s, &shop.node);
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.watchSockets({shop.server.socketPath()});
    QTRY_COMPARE(window.session().pairs().rowCount(), 2);
    TablePage *const table = window.flowsPage()->table();
    table->setFilter(u"INVOI"_s);
    QCOMPARE(table->proxy()->rowCount(), 1);
    table->setFilter(u"not called start"_s); // what is said about it
    QTRY_COMPARE(table->proxy()->rowCount(), 1);
    QVERIFY(window.flowsPage()->select(u"orders"_s)); // although it is filtered out
    QCOMPARE(table->view()->currentIndex().data().toString(), u"orders"_s);
}

void TestMonitorWindow::alertLeadsToItsScreen()
{
    Shop shop;
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({shop.server.socketPath()});
    QTRY_COMPARE(window.session().pairs().rowCount(), 1);
    AlertBoard &alerts = window.session().alerts();
    LinkSnapshot link;
    link.nodeId = u"van"_s;
    const FlowPair pair = window.session().pairs().pairAt(0);
    FlowPair waiting = pair;
    waiting.producer->flow.nextSeqNr = 100;
    for (qint64 second = 1; second < 20; ++second) {
        link.state = second % 2 == 0 ? LinkSnapshot::State::Up : LinkSnapshot::State::Waiting;
        alerts.evaluate({&waiting}, {link}, second * 1'000'000);
    }
    QCOMPARE(alerts.activeCount(), 2);
    window.flowsPage()->details()->setCurrentIndex(FlowDetails::NumbersTab);
    for (int row = 0; row < 2; ++row) {
        window.showPage(MainWindow::AlertsPageNumber);
        const bool isLink = alerts.alertAt(row).kind == AlertKind::FlappingLink;
        window.explainAlert(row);
        QCOMPARE(window.flowsPage()->isVisible(), !isLink);
    }
    QCOMPARE(window.flowsPage()->details()->currentIndex(), int(FlowDetails::WindowTab));
}

void TestMonitorWindow::settingsAreKept()
{
    {
        SettingsFile settings(settingsPath());
        MainWindow window(&settings);
        window.show();
        window.resize(777, 555);
        window.flowsPage()->table()->view()->setColumnHidden(3, true);
        window.flowsPage()->details()->setCurrentIndex(FlowDetails::OverTimeTab);
        window.close();
    }
    SettingsFile settings(settingsPath());
    QCOMPARE(settings.problem(), QString());
    MainWindow window(&settings);
    window.show();
    QCOMPARE(window.width(), 777);
    QVERIFY(window.flowsPage()->table()->view()->isColumnHidden(3));
    QCOMPARE(window.flowsPage()->details()->currentIndex(), int(FlowDetails::OverTimeTab));
}

void TestMonitorWindow::settingsAreUnreadable_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("no ini file") << QByteArray("]]]\n[[[ \x01\n=\n");
    QTest::newRow("later version") << QByteArray("[General]\nversion=99\n");
    QTest::newRow("no version") << QByteArray("[General]\ngeometry=1\n");
}

void TestMonitorWindow::settingsAreUnreadable()
{
    QFETCH(QByteArray, contents);
    QFile file(settingsPath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(contents);
    file.close();
    SettingsFile settings(settingsPath());
    QVERIFY(settings.problem().contains(u".unreadable"_s));
    QVERIFY(QFile::exists(settingsPath() + u".unreadable"_s));
    MainWindow window(&settings);
    window.show();
    QVERIFY(isShown(window, u"The settings could not be read"_s));
    SettingsFile again(settingsPath());
    QCOMPARE(again.problem(), QString());
}

void TestMonitorWindow::rightToLeft()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Shop shop;
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.watchSockets({shop.server.socketPath()});
    QTRY_COMPARE(window.session().pairs().rowCount(), 1);
    QVERIFY(!window.grab().isNull());
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

void TestMonitorWindow::demonstration()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"start\\(\\) was not called"_s));
    SettingsFile settings(settingsPath());
    MainWindow window(&settings);
    window.show();
    window.startDemo();
    const auto pairOf = [&](const QString &title) -> const FlowPair * {
        for (int row = 0; row < window.session().pairs().rowCount(); ++row) {
            if (window.session().pairs().pairAt(row).title() == title)
                return &window.session().pairs().pairAt(row);
        }
        return nullptr;
    };
    QTRY_COMPARE_WITH_TIMEOUT(window.session().pairs().rowCount(), 9, 20'000);
    const auto reasonOf = [&](const QString &title) {
        const FlowPair *const pair = pairOf(title);
        return pair ? pair->reason() : BlockedReason::None;
    };
    // Each produced by real controllers.
    QTRY_COMPARE_WITH_TIMEOUT(reasonOf(u"audit"_s), BlockedReason::NoConsumer, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(reasonOf(u"invoices"_s), BlockedReason::HandlerBusy, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(reasonOf(u"prices"_s), BlockedReason::Paused, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(reasonOf(u"labels"_s), BlockedReason::LimitReached, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(reasonOf(u"telemetry"_s) == BlockedReason::LinkDown, 40'000);
    QVERIFY(pairOf(u"orders"_s)->isWhole());
    // A large message advances.
    const FlowName backups{u"shop"_s, u"backups"_s};
    QTRY_VERIFY_WITH_TIMEOUT(!window.session().transfers().of(backups).isEmpty(), 20'000);
    const auto done = [&] {
        qint64 bytes = 0;
        for (const Transfer &transfer : window.session().transfers().of(backups))
            bytes += transfer.doneBytes();
        return bytes;
    };
    const qint64 before = done();
    QTRY_VERIFY_WITH_TIMEOUT(done() > before, 20'000);
    QTemporaryDir shots;
    QCOMPARE(takeScreenshots(window, shots.path()), QString());
    QCOMPARE(QDir(shots.path()).entryList({u"*.png"_s}).size(), 8);
}

QTEST_MAIN(TestMonitorWindow)
#include "tst_monitorwindow.moc"
