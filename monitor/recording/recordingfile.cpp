// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "recordingfile.h"

#include "../model/words.h"

#include <QIODevice>
#include <QtEndian>

namespace Monitor {

namespace {

constexpr qsizetype MagicSize = 8;
constexpr qsizetype FrontSize = 4 + 2; // length, checksum
constexpr qsizetype FixedSize = 1 + 2 + 8; // kind, source, time

template <typename T> void append(QByteArray &bytes, T number)
{
    const T little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char *>(&little), sizeof(T));
}

template <typename T> T numberAt(const QByteArray &bytes, qsizetype at)
{
    return qFromLittleEndian<T>(bytes.constData() + at);
}

} // namespace

QByteArray recordingHead()
{
    QByteArray head(RecordingMagic, MagicSize);
    append(head, RecordingVersion);
    return head;
}

QByteArray encoded(const RecordingEntry &entry)
{
    QByteArray body;
    body.reserve(FixedSize + entry.bytes.size());
    append(body, quint8(entry.kind));
    append(body, entry.source);
    append(body, quint64(entry.time));
    body.append(entry.bytes);
    QByteArray record;
    record.reserve(FrontSize + body.size());
    append(record, quint32(body.size()));
    append(record, qChecksum(body));
    return record + body;
}

RecordingReader::RecordingReader(QIODevice *device)
    : m_device(device)
{ }

bool RecordingReader::begin()
{
    const QByteArray head = m_device->read(MagicSize + 4);
    if (head.size() < MagicSize + 4 || !head.startsWith(RecordingMagic)) {
        m_problem = Words::tr("This is not a recording of flows.");
        return false;
    }
    if (const auto version = numberAt<quint32>(head, MagicSize); version != RecordingVersion) {
        //: %1 is a number
        m_problem =
            Words::tr("The recording has version %1, which this program cannot read.").arg(version);
        return false;
    }
    return true;
}

std::optional<RecordingEntry> RecordingReader::next()
{
    if (!m_problem.isEmpty())
        return std::nullopt;
    const QByteArray front = m_device->read(FrontSize);
    if (front.isEmpty())
        return std::nullopt;
    const auto torn = [this] {
        m_problem = Words::tr("The recording ends in the middle of an entry; everything before "
                              "that is shown.");
        return std::nullopt;
    };
    const auto damaged = [this] {
        m_problem = Words::tr("The recording is damaged; everything before that is shown.");
        return std::nullopt;
    };
    if (front.size() < FrontSize)
        return torn();
    const auto length = qsizetype(numberAt<quint32>(front, 0));
    if (length < FixedSize || length > FixedSize + MaxRecordBytes)
        return damaged();
    const QByteArray body = m_device->read(length);
    if (body.size() < length)
        return torn();
    if (qChecksum(body) != numberAt<quint16>(front, 4))
        return damaged();
    RecordingEntry entry{.kind = RecordingEntry::Kind(numberAt<quint8>(body, 0)),
                         .source = numberAt<quint16>(body, 1),
                         .time = qint64(numberAt<quint64>(body, 3)),
                         .bytes = body.mid(FixedSize)};
    const bool isDeclared = entry.source < m_sources;
    switch (entry.kind) {
    case RecordingEntry::Kind::Source:
        if (entry.source != m_sources || m_sources >= MaxRecordedSources)
            return damaged();
        ++m_sources;
        return entry;
    case RecordingEntry::Kind::Frame:
    case RecordingEntry::Kind::End:
        return isDeclared && entry.time >= 0 ? std::optional(entry) : damaged();
    }
    return damaged();
}

} // namespace Monitor
