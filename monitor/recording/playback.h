// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "recordingfile.h"

#include <QFile>
#include <QObject>
#include <QTimer>

#include <memory>

namespace Monitor {

class Session;

/*! \brief Shows a recording in a Session, up to any instant of it. */
class Playback : public QObject
{
    Q_OBJECT

public:
    explicit Playback(Session *session, QObject *parent = nullptr);
    ~Playback() override;

    /*! Opens \a path and goes to its end, step by step in the event loop. The answer is why it
        cannot, as a whole sentence; empty if it does. */
    [[nodiscard]] QString open(const QString &path);
    void close();
    [[nodiscard]] bool isOpen() const { return m_file.isOpen(); }
    [[nodiscard]] QString path() const { return m_file.fileName(); }

    /*! From the first entry to the last: microseconds since 1970. The end is known once it was
        reached. */
    [[nodiscard]] qint64 beginTime() const { return m_begin; }
    [[nodiscard]] qint64 endTime() const { return m_end; }
    /*! What is shown is that of this instant. */
    [[nodiscard]] qint64 position() const { return m_position; }
    /*! Everything was read. */
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    /*! Shows the instant \a time. */
    void goTo(qint64 time);
    /*! What is wrong with the file, once that was reached; empty if nothing is. */
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void positionChanged();
    /*! isComplete(), the first time. */
    void completed();

private:
    void rewind();
    void readOn();

    Session *m_session;
    QFile m_file;
    std::unique_ptr<RecordingReader> m_reader;
    std::optional<RecordingEntry> m_pending; // read, and later than what is wanted
    QStringList m_sources;
    QTimer m_step;
    qint64 m_begin = 0;
    qint64 m_end = 0;
    qint64 m_position = 0;
    qint64 m_target = 0;
    bool m_isComplete = false;
};

} // namespace Monitor
