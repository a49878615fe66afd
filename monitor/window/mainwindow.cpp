// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "mainwindow.h"

#include "../model/text.h"
#include "../widgets/picture.h"
#include "../widgets/synctimes.h"
#include "../widgets/windowovertime.h"
#include "emptypage.h"
#include "flowdetails.h"
#include "flowspage.h"
#include "playbackbar.h"
#include "storagepage.h"
#include "tablepage.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <QWhatsThis>

namespace Monitor {

using QtDelivery::EventModel;
using QtDelivery::LinkModel;

MainWindow::MainWindow(SettingsFile *settings, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_playback(&m_session)
    , m_recorder([this](QtDelivery::MonitorClient *client, const QString &source) {
        m_session.connectClient(client, source);
    })
    , m_keychain(RemoteRequest::keychainService())
    , m_remoteWatch(settings, &m_keychain, this)
{
    setWindowTitle(tr("QtDelivery Monitor"));
    makePages();
    makeMenus();
    makeStatusBar();
    connect(&m_session, &Session::sourcesChanged, this, &MainWindow::updateEmptyState);
    connect(&m_session, &Session::refreshed, this, &MainWindow::updateStatus);
    connect(&m_session.alerts(), &AlertBoard::activeCountChanged, this, &MainWindow::updateAlerts);
    connect(&m_session, &Session::watchFailed, this,
            [this](const QString &, const QString &reason) { notify(reason); });
    connect(&m_session, &Session::watchLost, this,
            [this](const QString &source, const QString &reason) {
                //: %1 is an address, %2 the reason, a sentence
                notify(
                    tr("%1 is lost: %2 Once it is back it is watched again.").arg(source, reason));
            });
    connect(&m_session, &Session::watchResumed, this, [this](const QString &source) {
        //: %1 is a process
        notify(tr("%1 is watched again.").arg(m_session.processText(source)));
    });
    connect(&m_recorder, &Recorder::stopped, this, [this](const QString &reason) {
        m_recordAction->setChecked(false);
        notify(reason);
    });
    connect(&m_remoteWatch, &RemoteWatch::found, this, &MainWindow::watchRemote);
    connect(&m_remoteWatch, &RemoteWatch::failed, this, &MainWindow::notify);
    connect(&m_demo, &Demo::begun, this, &MainWindow::watchSockets);
    connect(&m_playback, &Playback::completed, this, [this] {
        if (const QString problem = m_playback.problem(); !problem.isEmpty())
            notify(problem);
    });
    QSettings &kept = m_settings->settings();
    resize(QFontMetrics(font()).averageCharWidth() * 205, QFontMetrics(font()).height() * 60);
    restoreGeometry(kept.value(QStringLiteral("geometry")).toByteArray());
    m_flows->restore(kept);
    m_storage->restore(kept);
    for (TablePage *page : {m_links, m_events, m_alerts})
        page->restore(kept);
    if (!m_settings->problem().isEmpty())
        notify(m_settings->problem());
    updateEmptyState();
}

MainWindow::~MainWindow()
{
    m_session.disconnect(this);
    m_session.alerts().disconnect(this);
    m_recorder.disconnect(this);
}

void MainWindow::makePages()
{
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Screens"));
    m_stack = new QStackedWidget;
    auto *const empty = new EmptyPage;
    m_flows = new FlowsPage(&m_session);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_flows);
    connect(empty, &EmptyPage::demoWanted, this, &MainWindow::startDemo);
    connect(empty, &EmptyPage::socketWanted, this, &MainWindow::askForSocket);
    connect(empty, &EmptyPage::networkWanted, &m_remoteWatch, &RemoteWatch::ask);
    connect(empty, &EmptyPage::recordingWanted, this, &MainWindow::askForRecording);

    m_links = new TablePage(QStringLiteral("links"), tr("Links"), &m_session.links(),
                            LinkModel::SortRole);
    m_links->setEmptyText(tr("The watched nodes have no links."));
    m_links->setHidden({LinkModel::SourceColumn});
    m_links->setWidths({{LinkModel::UrlColumn, 40}});
    m_storage = new StoragePage(&m_session);
    m_events = new TablePage(QStringLiteral("events"), tr("Events"), &m_session.events(),
                             EventModel::SortRole);
    m_events->setEmptyText(tr("Nothing has happened since the monitor looks."));
    m_events->setWidths({{EventModel::TimeColumn, 26},
                         {EventModel::FlowColumn, 20},
                         {EventModel::KindColumn, 20},
                         {EventModel::TextColumn, 80},
                         {EventModel::SourceColumn, 28}});
    m_events->view()->sortByColumn(EventModel::TimeColumn, Qt::DescendingOrder);
    auto *const routine = new QCheckBox(tr("&Routine reports, too, from now on"));
    routine->setToolTip(tr("Each confirmation and each grant as an event of its own"));
    connect(routine, &QCheckBox::toggled, &m_session, &Session::setRoutineWanted);
    m_events->bar()->addWidget(routine);
    m_alerts = new TablePage(QStringLiteral("alerts"), tr("Alerts"), &m_session.alerts(),
                             AlertBoard::SortRole);
    m_alerts->setEmptyText(tr("Nothing is wrong, as far as can be seen."));
    m_alerts->setWidths({{AlertBoard::TimeColumn, 26},
                         {AlertBoard::KindColumn, 18},
                         {AlertBoard::SubjectColumn, 26},
                         {AlertBoard::SentenceColumn, 90}});
    auto *const explain = new QPushButton(tr("&Show what explains it"));
    m_alerts->bar()->addWidget(explain);
    connect(explain, &QPushButton::clicked, this, [this] {
        const QModelIndex index = m_alerts->view()->currentIndex();
        if (index.isValid())
            explainAlert(m_alerts->proxy()->mapToSource(index).row());
    });
    connect(m_alerts, &TablePage::activated, this, &MainWindow::explainAlert);

    for (const TablePage *page : {m_links, m_storage->table(), m_events, m_alerts})
        page->view()->horizontalHeader()->setStretchLastSection(true);
    m_tabs->addTab(m_stack, tr("&Flows"));
    m_tabs->addTab(m_links, tr("&Links"));
    m_tabs->addTab(m_storage, tr("&Storage"));
    m_tabs->addTab(m_events, tr("&Events"));
    m_tabs->addTab(m_alerts, tr("&Alerts"));
    for (TablePage *page : {m_flows->table(), m_links, m_storage->table(), m_events, m_alerts})
        connect(page, &TablePage::message, statusBar(),
                [this](const QString &text) { statusBar()->showMessage(text, 10'000); });
    connect(m_flows->details(), &FlowDetails::message, statusBar(),
            [this](const QString &text) { statusBar()->showMessage(text, 10'000); });
    connect(m_storage->syncTimes(), &Picture::message, statusBar(),
            [this](const QString &text) { statusBar()->showMessage(text, 10'000); });

    m_notice = new QWidget;
    m_noticeText = new QLabel;
    m_noticeText->setWordWrap(true);
    m_noticeText->setTextFormat(Qt::PlainText);
    auto *const dismiss = new QPushButton(tr("Close"));
    connect(dismiss, &QPushButton::clicked, m_notice, &QWidget::hide);
    auto *const notice = new QHBoxLayout(m_notice);
    notice->addWidget(m_noticeText, 1);
    notice->addWidget(dismiss);
    m_notice->setAutoFillBackground(true);
    m_notice->setBackgroundRole(QPalette::ToolTipBase);
    m_noticeText->setForegroundRole(QPalette::ToolTipText);
    m_notice->hide();
    m_playbackBar = new PlaybackBar(&m_playback);
    m_playbackBar->hide();
    connect(m_playbackBar, &PlaybackBar::closed, this, [this] {
        leaveRecording();
        watchRegistry();
    });

    auto *const centre = new QWidget;
    auto *const layout = new QVBoxLayout(centre);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_playbackBar);
    layout->addWidget(m_tabs, 1);
    setCentralWidget(centre);
}

void MainWindow::makeMenus()
{
    QMenu *const file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("Watch &running processes"), this, [this] {
        leaveRecording();
        watchRegistry();
    });
    file->addAction(tr("Watch a &socket…"), QKeySequence(Qt::CTRL | Qt::Key_T), this,
                    &MainWindow::askForSocket);
    file->addAction(tr("&Connect over the network…"), QKeySequence(Qt::CTRL | Qt::Key_N),
                    &m_remoteWatch, &RemoteWatch::ask);
    file->addAction(tr("Show a &demonstration"), this, &MainWindow::startDemo);
    file->addSeparator();
    m_recordAction = file->addAction(tr("R&ecord…"));
    m_recordAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_recordAction->setCheckable(true);
    connect(m_recordAction, &QAction::triggered, this, &MainWindow::toggleRecording);
    file->addAction(tr("&Open a recording…"), QKeySequence::Open, this,
                    &MainWindow::askForRecording);
    file->addSeparator();
    file->addAction(tr("Export the &table…"), QKeySequence(Qt::CTRL | Qt::Key_E), this, [this] {
        if (TablePage *const table = currentTable())
            table->exportTable();
    });
    file->addAction(tr("Save the &picture…"), QKeySequence::Save, this, &MainWindow::savePicture);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    makeViewMenu();

    QMenu *const help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&How to read the pictures"), QKeySequence::HelpContents, this,
                    &MainWindow::showHelp);
    QAction *const what = QWhatsThis::createAction(this);
    help->addAction(what);
    help->addSeparator();
    help->addAction(tr("&About"), this, &MainWindow::showAbout);
}

void MainWindow::makeViewMenu()
{
    QMenu *const view = menuBar()->addMenu(tr("&View"));
    const QStringList titles{tr("&Flows"), tr("&Links"), tr("&Storage"), tr("&Events"),
                             tr("&Alerts")};
    for (int page = 0; page < int(titles.size()); ++page) {
        QAction *const action =
            view->addAction(titles[page], this, [this, page] { showPage(Page(page)); });
        action->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + page)));
    }
    view->addSeparator();
    view->addAction(tr("F&ilter"), QKeySequence::Find, this, [this] {
        if (TablePage *const table = currentTable())
            table->focusFilter();
    });
    view->addSeparator();
    WindowOverTime *const picture = m_flows->details()->overTime();
    view->addAction(tr("&Pause the picture over time"), QKeySequence(Qt::CTRL | Qt::Key_P), picture,
                    [picture] { picture->setPaused(!picture->isPaused()); });
    view->addAction(tr("Show l&ess time"), QKeySequence::ZoomIn, picture,
                    [picture] { picture->zoom(0.5); });
    view->addAction(tr("Show &more time"), QKeySequence::ZoomOut, picture,
                    [picture] { picture->zoom(2); });
    view->addSeparator();
    view->addAction(tr("&Clear the events"), &m_session.events(), &EventModel::clear);
}

void MainWindow::makeStatusBar()
{
    m_counts = new QLabel;
    m_silence = new QLabel;
    m_recording = new QLabel;
    statusBar()->addWidget(m_counts);
    statusBar()->addWidget(m_silence, 1);
    statusBar()->addPermanentWidget(m_recording);
}

void MainWindow::watchRegistry()
{
    m_session.begin(Session::Mode::Registry);
}

void MainWindow::watchSockets(const QStringList &paths)
{
    leaveRecording();
    m_session.begin(Session::Mode::Given);
    for (const QString &path : paths)
        m_session.watch(path);
}

void MainWindow::watchRemote(const RemoteProcess &process)
{
    if (m_session.mode() == Session::Mode::Replay)
        watchSockets({});
    m_session.watch(process);
}

void MainWindow::startDemo()
{
    m_demo.start();
}

void MainWindow::openRecording(const QString &path)
{
    m_recorder.stop();
    m_recordAction->setChecked(false);
    if (const QString problem = m_playback.open(path); !problem.isEmpty()) {
        leaveRecording();
        notify(problem);
        watchRegistry();
        return;
    }
    m_notice->hide();
    m_playbackBar->show();
    updateEmptyState();
}

void MainWindow::leaveRecording()
{
    m_playback.close();
    m_playbackBar->hide();
}

void MainWindow::record(const QString &path)
{
    const QString problem = m_recorder.start(path);
    m_recordAction->setChecked(problem.isEmpty());
    if (problem.isEmpty())
        m_recorder.follow(m_session.sources());
    else
        notify(problem);
    updateStatus();
}

void MainWindow::toggleRecording(bool on)
{
    m_recordAction->setChecked(m_recorder.isRecording());
    if (!on) {
        m_recorder.stop();
        m_recordAction->setChecked(false);
        updateStatus();
        //: %1 is a file name
        statusBar()->showMessage(tr("The recording is saved as %1.").arg(m_recorder.path()),
                                 10'000);
        return;
    }
    if (m_playback.isOpen()) {
        notify(tr("A recording is shown; running processes can be recorded."));
        return;
    }
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Record to"), QStringLiteral("flows.qtdrec"), tr("Recordings (*.qtdrec)"));
    if (!path.isEmpty())
        record(path);
}

void MainWindow::askForSocket()
{
    bool isOk = false;
    const QString key = QStringLiteral("lastSocket");
    const QString path = QInputDialog::getText(
        this, tr("Watch a socket"), tr("The socket of a process (MonitorServer::socketPath()):"),
        QLineEdit::Normal, m_settings->settings().value(key).toString(), &isOk);
    if (!isOk || path.isEmpty())
        return;
    m_settings->settings().setValue(key, path);
    if (m_session.mode() == Session::Mode::Replay)
        watchSockets({path});
    else
        m_session.watch(path);
}

void MainWindow::askForRecording()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a recording"), {},
                                                      tr("Recordings (*.qtdrec);;All files (*)"));
    if (!path.isEmpty())
        openRecording(path);
}

void MainWindow::updateEmptyState()
{
    const bool isEmpty = m_session.nodeCount() == 0 && !m_playback.isOpen();
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
    m_recorder.follow(m_session.mode() == Session::Mode::Replay ? QStringList()
                                                                : m_session.sources());
    updateStatus();
}

void MainWindow::updateStatus()
{
    //: %1 and %2 are numbers
    m_counts->setText(
        tr("Nodes: %1   Flows: %2")
            .arg(countText(m_session.nodeCount()), countText(m_session.pairs().rowCount())));
    const QStringList silent = m_session.silentProcesses();
    //: %1 is a list of nodes
    m_silence->setText(silent.isEmpty() ? QString()
                                        : tr("Busy, no news: %1").arg(silent.join(tr(", "))));
    m_recording->setText(m_recorder.isRecording()
                             //: %1 is a size such as 3 MB
                             ? tr("● Recording, %1").arg(bytesText(m_recorder.bytes()))
                             : QString());
}

void MainWindow::updateAlerts()
{
    const int count = m_session.alerts().activeCount();
    //: the title of the screen of alerts while %1 of them are on
    m_tabs->setTabText(AlertsPageNumber,
                       count == 0 ? tr("&Alerts") : tr("&Alerts (%1)").arg(countText(count)));
}

void MainWindow::showPage(Page page)
{
    m_tabs->setCurrentIndex(page);
}

void MainWindow::explainAlert(int row)
{
    const Alert alert = m_session.alerts().alertAt(row);
    switch (screenFor(alert.kind)) {
    case Screen::Links:
        showPage(LinksPageNumber);
        return;
    case Screen::Storage:
        showPage(StoragePageNumber);
        m_storage->table()->setFilter(alert.subject);
        return;
    case Screen::Window:
    case Screen::OverTime:
        break;
    }
    showPage(FlowsPageNumber);
    if (!m_flows->select(alert.end) && !m_flows->select(alert.subject))
        statusBar()->showMessage(tr("The flow is not there any more."), 10'000);
    const bool isOverTime = screenFor(alert.kind) == Screen::OverTime;
    m_flows->details()->setCurrentIndex(isOverTime ? FlowDetails::OverTimeTab
                                                   : FlowDetails::WindowTab);
}

void MainWindow::notify(const QString &text)
{
    m_noticeText->setText(text);
    m_notice->show();
}

TablePage *MainWindow::currentTable() const
{
    switch (m_tabs->currentIndex()) {
    case FlowsPageNumber:
        return m_flows->table();
    case StoragePageNumber:
        return m_storage->table();
    default:
        return qobject_cast<TablePage *>(m_tabs->currentWidget());
    }
}

void MainWindow::savePicture()
{
    Picture *picture = nullptr;
    if (m_tabs->currentIndex() == FlowsPageNumber)
        picture = m_flows->details()->currentPicture();
    else if (m_tabs->currentIndex() == StoragePageNumber)
        picture = m_storage->syncTimes();
    if (picture)
        picture->saveAs(picture->objectName() + QStringLiteral(".png"));
    else
        statusBar()->showMessage(tr("There is no picture on this screen."), 10'000);
}

void MainWindow::showHelp()
{
    QMessageBox::information(
        this, tr("How to read the pictures"),
        tr("<p><b>Flows</b>: each row is a flow, from its producer to its consumer. "
           "“Why it does not move” says whose turn it is.</p>"
           "<p><b>Window</b>: each message is a cell, by its number from left to right; what the "
           "producer knows is above, what the consumer knows below. The arrow is the window's "
           "edge: "
           "up to there the producer may send. A bar between the two marks where they differ.</p>"
           "<p><b>Over time</b>: the slope of a line is a rate, the distance between two lines "
           "what "
           "is under way. Shaded times are those in which the flow was held up.</p>"
           "<p><b>Large messages</b>: each cell is a part of a message that travels in parts.</p>"
           "<p><b>Storage</b>: how often the disk took how long; each bar is twice as long a time "
           "as the one before.</p>"
           "<p>“In words” tells the same as text. The wheel or + and − zoom, dragging or the arrow "
           "keys move; End goes back to now. Shift+F1 explains any part of the window.</p>"));
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About QtDelivery Monitor"),
                       //: %1 is a version
                       tr("<p><b>QtDelivery Monitor %1</b></p><p>Shows how messages flow between "
                          "programs that use QtDelivery. It only looks: it cannot change, or slow, "
                          "what it shows.</p><p>MIT licence.</p>")
                           .arg(QCoreApplication::applicationVersion()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QSettings &kept = m_settings->settings();
    kept.setValue(QStringLiteral("geometry"), saveGeometry());
    m_flows->store(kept);
    m_storage->store(kept);
    for (const TablePage *page : {m_links, m_events, m_alerts})
        page->store(kept);
    m_recorder.stop();
    QMainWindow::closeEvent(event);
}

} // namespace Monitor
