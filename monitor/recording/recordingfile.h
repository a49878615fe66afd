// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace Monitor {

/*! \file
    A recording: what the processes sent to the monitor, as they sent it.

    \code
    file    = "QtDlvRec" version:u32 record*
    record  = length:u32 checksum:u16 kind:u8 source:u16 time:u64 bytes
    \endcode

    Numbers are little-endian. The length counts everything behind the checksum, which is
   qChecksum() of that; time is in microseconds since 1970. A source is declared before its first
   frame. A file may end anywhere, when the machine did: what is whole before that is valid. */

constexpr char RecordingMagic[] = "QtDlvRec";
constexpr quint32 RecordingVersion = 1;
constexpr qsizetype MaxRecordBytes = 1024 * 1024; //!< as of a frame of the monitor's protocol
constexpr int MaxRecordedSources = 4096;

struct RecordingEntry
{
    enum class Kind : quint8 {
        Source = 1, //!< #bytes is the socket's path, in UTF-8
        Frame = 2, //!< #bytes is what the source sent
        End = 3, //!< the source is gone
    };
    Kind kind = Kind::Source;
    quint16 source = 0; //!< number of the source, in the order of their declaration
    qint64 time = 0; //!< microseconds since 1970
    QByteArray bytes = {};

    friend bool operator==(const RecordingEntry &, const RecordingEntry &) = default;
};

[[nodiscard]] QByteArray recordingHead();
[[nodiscard]] QByteArray encoded(const RecordingEntry &entry);

/*! \brief Reads a recording entry by entry, from a file that may be anything. */
class RecordingReader
{
public:
    /*! \a device is open and outlives this. */
    explicit RecordingReader(QIODevice *device);

    /*! False: it is no recording, or of a later version; see problem(). */
    [[nodiscard]] bool begin();
    /*! The next one; none at the end. */
    [[nodiscard]] std::optional<RecordingEntry> next();
    /*! Why the file was not read to its end, as a whole sentence; empty if it was. */
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    QIODevice *m_device;
    QString m_problem;
    int m_sources = 0;
};

} // namespace Monitor
