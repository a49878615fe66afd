// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/flowsnapshot.h>

#include <QList>
#include <QString>

namespace Monitor {

/*! What is known of a message, from its beginning to its end. */
enum class SeqState {
    Confirmed, //!< the application has processed it
    Delivered, //!< the application has it and has not confirmed it
    Received, //!< it waits in the consumer for its turn
    InFlight, //!< transmitted, and not known to have arrived
    Resend, //!< asked for again: lost with a link, or missing in between
    Ready, //!< accepted and granted, and not transmitted yet
    Granted, //!< a number that may be sent and is not used yet
    Stored, //!< accepted or stored, and not granted
};
constexpr int SeqStateCount = int(SeqState::Stored) + 1;

/*! For people. */
[[nodiscard]] QString seqStateText(SeqState state);

/*! Numbers that follow each other and are in one state. */
struct SeqBand
{
    qint64 from = 0;
    qint64 to = 0; //!< included
    SeqState state = SeqState::Confirmed;

    friend bool operator==(const SeqBand &, const SeqBand &) = default;
};

/*! \a flow's whole sequence axis from number \a from on: ascending, without gaps between them, up
    to the last number it knows anything of. */
[[nodiscard]] QList<SeqBand> seqBands(const QtDelivery::FlowSnapshot &flow, qint64 from = 1);
/*! The state of number \a seqNr in \a bands; null if none of them has it. */
[[nodiscard]] const SeqBand *bandAt(const QList<SeqBand> &bands, qint64 seqNr);

/*! Where the two ends believe something else. */
struct Disagreement
{
    enum class Kind {
        NewsUnderWay, //!< the consumer is ahead of what the producer has heard: usual, and short
        Contradiction, //!< one of them is wrong
    };
    Kind kind = Kind::NewsUnderWay;
    qint64 from = 0;
    qint64 to = 0; //!< included
    QString sentence;

    friend bool operator==(const Disagreement &, const Disagreement &) = default;
};

/*! Compares the two ends of one flow. */
[[nodiscard]] QList<Disagreement> disagreements(const QtDelivery::FlowSnapshot &producer,
                                                const QtDelivery::FlowSnapshot &consumer);

} // namespace Monitor
