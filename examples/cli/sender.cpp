// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sender.h"

#include "log.h"

#include <QtDelivery/fileproducerqueue.h>
#include <QtDelivery/sqlproducerqueue.h>

#include <unistd.h>

namespace Cli {

using QtDelivery::Error;
using QtDelivery::ProducerController;

Sender::Sender(const Options &options)
    : Command(options)
    , m_lines(options.files, QtDelivery::ProducerSettings().maxMessageSize)
    , m_position(InputPosition::beginOf(options.files))
{
    if (options.limitRate)
        m_limiter.emplace(*options.limitRate);
    m_dueTimer.setSingleShot(true);
    m_dueTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_dueTimer, &QTimer::timeout, this, &Sender::sendLines);
    connect(&m_lines, &LineReader::changed, this, &Sender::sendLines);
}

QString Sender::start()
{
    if (const QString refusal = LineReader::refusal(options().files); !refusal.isEmpty())
        return refusal;
    if (!options().durable.isEmpty())
        m_queue = std::make_unique<QtDelivery::FileProducerQueue>(
            options().durable, QtDelivery::FileQueueSettings(), options().storageKeys);
    else if (options().durableSql)
        m_queue = std::make_unique<QtDelivery::SqlProducerQueue>(*options().durableSql);
    const QtDelivery::ProducerSettings settings = options().producerSettings();
    m_producer = m_queue
        ? std::make_unique<ProducerController>(options().flow, settings, m_queue.get(), &node())
        : std::make_unique<ProducerController>(options().flow, settings, &node());
    connectProducer();
    return m_producer->start(this).message();
}

void Sender::connectProducer()
{
    ProducerController *producer = m_producer.get();
    connect(producer, &ProducerController::loaded, this, &Sender::goOn);
    connect(producer, &ProducerController::requestNext, this, &Sender::sendLines);
    connect(producer, &ProducerController::confirmed, this, &Sender::endWhenConfirmed);
    connect(producer, &ProducerController::errorOccurred, this,
            [this, producer](const Error &error) {
                qCInfo(lcCli) << "producer:" << error;
                if (producer->needsRetry())
                    fail(error.message());
                else
                    console().say(error.message());
            });
    connect(producer, &ProducerController::attachedChanged, this, [producer] {
        qCInfo(lcCli) << (producer->isAttached() ? "attached" : "detached") << "after message"
                      << producer->confirmedSeqNr();
    });
}

void Sender::goOn()
{
    const auto stored = InputPosition::decode(m_producer->storedContext());
    if (stored && stored->files == m_position.files && !stored->files.isEmpty())
        m_goOnFrom = stored;
    qCInfo(lcCli) << "goes on behind" << (m_goOnFrom ? m_goOnFrom->lines : 0) << "lines,"
                  << m_producer->unconfirmedCount() << "messages are unconfirmed";
    sendLines();
}

bool Sender::skipLines()
{
    while (m_goOnFrom && m_position.lines < m_goOnFrom->lines) {
        const std::optional<QByteArray> line = m_lines.takeLine();
        if (!line && m_lines.atEnd()) {
            fail(tr("The input is shorter than what was sent of it before; for another input use "
                    "another folder with --durable."));
            return false;
        }
        if (!line)
            return false;
        m_position.advance(*line);
    }
    if (m_goOnFrom && m_position.lastLine != m_goOnFrom->lastLine) {
        //: %1 is a file and a line number
        fail(tr("%1 is not what was sent before; for another input use another folder with "
                "--durable.")
                 .arg(m_lines.place()));
        return false;
    }
    m_goOnFrom.reset();
    return true;
}

void Sender::sendLines()
{
    if (isEnding() || !m_producer || !m_producer->isLoaded() || !skipLines())
        return;
    while (m_producer && !m_inputEnded && m_producer->demand()) {
        if (!m_clock.isValid())
            m_clock.start();
        if (!takeLine() || !isDue())
            break;
        sendLine();
    }
    // Known without permission too: an empty input needs no consumer.
    if (m_producer && !m_inputEnded && !m_line && m_lines.atEnd())
        endInput(m_lines.error());
}

bool Sender::takeLine()
{
    if (m_line)
        return true;
    m_line = m_lines.takeLine();
    if (m_line && m_queue)
        m_position.advance(*m_line);
    if (m_line && m_limiter)
        m_due = m_limiter->schedule(m_line->size(), std::chrono::steady_clock::now());
    return m_line.has_value();
}

bool Sender::isDue()
{
    using namespace std::chrono;
    if (!m_limiter)
        return true;
    const auto wait = ceil<milliseconds>(m_due - steady_clock::now());
    if (wait <= milliseconds(0))
        return true;
    // A timer counts with an int; waking up early only means to ask again.
    m_dueTimer.start(std::min<milliseconds>(wait, hours(1)));
    return false;
}

void Sender::sendLine()
{
    const QtDelivery::SendResult result =
        m_producer->send(*m_line, m_queue ? m_position.encode() : QByteArray());
    m_line.reset();
    if (result)
        return;
    if (result.error().code() == Error::Code::PayloadTooLarge)
        //: %1 is a file and a line number, %2 a sentence
        endInput(tr("%1 cannot be sent: %2").arg(m_lines.place(), result.error().message()));
    else
        fail(result.error().message());
}

void Sender::endInput(const QString &reason)
{
    m_inputEnded = true;
    if (!reason.isEmpty()) {
        // What was sent before is still delivered.
        console().say(reason);
        m_exitCode = 1;
    }
    endWhenConfirmed();
}

void Sender::endWhenConfirmed()
{
    if (m_producer && m_inputEnded && m_producer->unconfirmedCount() == 0)
        end(m_exitCode);
}

void Sender::interrupt(int exitCode)
{
    if (m_queue && m_producer && m_producer->unconfirmedCount() > 0)
        console().say(tr("Interrupted; %n message(s) wait for the same command to go on.", "",
                         int(m_producer->unconfirmedCount())));
    else if (m_producer && m_producer->unconfirmedCount() > 0)
        console().say(tr("Interrupted; %1 of the %2 messages that were sent are confirmed.")
                          .arg(m_producer->confirmedSeqNr())
                          .arg(m_producer->currentSeqNr() - 1));
    end(exitCode);
}

void Sender::stop(Summary *summary)
{
    m_dueTimer.stop();
    if (!m_producer)
        return;
    const QtDelivery::FlowStatistics statistics = m_producer->statistics();
    summary->add(statistics);
    summary->messages = statistics.messages;
    summary->bytes = statistics.bytes;
    summary->time = std::chrono::milliseconds(m_clock.isValid() ? m_clock.elapsed() : 0);
    // Withdraws the offer, so that the other side sees an end and not a lost link.
    m_producer.reset();
}

int Sender::summaryDescriptor() const
{
    return STDOUT_FILENO;
}

Command::Progress Sender::progress() const
{
    if (!m_producer)
        return {};
    return {quint64(m_producer->confirmedSeqNr()), m_producer->unconfirmedCount()};
}

} // namespace Cli
