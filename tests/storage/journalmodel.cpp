// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journalmodel.h"

#include "bytesreader.h"

#include <QCryptographicHash>

#include <algorithm>

namespace QtDelivery::Test {

namespace {

/*! What becomes of \a state if only the messages below \a currentSeqNr are there. */
void cut(DurableProducerState &state, qint64 currentSeqNr)
{
    state.unconfirmed.removeIf(
        [&](const DurableMessage &message) { return message.seqNr >= currentSeqNr; });
    state.currentSeqNr = currentSeqNr;
    state.highestConfirmedSeqNr = std::min(state.highestConfirmedSeqNr, currentSeqNr - 1);
    for (qint64 &confirmed : state.confirmedSeqNr)
        confirmed = std::min(confirmed, currentSeqNr - 1);
    state.confirmedSeqNr.removeIf([](const auto &it) { return it.value() == 0; });
}

} // namespace

JournalModel::JournalModel(quint32 seed, const JournalConfig &config)
    : disk(seed)
    , m_config(config)
{ }

Error JournalModel::open()
{
    m_journal.emplace(disk, m_config);
    const Result<DurableProducerState> loaded =
        m_journal->open(QStringLiteral("orders"), QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), now);
    if (!loaded) {
        m_journal.reset();
        return loaded.error();
    }
    compare(*loaded);
    return {};
}

Error JournalModel::append(int count, const QString &qualifier, qsizetype size)
{
    QList<DurableMessage> batch;
    DurableProducerState after = m_state;
    for (int i = 0; i < count; ++i) {
        DurableMessage message;
        message.seqNr = after.currentSeqNr;
        message.payload = QByteArray::number(++m_written).leftJustified(size, '.');
        message.context = QByteArray::number(m_written % 7);
        message.qualifier = qualifier;
        batch.append(message);
        after.addMessageSent(message);
    }
    m_appended += batch;
    return append(batch, after);
}

Error JournalModel::appendFile(const QString &qualifier, qsizetype size)
{
    const QByteArray bytes = QByteArray::number(++m_written).leftJustified(size, '.');
    DurableMessage message{.seqNr = m_state.currentSeqNr,
                           .payload = {},
                           .context = QByteArray::number(m_written % 7),
                           .qualifier = qualifier,
                           .name = QStringLiteral("file %1").arg(m_written),
                           .reader = std::make_shared<BytesReader>(bytes)};
    const QList<DurableMessage> batch{message};
    message.reader.reset();
    message.fileSize = bytes.size();
    message.digest = QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256);
    DurableProducerState after = m_state;
    after.addMessageSent(message);
    m_appended.append(message);
    return append(batch, after);
}

Error JournalModel::append(const QList<DurableMessage> &batch, const DurableProducerState &after)
{
    const Error error = m_journal->append(batch, now);
    m_state = after;
    if (error)
        rollBack();
    else
        check(m_journal->currentSeqNr() == m_state.currentSeqNr, "the number after append()");
    return error;
}

void JournalModel::confirm(qint64 seqNr, const QString &qualifier)
{
    m_journal->confirm(seqNr, qualifier, now);
    if (seqNr > 0)
        (void)m_state.confirm(seqNr, qualifier);
    qint64 &requested = m_requested[qualifier];
    requested = std::max(requested, m_state.confirmedSeqNr.value(qualifier));
}

void JournalModel::skip(qint64 seqNr, const QString &qualifier)
{
    if (seqNr >= m_storedSeqNr)
        return; // although it may be stored already, with a full segment
    m_journal->skip(seqNr, qualifier);
    for (DurableMessage &message : m_state.unconfirmed) {
        if (message.seqNr != seqNr || message.qualifier != qualifier || message.isSkipped)
            continue;
        m_unsyncedSkips.insert(seqNr, message);
        message = {.seqNr = seqNr,
                   .payload = {},
                   .context = {},
                   .qualifier = qualifier,
                   .isSkipped = true};
        m_appended.append(message);
    }
}

/*! With nothing left to release, everything that was skipped is. */
void JournalModel::noteSynced()
{
    if (!m_journal->hasReleasable())
        m_unsyncedSkips.clear();
}

void JournalModel::release()
{
    m_journal->release();
    const qint64 current = m_journal->currentSeqNr();
    if (current < m_state.currentSeqNr)
        rollBack();
    else
        noteSynced();
}

