// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "../demo/demo.h"
#include "../model/session.h"
#include "../recording/playback.h"
#include "../recording/recorder.h"
#include "remotewatch.h"
#include "settingsfile.h"

#include <QtDelivery/keychaincredentialstore.h>

#include <QMainWindow>

QT_BEGIN_NAMESPACE
class QAction;
class QLabel;
class QStackedWidget;
class QTabWidget;
QT_END_NAMESPACE

namespace Monitor {

class FlowsPage;
class PlaybackBar;
class StoragePage;
class TablePage;

/*! \brief The window: pages of a Session, and what can be done with them. */
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum Page {
        FlowsPageNumber,
        LinksPageNumber,
        StoragePageNumber,
        EventsPageNumber,
        AlertsPageNumber
    };

    /*! \a settings outlives the window. */
    explicit MainWindow(SettingsFile *settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /*! Watches what is in the registry. */
    void watchRegistry();
    /*! Watches these, and no others. */
    void watchSockets(const QStringList &paths);
    /*! Watches a process on the network; others, too, if processes are watched already. */
    void watchRemote(const RemoteProcess &process);
    /*! Where the one on the command line, and File, Connect… come from. */
    [[nodiscard]] RemoteWatch &remoteWatch() { return m_remoteWatch; }
    void startDemo();
    void openRecording(const QString &path);
    void record(const QString &path);

    [[nodiscard]] Session &session() { return m_session; }
    [[nodiscard]] Playback &playback() { return m_playback; }
    [[nodiscard]] Recorder &recorder() { return m_recorder; }
    [[nodiscard]] FlowsPage *flowsPage() const { return m_flows; }
    void showPage(Page page);
    /*! Goes to the screen that explains the alert in row \a row. */
    void explainAlert(int row);
    /*! Says it in the window, until it is closed. */
    void notify(const QString &text);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makePages();
    void makeMenus();
    void makeViewMenu();
    void makeStatusBar();
    void leaveRecording();
    void askForSocket();
    void askForRecording();
    void toggleRecording(bool on);
    void updateEmptyState();
    void updateStatus();
    void updateAlerts();
    void savePicture();
    void showHelp();
    void showAbout();
    [[nodiscard]] TablePage *currentTable() const;

    SettingsFile *m_settings;
    Session m_session;
    Playback m_playback;
    Recorder m_recorder;
    Demo m_demo;
    QtDelivery::KeychainCredentialStore m_keychain;
    RemoteWatch m_remoteWatch;
    QTabWidget *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr; // the empty page, or the flows
    FlowsPage *m_flows = nullptr;
    TablePage *m_links = nullptr;
    StoragePage *m_storage = nullptr;
    TablePage *m_events = nullptr;
    TablePage *m_alerts = nullptr;
    PlaybackBar *m_playbackBar = nullptr;
    QWidget *m_notice = nullptr;
    QLabel *m_noticeText = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_silence = nullptr;
    QLabel *m_recording = nullptr;
    QAction *m_recordAction = nullptr;
};

} // namespace Monitor
