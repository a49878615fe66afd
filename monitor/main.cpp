// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "options.h"
#include "window/appicon.h"
#include "window/endsignal.h"
#include "window/language.h"
#include "window/mainwindow.h"
#include "window/screenshots.h"

#include <QApplication>
#include <QTimer>

namespace {

void introduce()
{
    QCoreApplication::setApplicationName(QStringLiteral("qtdelivery-monitor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(QTDELIVERY_VERSION));
    Monitor::installLanguage(QLocale::system());
}

} // namespace

int main(int argc, char *argv[])
{
    if (Monitor::wantsWordsOnly(argc, argv)) {
        const QCoreApplication application(argc, argv);
        introduce();
        (void)Monitor::readOptions(application); // says them, and ends the process
    }
    QApplication application(argc, argv);
    introduce();
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.qtdelivery.Monitor"));
    QGuiApplication::setWindowIcon(Monitor::applicationIcon());
    const Monitor::Options options = Monitor::readOptions(application);

    Monitor::SettingsFile settings(options.settings);
    Monitor::MainWindow window(&settings);
    if (!options.recording.isEmpty())
        window.openRecording(options.recording);
    else if (options.isDemo)
        window.startDemo();
    else if (!options.sockets.isEmpty())
        window.watchSockets(options.sockets);
    else if (!options.remote.address.isEmpty())
        window.watchSockets({}); // and what follows
    else
        window.watchRegistry();
    if (!options.recordTo.isEmpty())
        window.record(options.recordTo);
    window.show();
    if (!options.remote.address.isEmpty())
        window.remoteWatch().begin(options.remote);
    const Monitor::EndSignal endSignal;
    QObject::connect(&endSignal, &Monitor::EndSignal::raised, &window, [] {
        QApplication::closeAllWindows(); // a dialog, too
        QApplication::quit();
    });

    if (!options.screenshots.isEmpty()) {
        QTimer::singleShot(std::chrono::seconds(options.after), &window, [&] {
            const QString problem = Monitor::takeScreenshots(window, options.screenshots);
            if (!problem.isEmpty())
                qCritical("%s", qPrintable(problem));
            QCoreApplication::exit(problem.isEmpty() ? 0 : 1);
        });
    }
    return QApplication::exec();
}
