// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace Cli {

/*! How far the input was read when a message was stored: where `send --durable` goes on. */
struct InputPosition
{
    QStringList files; //!< absolute names; empty for standard input, which nobody can read again
    qint64 lines = 0; //!< taken of them, the message's own included
    QByteArray lastLine; //!< a digest of it, to recognise the input

    /*! Of \a files as they were given on the command line, at the beginning. */
    [[nodiscard]] static InputPosition beginOf(const QStringList &files);

    void advance(const QByteArray &line);

    [[nodiscard]] QByteArray encode() const;
    [[nodiscard]] static std::optional<InputPosition> decode(const QByteArray &bytes);
    [[nodiscard]] static QByteArray digestOf(const QByteArray &line);
};

} // namespace Cli
