// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <chrono>

namespace QtDelivery {
struct FlowStatistics;
}

namespace Cli {

/*! What `--json` prints. */
struct Summary
{
    quint64 messages = 0;
    quint64 bytes = 0;
    std::chrono::milliseconds time{0};
    quint64 resent = 0;
    quint64 duplicatesDropped = 0;
    quint64 reconnects = 0;

    /*! Adds what concerns the protocol; messages and bytes are counted by the program. */
    void add(const QtDelivery::FlowStatistics &statistics);
    /*! One line. */
    [[nodiscard]] QByteArray toJson() const;
};

} // namespace Cli