Error JournalModel::sync()
{
    if (const Error error = m_journal->sync()) {
        rollBack();
        return error;
    }
    m_storedSeqNr = m_state.currentSeqNr;
    noteSynced();
    m_journal->mark();
    return {};
}

Error JournalModel::flush()
{
    const Error error = m_journal->flush();
    if (error)
        rollBack();
    return error;
}

void JournalModel::dropUnused()
{
    m_journal->dropUnusedQualifiers(now);
}

void JournalModel::kill()
{
    m_journal.reset();
}

void JournalModel::crash()
{
    m_journal.reset();
    disk.reboot();
}

void JournalModel::reopen()
{
    kill();
    check(!open(), "opening once more");
}

void JournalModel::rollBack()
{
    const qint64 current = m_journal->currentSeqNr();
    check(current >= m_storedSeqNr && current <= m_state.currentSeqNr,
          "the number after a failure");
    m_storedSeqNr = current;
    m_failedSeqNr = std::max(m_failedSeqNr, m_state.currentSeqNr);
    cut(m_state, current);
}

void JournalModel::compare(const DurableProducerState &loaded)
{
    check(loaded.generation > m_loaded.generation, "the generation grows");
    check(m_loaded.streamId.isNull() || loaded.streamId == m_loaded.streamId, "the stream's id");
    check(loaded.currentSeqNr >= m_storedSeqNr, "what was stored is there");
    cut(m_state, std::min(loaded.currentSeqNr, m_state.currentSeqNr));
    // What had failed may have been stored in spite of that.
    check(loaded.currentSeqNr == m_state.currentSeqNr || loaded.currentSeqNr <= m_failedSeqNr,
          "nothing was made up");
    // Confirmations may be lost, but not those that were there before, and none is new.
    for (auto it = loaded.confirmedSeqNr.begin(); it != loaded.confirmedSeqNr.end(); ++it)
        check(it.value() <= m_requested.value(it.key()), "no confirmation is new");
    for (auto it = m_loaded.confirmedSeqNr.begin(); it != m_loaded.confirmedSeqNr.end(); ++it)
        check(it.value() <= loaded.confirmedSeqNr.value(it.key()), "old confirmations are there");
    for (const DurableMessage &message : std::as_const(m_state.unconfirmed))
        check(loaded.unconfirmed.contains(message)
                  || (message.isSkipped
                      && loaded.unconfirmed.contains(m_unsyncedSkips.value(message.seqNr))),
              "an unconfirmed message is there");
    qint64 last = 0;
    for (const DurableMessage &message : loaded.unconfirmed) {
        check(message.seqNr > last && message.seqNr < loaded.currentSeqNr, "ascending numbers");
        check(m_state.unconfirmed.contains(message) || m_appended.contains(message),
              "no message is new");
        check(message.seqNr > loaded.confirmedSeqNr.value(message.qualifier), "not confirmed");
        last = message.seqNr;
    }
    check(loaded.currentSeqNr > m_state.currentSeqNr || m_state.unconfirmed.isEmpty()
              || m_state.unconfirmed.last().seqNr < loaded.currentSeqNr - 1
              || m_state.unconfirmed.last().isSkipped
              || loaded.context == m_state.unconfirmed.last().context,
          "the context of the last message");
    compareFiles(loaded);
    m_state = loaded;
    m_loaded = loaded;
    m_appended = loaded.unconfirmed;
    m_unsyncedSkips.clear();
    m_requested = loaded.confirmedSeqNr;
    m_failedSeqNr = 0;
    m_storedSeqNr = loaded.currentSeqNr;
}

/*! What is referred to is there, and nothing else. */
void JournalModel::compareFiles(const DurableProducerState &loaded)
{
    QMap<QString, QByteArray> found = disk.files();
    for (const DurableMessage &message : loaded.unconfirmed) {
        if (message.fileSize == 0)
            continue;
        const QByteArray bytes = found.take(payloadFileName(message.seqNr));
        const bool isRight = m_config.keys ? !verifyPayload(disk, m_config.keys.get(), message)
                                           : bytes.size() == message.fileSize
                && QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256)
                    == message.digest;
        check(isRight, "a payload's file is there, and is what was stored");
    }
    const QStringList others = found.keys().filter(QStringLiteral("payload"));
    check(others.isEmpty() || !m_config.retention.deleteSegments, "no payload's file is left over");
}

void JournalModel::check(bool ok, const char *what)
{
    if (!ok && m_problem.isEmpty())
        m_problem = QLatin1StringView(what);
}

} // namespace QtDelivery::Test
