// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "playback.h"

#include "../model/session.h"

#include <QElapsedTimer>

#include <limits>

namespace Monitor {

namespace {

// So long at a time: the window goes on painting.
constexpr qint64 StepTime = 12;
constexpr qint64 Always = std::numeric_limits<qint64>::max();

} // namespace

Playback::Playback(Session *session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&m_step, &QTimer::timeout, this, &Playback::readOn);
}

Playback::~Playback() = default;

QString Playback::open(const QString &path)
{
    close();
    m_file.setFileName(path);
    if (!m_file.open(QIODevice::ReadOnly))
        //: %1 is a file name, %2 are the system's words
        return tr("%1 cannot be read: %2").arg(path, m_file.errorString());
    RecordingReader head(&m_file);
    if (!head.begin()) {
        m_file.close();
        //: %1 is a file name, %2 a sentence
        return tr("%1 cannot be shown. %2").arg(path, head.problem());
    }
    m_begin = m_end = m_position = 0;
    m_isComplete = false;
    m_target = Always;
    rewind();
    return {};
}

void Playback::close()
{
    m_step.stop();
    m_reader.reset();
    m_pending.reset();
    m_file.close();
}

void Playback::rewind()
{
    m_file.seek(0);
    m_reader = std::make_unique<RecordingReader>(&m_file);
    m_pending.reset();
    m_sources.clear();
    m_position = m_begin;
    m_session->begin(Session::Mode::Replay);
    if (m_reader->begin())
        m_step.start();
}

void Playback::goTo(qint64 time)
{
    if (!isOpen())
        return;
    m_target = time;
    if (time < m_position)
        rewind();
    else
        m_step.start();
}

QString Playback::problem() const
{
    return m_reader ? m_reader->problem() : QString();
}

void Playback::readOn()
{
    QElapsedTimer elapsed;
    elapsed.start();
    bool isThere = false;
    while (!isThere && elapsed.elapsed() < StepTime) {
        if (!m_pending)
            m_pending = m_reader->next();
        if (!m_pending || m_pending->time > m_target) {
            isThere = true;
            continue;
        }
        const RecordingEntry entry = *std::exchange(m_pending, std::nullopt);
        if (m_begin == 0)
            m_begin = entry.time;
        m_position = qMax(m_position, entry.time);
        m_end = qMax(m_end, entry.time);
        if (entry.kind == RecordingEntry::Kind::Source)
            m_sources.append(QString::fromUtf8(entry.bytes));
        else if (entry.kind == RecordingEntry::Kind::Frame)
            m_session->replay(m_sources.at(entry.source), entry.bytes, entry.time);
        else
            m_session->endSource(m_sources.at(entry.source));
    }
    if (isThere)
        m_step.stop();
    m_session->announce();
    Q_EMIT positionChanged();
    if (isThere && !m_pending && !std::exchange(m_isComplete, true))
        Q_EMIT completed();
}

} // namespace Monitor
