// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace Cli {

/*! "500", "10K", "2m", "1G": bytes, with powers of 1024; nothing for anything else and for 0. */
[[nodiscard]] std::optional<qint64> parseBytes(const QString &text);

/*! "3", "0.25": at most a year, not negative. */
[[nodiscard]] std::optional<std::chrono::milliseconds> parseSeconds(const QString &text);

/*! A whole number from 0 on. */
[[nodiscard]] std::optional<quint64> parseCount(const QString &text);

/*! How far a file has come: "a.iso [####      ] 40 % of 4.0 GiB, 120.0 MiB/s, 0:21 left". */
[[nodiscard]] QString transferText(const QString &name, qint64 done, qint64 total,
                                   qint64 bytesPerSecond);

} // namespace Cli
