// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>

namespace Cli {

/*! Bytes in, lines out, without their newline. */
class LineSplitter
{
public:
    void append(QByteArrayView bytes);
    /*! The bytes end here: what follows the last newline is a line too, unless it is empty. */
    void finish();

    /*! The next line, if all of it has arrived. */
    [[nodiscard]] std::optional<QByteArray> takeLine();
    [[nodiscard]] bool hasLine() const;
    /*! Bytes that arrived and were not taken. */
    [[nodiscard]] qsizetype pendingBytes() const { return m_bytes.size() - m_begin; }

private:
    QByteArray m_bytes;
    qsizetype m_begin = 0; // of the first line that is not taken
    mutable qsizetype m_searched = 0; // no newline between m_begin and here, or exactly at it
};

} // namespace Cli
