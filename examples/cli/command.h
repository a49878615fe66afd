// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "console.h"
#include "endpoint.h"
#include "options.h"
#include "signalwatcher.h"
#include "summary.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Cli {

/*! One run of the program, from opening the address to the exit code. What is common to sending and
    receiving; they fill in the rest. */
class Command : public QObject
{
    Q_OBJECT

public:
    explicit Command(const Options &options);
    ~Command() override;

    /*! Runs the event loop and returns the exit code. */
    [[nodiscard]] int run();

protected:
    [[nodiscard]] const Options &options() const { return m_options; }
    [[nodiscard]] QtDelivery::DeliveryNode &node() { return m_endpoint.node(); }
    [[nodiscard]] bool isLinked() const { return m_endpoint.isLinked(); }
    [[nodiscard]] Console &console() { return m_console; }
    [[nodiscard]] bool isEnding() const { return m_exitCode >= 0; }

    /*! Orderly end: stop(), close the node, print the summary, exit. The first call counts. */
    void end(int exitCode);
    /*! The same with a reason. */
    void fail(const QString &sentence);

    /*! Creates the controllers; a sentence if that is impossible. */
    [[nodiscard]] virtual QString start() = 0;
    /*! Ctrl-C. Leads to end(\a exitCode). */
    virtual void interrupt(int exitCode) = 0;
    /*! Ends the controllers and tells what they did. */
    virtual void stop(Summary *summary) = 0;
    /*! Where the summary goes. */
    [[nodiscard]] virtual int summaryDescriptor() const = 0;

    struct Progress
    {
        quint64 messages = 0;
        qint64 inFlight = 0;
    };
    [[nodiscard]] virtual Progress progress() const { return {}; }
    /*! The progress line, \a elapsed after the last one. */
    [[nodiscard]] virtual QString progressText(std::chrono::milliseconds elapsed);

private:
    void begin();
    void leave();
    void showProgress();

    const Options m_options;
    Console m_console;
    Endpoint m_endpoint;
    SignalWatcher m_signals;
    QTimer m_progressTimer;
    QElapsedTimer m_progressClock;
    quint64 m_progressMessages = 0;
    Summary m_summary;
    int m_exitCode = -1; // none yet
};

} // namespace Cli
