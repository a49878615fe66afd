// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/metrics.h>

#include <QCoreApplication>
#include <QIODevice>

#include <array>
#include <optional>

namespace QtDelivery {

namespace {

enum class Unit { Count, Microseconds };

/*! A metric with one value per flow, or per link; none = the line is left out. */
template <typename Snapshot> struct Metric
{
    const char *name;
    const char *type;
    const char *help;
    std::optional<qint64> (*value)(const Snapshot &);
    Unit unit = Unit::Count;
};

std::optional<qint64> known(qint64 value)
{
    return value < 0 ? std::nullopt : std::optional(value);
}

bool isProducer(const FlowSnapshot &flow)
{
    return flow.role == FlowSnapshot::Role::Producer;
}

using FlowMetric = Metric<FlowSnapshot>;
using LinkMetric = Metric<LinkSnapshot>;
using Flow = FlowSnapshot;
using Value = std::optional<qint64>;

constexpr std::array<FlowMetric, 24> FlowMetrics{{
    {"qtdelivery_flow_attached", "gauge", "1 while the two ends are attached",
     [](const Flow &f) -> Value { return f.state == Flow::State::Attached; }},
    {"qtdelivery_flow_messages_total", "counter",
     "Messages accepted (producer), delivered (consumer)",
     [](const Flow &f) -> Value { return f.messages; }},
    {"qtdelivery_flow_bytes_total", "counter", "Payload bytes of those messages",
     [](const Flow &f) -> Value { return f.bytes; }},
    {"qtdelivery_flow_confirmed_total", "counter", "Messages confirmed",
     [](const Flow &f) -> Value { return f.confirmed; }},
    {"qtdelivery_flow_resent_total", "counter", "Messages transmitted once more (producer)",
     [](const Flow &f) { return isProducer(f) ? Value(f.resent) : Value(); }},
    {"qtdelivery_flow_compressed_from_bytes_total", "counter",
     "Payload bytes that were transmitted compressed (producer)",
     [](const Flow &f) { return isProducer(f) ? Value(f.compressedFrom) : Value(); }},
    {"qtdelivery_flow_compressed_to_bytes_total", "counter", "How many those were then (producer)",
     [](const Flow &f) { return isProducer(f) ? Value(f.compressedTo) : Value(); }},
    {"qtdelivery_flow_resends_asked_total", "counter", "Requests for missing messages (consumer)",
     [](const Flow &f) { return isProducer(f) ? Value() : Value(f.resendsAsked); }},
    {"qtdelivery_flow_duplicates_dropped_total", "counter",
     "Messages ignored as duplicates (consumer)",
     [](const Flow &f) { return isProducer(f) ? Value() : Value(f.duplicatesDropped); }},
    {"qtdelivery_flow_attachments_total", "counter", "How often the two ends found each other",
     [](const Flow &f) -> Value { return f.attachments; }},
    {"qtdelivery_flow_rejected_total", "counter", "Calls of send() or confirm() that were refused",
     [](const Flow &f) -> Value { return f.rejected; }},
    {"qtdelivery_flow_confirmed_seqnr", "gauge", "Number of the last confirmed message",
     [](const Flow &f) -> Value { return f.confirmedSeqNr; }},
    {"qtdelivery_flow_sent_seqnr", "gauge", "Number of the last transmitted message",
     [](const Flow &f) -> Value { return f.sentSeqNr; }},
    {"qtdelivery_flow_granted_seqnr", "gauge", "Number up to which the consumer allows messages",
     [](const Flow &f) -> Value { return f.grantedSeqNr; }},
    {"qtdelivery_flow_in_flight", "gauge", "Messages transmitted, or received, and not confirmed",
     [](const Flow &f) -> Value { return f.inFlight(); }},
    {"qtdelivery_flow_window", "gauge", "Messages that may be unconfirmed",
     [](const Flow &f) -> Value { return f.window(); }},
    {"qtdelivery_flow_unconfirmed_bytes", "gauge", "Payload bytes held and not confirmed",
     [](const Flow &f) -> Value { return f.unconfirmedBytes; }},
    {"qtdelivery_flow_queue_depth", "gauge", "Messages, or confirmations, that are not stored",
     [](const Flow &f) -> Value { return f.queueDepth; }},
    {"qtdelivery_flow_store_latency_seconds", "gauge", "The durable storage's last answer",
     [](const Flow &f) { return known(f.storeLatency); }, Unit::Microseconds},
    {"qtdelivery_flow_storage_bytes", "gauge", "Size of the durable storage's files",
     [](const Flow &f) { return known(f.storage.bytes); }},
    {"qtdelivery_flow_storage_files", "gauge", "How many files (a journal's segments) they are",
     [](const Flow &f) { return known(f.storage.files); }},
    {"qtdelivery_flow_oldest_unconfirmed_seconds", "gauge", "Age of the oldest unconfirmed message",
     [](const Flow &f) { return known(f.oldestUnconfirmedAge()); }, Unit::Microseconds},
    {"qtdelivery_flow_round_trip_seconds", "gauge", "The last round trip of the link",
     [](const Flow &f) { return known(f.rtt); }, Unit::Microseconds},
    {"qtdelivery_flow_attempts", "gauge", "How often in a row something was asked for in vain",
     [](const Flow &f) -> Value { return f.attempts; }},
}};

constexpr std::array<LinkMetric, 8> LinkMetrics{{
    {"qtdelivery_link_up", "gauge", "1 while the link is up",
     [](const LinkSnapshot &l) -> Value { return l.state == LinkSnapshot::State::Up; }},
    {"qtdelivery_link_received_bytes_total", "counter", "Bytes received",
     [](const LinkSnapshot &l) -> Value { return l.bytesIn; }},
    {"qtdelivery_link_written_bytes_total", "counter", "Bytes written",
     [](const LinkSnapshot &l) -> Value { return l.bytesOut; }},
    {"qtdelivery_link_pending_bytes", "gauge", "Bytes that the system has not taken",
     [](const LinkSnapshot &l) -> Value { return l.pendingBytes; }},
    {"qtdelivery_link_held_bytes", "gauge", "Memory taken for the peer",
     [](const LinkSnapshot &l) -> Value { return l.heldBytes; }},
    {"qtdelivery_link_certificate_expiry_seconds", "gauge",
     "When the certificate of the peer ends, since 1970",
     [](const LinkSnapshot &l) { return known(l.certificateExpires); }},
    {"qtdelivery_link_round_trip_seconds", "gauge", "The last round trip",
     [](const LinkSnapshot &l) { return known(l.rtt); }, Unit::Microseconds},
    {"qtdelivery_link_flows", "gauge", "Ends of flows on the link",
     [](const LinkSnapshot &l) -> Value { return l.flows; }},
}};

QByteArray escaped(const QString &value)
{
    QByteArray bytes = value.toUtf8();
    bytes.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return bytes;
}

class Labels
{
public:
    explicit Labels(const QString &process)
    {
        if (!process.isEmpty())
            add("process", process);
    }
    void add(const char *name, const QString &value)
    {
        m_text += (m_text.isEmpty() ? "" : ",") + QByteArray(name) + "=\"" + escaped(value) + '"';
    }
    [[nodiscard]] QByteArray text() const { return '{' + m_text + '}'; }

private:
    QByteArray m_text;
};

Labels labelsOf(const QString &process, const FlowSnapshot &flow)
{
    Labels labels(process);
    labels.add("node", flow.nodeId);
    labels.add("flow", flow.id);
    labels.add("role", isProducer(flow) ? QStringLiteral("producer") : QStringLiteral("consumer"));
    return labels;
}

Labels labelsOf(const QString &process, const LinkSnapshot &link)
{
    Labels labels(process);
    labels.add("node", link.nodeId);
    labels.add("peer", link.peerNodeId);
    labels.add("link", link.key());
    return labels;
}

QByteArray valueText(qint64 value, Unit unit)
{
    return unit == Unit::Count ? QByteArray::number(value)
                               : QByteArray::number(double(value) / 1e6, 'f', 6);
}

QByteArray heading(const char *name, const char *type, const char *help)
{
    return QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

template <typename Snapshot>
QByteArray family(const Metric<Snapshot> &metric, const QList<MetricsSource> &sources,
                  QList<Snapshot> MetricsSource::*snapshots)
{
    QByteArray text = heading(metric.name, metric.type, metric.help);
    for (const MetricsSource &source : sources) {
        for (const Snapshot &snapshot : source.*snapshots) {
            if (const Value value = metric.value(snapshot))
                text += metric.name + labelsOf(source.process, snapshot).text() + ' '
                    + valueText(*value, metric.unit) + '\n';
        }
    }
    return text;
}

/*! One line for the reason that holds, as its label, so that no state needs a number. */
QByteArray blockedFamily(const QList<MetricsSource> &sources)
{
    QByteArray text = heading("qtdelivery_flow_blocked", "gauge",
                              "1 with the label reason: why the flow does not move");
    for (const MetricsSource &source : sources) {
        for (const FlowSnapshot &flow : source.flows) {
            Labels labels = labelsOf(source.process, flow);
            labels.add("reason", Blocked::reasonName(flow.blocked.reason));
            text += "qtdelivery_flow_blocked" + labels.text() + " 1\n";
        }
    }
    return text;
}

/*! How long the syncs of one storage took, each line with all that were as short. The steps are
    always the same, as whoever adds up several processes needs them. */
QByteArray syncHistogram(const QString &process, const FlowSnapshot &flow)
{
    const QByteArray name = "qtdelivery_flow_storage_sync_seconds";
    const Labels labels = labelsOf(process, flow);
    QByteArray text;
    qint64 done = 0;
    for (int i = 0; i + 1 < StorageSnapshot::MaxSteps; ++i) {
        done += flow.storage.syncs.value(i);
        Labels upTo = labels;
        upTo.add("le",
                 QString::fromLatin1(valueText(StorageSnapshot::stepEnd(i), Unit::Microseconds)));
        text += name + "_bucket" + upTo.text() + ' ' + QByteArray::number(done) + '\n';
    }
    const QByteArray count = QByteArray::number(flow.storage.syncCount());
    Labels all = labels;
    all.add("le", QStringLiteral("+Inf"));
    return text + name + "_bucket" + all.text() + ' ' + count + '\n' + name + "_sum" + labels.text()
        + ' ' + valueText(flow.storage.syncTime, Unit::Microseconds) + '\n' + name + "_count"
        + labels.text() + ' ' + count + '\n';
}

QByteArray syncFamily(const QList<MetricsSource> &sources)
{
    QByteArray text = heading("qtdelivery_flow_storage_sync_seconds", "histogram",
                              "Syncs of the durable storage by how long they took");
    for (const MetricsSource &source : sources) {
        for (const FlowSnapshot &flow : source.flows) {
            if (!flow.storage.syncs.isEmpty())
                text += syncHistogram(source.process, flow);
        }
    }
    return text;
}

QByteArray refusalFamily(const QList<MetricsSource> &sources)
{
    const QByteArray name = "qtdelivery_node_refusals_total";
    QByteArray text =
        heading(name.constData(), "counter", "Refusals to peers, with the label of what");
    const auto line = [&](const MetricsSource &source, const QString &what, quint64 count) {
        Labels labels(source.process);
        labels.add("node", source.nodeId);
        labels.add("what", what);
        text += name + labels.text() + ' ' + QByteArray::number(count) + '\n';
    };
    for (const MetricsSource &source : sources) {
        if (source.nodeId.isEmpty())
            continue;
        line(source, QStringLiteral("connections"), source.refusals.connections);
        line(source, QStringLiteral("handshakes"), source.refusals.handshakes);
        line(source, QStringLiteral("secrets"), source.refusals.secrets);
        line(source, QStringLiteral("flows"), source.refusals.flows);
        line(source, QStringLiteral("limits"), source.refusals.limits);
    }
    return text;
}

} // namespace

Error writeMetrics(QIODevice *device, const QList<MetricsSource> &sources)
{
    QByteArray text;
    for (const FlowMetric &metric : FlowMetrics)
        text += family(metric, sources, &MetricsSource::flows);
    text += blockedFamily(sources);
    text += syncFamily(sources);
    for (const LinkMetric &metric : LinkMetrics)
        text += family(metric, sources, &MetricsSource::links);
    text += refusalFamily(sources);
    if (device->write(text) == text.size())
        return {};
    return {Error::Code::StorageFailed,
            //: %1 are the system's words
            QCoreApplication::translate("QtDelivery", "The metrics cannot be written: %1")
                .arg(device->errorString())};
}

} // namespace QtDelivery
