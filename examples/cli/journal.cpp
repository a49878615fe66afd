// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "journal.h"

#include "descriptor.h"
#include "storagekeysource.h"

#include <QtDelivery/fileproducerqueue.h>

#include <QCommandLineParser>

#include <unistd.h>

namespace Cli {

using QtDelivery::FileProducerQueue;
using QtDelivery::JournalRecord;
using QtDelivery::JournalSegment;

namespace {

// A dump is for people: of a payload they see the beginning.
constexpr qsizetype ShownBytes = 60;

bool print(const QString &text)
{
    return writeFully(STDOUT_FILENO, text.toLocal8Bit() + '\n');
}

int complain(const QString &sentence, int exitCode)
{
    (void)writeFully(STDERR_FILENO, sentence.toLocal8Bit() + '\n');
    return exitCode;
}

QString nameOf(JournalRecord::Type type)
{
    switch (type) {
    case JournalRecord::Type::Message:
        return QStringLiteral("message");
    case JournalRecord::Type::Confirmed:
        return QStringLiteral("confirmed");
    case JournalRecord::Type::Snapshot:
        return QStringLiteral("snapshot");
    case JournalRecord::Type::QualifierDropped:
        return QStringLiteral("dropped");
    }
    return {};
}

/*! Printable on one line whatever it is. */
QString shown(QByteArrayView payload)
{
    QString text;
    for (const char byte : payload.first(std::min(payload.size(), ShownBytes))) {
        const bool isPlain = byte >= ' ' && byte <= '~' && byte != '\\';
        text += isPlain ? QString(QLatin1Char(byte))
                        : QStringLiteral("\\x%1").arg(uchar(byte), 2, 16, QLatin1Char('0'));
    }
    return payload.size() > ShownBytes ? text + u'…' : text;
}

QString line(const JournalRecord &record)
{
    QString text = QStringLiteral("%1\t%2\t%3\t%4")
                       .arg(record.file)
                       .arg(record.offset)
                       .arg(nameOf(record.type))
                       .arg(record.seqNr);
    if (!record.qualifier.isEmpty())
        text += QStringLiteral("\tqualifier %1").arg(record.qualifier);
    if (!record.name.isEmpty())
        text += QStringLiteral("\tname %1").arg(record.name);
    if (record.isSkipped)
        text += QStringLiteral("\tskipped");
    else if (record.fileSize > 0)
        text += QStringLiteral("\t%1 B in a file").arg(record.fileSize);
    else if (record.type == JournalRecord::Type::Message)
        text += QStringLiteral("\t%1 B\t%2").arg(record.payload.size()).arg(shown(record.payload));
    return text;
}

} // namespace

int Journal::run() const
{
    QCommandLineParser parser;
    const QCommandLineOption keyFrom(QStringLiteral("key-from"), {}, QStringLiteral("SOURCE"));
    parser.addOption(keyFrom);
    const bool isParsed = parser.parse(QStringList(QStringLiteral("journal")) + m_arguments);
    const QStringList words = parser.positionalArguments();
    const QString task = words.value(0);
    const bool isKnown = task == u"verify" || task == u"dump";
    if (!isParsed || words.size() != 2 || !isKnown)
        return complain(tr("Usage: qtdelivery journal verify|dump DIR [--key-from SOURCE]"), 2);
    StorageKeySource source;
    const QString refusal = source.parse(QStringLiteral("--key-from"), parser.values(keyFrom));
    if (!refusal.isEmpty())
        return complain(refusal, 2);
    QtDelivery::StorageKeys keys;
    if (const QString reason = source.fetch(&keys); !reason.isEmpty())
        return complain(reason, 1);
    return task == u"verify" ? verify(words[1], keys) : dump(words[1], keys);
}

int Journal::verify(const QString &directory, const QtDelivery::StorageKeys &keys)
{
    const auto report = FileProducerQueue::inspect(directory, {}, keys);
    if (!report)
        return complain(report.error().message(), 1);
    for (const JournalSegment &segment : report->segments) {
        if (segment.size == 0)
            continue; // its head could not be read: see the damage
        (void)print(tr("%1: %2 records, %3 of %4 bytes used%5")
                        .arg(segment.file)
                        .arg(segment.records)
                        .arg(segment.end)
                        .arg(segment.size)
                        .arg(segment.isNeeded ? QString() : tr(", not needed any more")));
    }
    if (report->damage)
        (void)complain(report->damage.message(), 1);
    if (report->isUnusable)
        return 1;
    const bool printed = print(
        //: %1 is a producer's id, %2 and %3 are numbers
        tr("Messages of %1: the next is number %2, unconfirmed are %3.")
            .arg(report->producerId)
            .arg(report->state.currentSeqNr)
            .arg(report->state.unconfirmed.size()));
    return report->damage || !printed ? 1 : 0;
}

int Journal::dump(const QString &directory, const QtDelivery::StorageKeys &keys)
{
    bool printed = true;
    const auto report = FileProducerQueue::inspect(
        directory, [&](const JournalRecord &record) { printed = printed && print(line(record)); },
        keys);
    if (!report)
        return complain(report.error().message(), 1);
    if (report->damage)
        return complain(report->damage.message(), 1);
    return printed ? 0 : 1;
}

} // namespace Cli
