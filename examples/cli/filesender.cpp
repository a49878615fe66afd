// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "filesender.h"

#include "inputposition.h"
#include "log.h"
#include "quantities.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QFileInfo>

#include <unistd.h>

namespace Cli {

using QtDelivery::Error;
using QtDelivery::ProducerController;

namespace {

/*! In the place of a line's digest: the position counts files. */
const QByteArray WholeFiles = QByteArrayLiteral("files");

} // namespace

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
    if (!options().durable.isEmpty())
        m_queue = std::make_unique<QtDelivery::FileProducerQueue>(
            options().durable, QtDelivery::FileQueueSettings(), options().storageKeys);
    for (const QString &file : options().files) {
        const QFileInfo info(file);
        if (m_queue && !info.exists())
            continue; // what is stored is not needed any more
        if (!info.isFile())
            return info.exists() ? tr("%1 is not a file.").arg(file)
                                 : tr("%1 does not exist.").arg(file);
        if (!info.isReadable())
            return tr("%1 cannot be read.").arg(file);
    }
    const QtDelivery::ProducerSettings settings = options().producerSettings();
    m_producer = m_queue
        ? std::make_unique<ProducerController>(options().flow, settings, m_queue.get(), &node())
        : std::make_unique<ProducerController>(options().flow, settings, &node());
    ProducerController *producer = m_producer.get();
    connect(producer, &ProducerController::loaded, this, &FileSender::goOn);
    connect(producer, &ProducerController::requestNext, this, &FileSender::sendNext);
    connect(producer, &ProducerController::confirmed, this, &FileSender::endWhenConfirmed);
    connect(producer, &ProducerController::errorOccurred, this, &FileSender::handleError);
    connect(producer, &ProducerController::chunkProgress, this, &FileSender::handleProgress);
    return producer->start(this).message();
}

/*! What was stored by the same command before is passed by. */
void FileSender::goOn()
{
    const auto stored = InputPosition::decode(m_producer->storedContext());
    if (stored && stored->lastLine == WholeFiles
        && stored->files == InputPosition::beginOf(options().files).files)
        m_next = std::min<qsizetype>(stored->lines, options().files.size());
    qCInfo(lcCli) << "goes on behind" << m_next << "files," << m_producer->unconfirmedCount()
                  << "messages are unconfirmed";
    endWhenConfirmed();
}

void FileSender::sendNext()
{
    if (isEnding() || !m_producer->isLoaded() || m_next == options().files.size())
        return;
    if (!m_clock.isValid())
        m_clock.start();
    const QString &file = options().files[m_next];
    InputPosition position = InputPosition::beginOf(options().files);
    position.lines = m_next + 1;
    position.lastLine = WholeFiles;
    const QtDelivery::SendResult result =
        m_producer->sendFile(file, {}, m_queue ? position.encode() : QByteArray());
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
    if (m_producer->needsRetry()) {
        fail(error.message());
        return;
    }
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
    if (m_queue && m_producer && m_producer->unconfirmedCount() > 0)
        console().say(tr("Interrupted; %n message(s) wait for the same command to go on.", "",
                         int(m_producer->unconfirmedCount())));
    else if (m_producer)
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
    return transferText(QFileInfo(fileOf(m_current)).fileName(), m_done, m_total, m_rate);
}

QString FileSender::fileOf(qint64 seqNr) const
{
    const qint64 behind = m_producer->currentSeqNr() - seqNr;
    return behind <= m_next ? options().files.value(m_next - behind) : QString();
}

} // namespace Cli
