// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "filesender.h"

#include "log.h"
#include "quantities.h"

#include <QFileInfo>

#include <unistd.h>

namespace Cli {

using QtDelivery::Error;
using QtDelivery::ProducerController;

FileSender::FileSender(const Options &options)
    : Command(options)
{
    if (options.limitRate)
        m_limiter.emplace(*options.limitRate);
    m_dueTimer.setSingleShot(true);
    m_dueTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_dueTimer, &QTimer::timeout, this, [this] {
        if (m_producer)
            m_producer->resume();
    });
}

QString FileSender::start()
{
    for (const QString &file : options().files) {
        const QFileInfo info(file);
        if (!info.isFile())
            return info.exists() ? tr("%1 is not a file.").arg(file)
                                 : tr("%1 does not exist.").arg(file);
        if (!info.isReadable())
            return tr("%1 cannot be read.").arg(file);
    }
    m_producer = std::make_unique<ProducerController>(options().flow, &node());
    ProducerController *producer = m_producer.get();
    connect(producer, &ProducerController::requestNext, this, &FileSender::sendNext);
    connect(producer, &ProducerController::confirmed, this, &FileSender::endWhenConfirmed);
    connect(producer, &ProducerController::errorOccurred, this, &FileSender::handleError);
    connect(producer, &ProducerController::chunkProgress, this, &FileSender::handleProgress);
    return producer->start(this).message();
}

void FileSender::sendNext()
{
    if (isEnding() || m_next == options().files.size())
        return;
    if (!m_clock.isValid())
        m_clock.start();
    const QString &file = options().files[m_next];
    const QtDelivery::SendResult result = m_producer->sendFile(file);
    if (!result) {
        //: %1 is a file, %2 a sentence
        fail(tr("%1 cannot be sent: %2").arg(file, result.error().message()));
        return;
    }
    qCInfo(lcCli).noquote() << file << "is message" << result.seqNr();
    m_bytes += quint64(QFileInfo(file).size());
    ++m_next;
}

void FileSender::handleProgress(qint64 seqNr, qint64 sent, qint64 total)
{
    limitRate(seqNr != m_current ? sent : sent - m_done);
    m_current = seqNr;
    m_done = sent;
    m_total = total;
}

void FileSender::limitRate(qint64 bytes)
{
    using namespace std::chrono;
    if (!m_limiter || bytes <= 0) // after a lost link a part may go out again
        return;
    const auto now = steady_clock::now();
    const auto wait = ceil<milliseconds>(m_limiter->schedule(bytes, now) - now);
    if (wait <= milliseconds(0))
        return;
    m_producer->pause();
    m_dueTimer.start(std::min<milliseconds>(wait, hours(1)));
}

void FileSender::handleError(const Error &error)
{
    console().say(error.message());
    if (error.code() == Error::Code::SourceFailed)
        m_exitCode = 1; // the other files are still delivered
}

void FileSender::endWhenConfirmed()
{
    if (m_producer && m_next == options().files.size() && m_producer->unconfirmedCount() == 0)
        end(m_exitCode);
}

void FileSender::interrupt(int exitCode)
{
    if (m_producer)
        console().say(
            tr("Interrupted; %1 of %n file(s) are confirmed.", "", int(options().files.size()))
                .arg(m_producer->confirmedSeqNr()));
    end(exitCode);
}

void FileSender::stop(Summary *summary)
{
    m_dueTimer.stop();
    if (!m_producer)
        return;
    summary->add(m_producer->statistics());
    summary->messages = m_producer->statistics().messages;
    summary->bytes = m_bytes;
    summary->time = std::chrono::milliseconds(m_clock.isValid() ? m_clock.elapsed() : 0);
    // Withdraws the offer, so that the other side sees an end and not a lost link.
    m_producer.reset();
}

int FileSender::summaryDescriptor() const
{
    return STDOUT_FILENO;
}

QString FileSender::progressText(std::chrono::milliseconds elapsed)
{
    if (m_current == 0 || !isLinked() || !m_producer)
        return Command::progressText(elapsed);
    for (const QtDelivery::ChunkProgress &progress : m_producer->snapshot().transfers)
        m_rate = progress.bytesPerSecond; // also when it stands still
    const QString name = QFileInfo(options().files.value(qsizetype(m_current) - 1)).fileName();
    return transferText(name, m_done, m_total, m_rate);
}

} // namespace Cli
