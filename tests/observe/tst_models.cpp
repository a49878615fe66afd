// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/eventmodel.h>
#include <QtDelivery/flowmodel.h>
#include <QtDelivery/linkmodel.h>
#include <QtDelivery/metrics.h>

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QMetaEnum>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace QtDelivery;
using namespace Qt::StringLiterals;

// Snapshots as tables for views, and as text for Prometheus.

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void columnsAreStable();
    void headers();
    void manyFlows();
    void randomUpdates();
    void flowTexts();
    void flowValues();
    void ages();
    void rate();
    void rateFalls();
    void sorting();
    void oneAnnouncement();
    void sources();
    void flowTwiceInAnUpdate();

    void links();
    void linkSecurity();
    void linkTimes();
    void events();
    void eventsAreBounded();

    void metrics();
    void metricsOfRefusals();
    void metricsOfAStorage();
    void metricsOfNothing();
    void metricsEscape();
    void metricsRefused();
    void metricsAreWellFormed();
};

namespace {

const QString Source = u"process"_s;

FlowSnapshot flowNamed(const QString &id, FlowSnapshot::Role role = FlowSnapshot::Role::Producer)
{
    FlowSnapshot flow;
    flow.id = id;
    flow.role = role;
    flow.nodeId = u"left"_s;
    return flow;
}

QList<FlowSnapshot> numberedFlows(int count)
{
    QList<FlowSnapshot> flows;
    for (int i = 0; i < count; ++i)
        flows.append(flowNamed(u"flow %1"_s.arg(i)));
    return flows;
}

QString shown(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

QString metricsOf(const QList<MetricsSource> &sources)
{
    QBuffer buffer;
    if (!buffer.open(QIODevice::WriteOnly) || writeMetrics(&buffer, sources))
        return u"an error"_s;
    return QString::fromUtf8(buffer.data());
}

} // namespace

// ---- flows

void TestModels::columnsAreStable()
{
    QCOMPARE(int(FlowModel::BlockedColumn), 6);
    QCOMPARE(int(FlowModel::AgeColumn), 16);
    QCOMPARE(int(FlowModel::SourceColumn), 21);
    QCOMPARE(int(LinkModel::SourceColumn), 11);
    QCOMPARE(int(LinkModel::ExpiryColumn), 14);
    QCOMPARE(int(EventModel::SourceColumn), 5);
    QCOMPARE(int(FlowModel::SortRole), int(Qt::UserRole) + 1);
    QCOMPARE(int(FlowModel::ReasonRole), int(Qt::UserRole) + 5);
    QCOMPARE(QMetaEnum::fromType<FlowModel::Column>().keyCount(), FlowModel::ColumnCount);
}

void TestModels::headers()
{
    const FlowModel flows;
    const LinkModel links;
    const EventModel events;
    for (const QAbstractItemModel *model :
         std::initializer_list<const QAbstractItemModel *>{&flows, &links, &events}) {
        QSet<QString> titles;
        for (int column = 0; column < model->columnCount(); ++column)
            titles.insert(model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        QCOMPARE(titles.size(), model->columnCount()); // each its own
        QVERIFY(!titles.contains(QString()));
        QVERIFY(model->roleNames().value(FlowModel::SortRole) == "sort");
    }
}

void TestModels::manyFlows()
{
    FlowModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QList<FlowSnapshot> flows = numberedFlows(10'000);
    model.update(Source, flows);
    QCOMPARE(model.rowCount(), 10'000);
    QCOMPARE(model.rowOf(Source, u"p/flow 9999"_s), 9999);
    for (FlowSnapshot &flow : flows)
        flow.messages = 7;
    model.update(Source, flows);
    QCOMPARE(model.rowCount(), 10'000);
    QCOMPARE(shown(model, 5000, FlowModel::MessagesColumn), u"7"_s);
    QStringList odd;
    for (int i = 1; i < 10'000; i += 500)
        odd.append(u"p/flow %1"_s.arg(i));
    model.remove(Source, odd);
    QCOMPARE(model.rowCount(), 9980);
    QCOMPARE(model.rowOf(Source, u"p/flow 501"_s), -1);
    QCOMPARE(model.flowAt(model.rowOf(Source, u"p/flow 9999"_s)).id, u"flow 9999"_s);
    model.removeSource(Source);
    QCOMPARE(model.rowCount(), 0);
}

/*! Whatever comes and goes, the model has what was told last. */
void TestModels::randomUpdates()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    FlowModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QMap<QString, FlowSnapshot> expected;
    for (int step = 0; step < 500; ++step) {
        QList<FlowSnapshot> changed;
        QStringList gone;
        for (int i = random.bounded(10); i > 0; --i) {
            FlowSnapshot flow = flowNamed(QString::number(random.bounded(50)));
            flow.messages = step;
            changed.append(flow);
            expected.insert(flow.key(), flow);
        }
        model.update(Source, changed);
        for (int i = random.bounded(6); i > 0; --i)
            gone.append(u"p/%1"_s.arg(random.bounded(50)));
        for (const QString &key : std::as_const(gone))
            expected.remove(key);
        model.remove(Source, gone);
        QVERIFY2(model.rowCount() == expected.size(), qPrintable(u"seed %1"_s.arg(seed)));
        for (auto it = expected.cbegin(); it != expected.cend(); ++it) {
            const int row = model.rowOf(Source, it.key());
            QVERIFY2(model.flowAt(row) == it.value(), qPrintable(u"seed %1"_s.arg(seed)));
        }
    }
}

void TestModels::flowTexts()
{
    FlowSnapshot flow = flowNamed(u"orders"_s, FlowSnapshot::Role::Consumer);
    flow.peerId = u"shop"_s;
    flow.peerNodeId = u"right"_s;
    flow.state = FlowSnapshot::State::Attached;
    flow.blocked = {.reason = Blocked::Reason::HandlerBusy, .seqNr = 481, .at = 0};
    flow.time = 12'000'000;
    flow.receivedSeqNr = 12'345;
    flow.confirmedSeqNr = 345;
    flow.grantedSeqNr = 1369;
    flow.unconfirmedBytes = 2'100'000;
    flow.rtt = 250;
    FlowModel model;
    model.update(Source, {flow});
    QCOMPARE(shown(model, 0, FlowModel::IdColumn), u"orders"_s);
    QCOMPARE(shown(model, 0, FlowModel::RoleColumn), u"Consumer"_s);
    QCOMPARE(shown(model, 0, FlowModel::NodeColumn), u"left"_s);
    QCOMPARE(shown(model, 0, FlowModel::PeerColumn), u"shop"_s);
    QCOMPARE(shown(model, 0, FlowModel::PeerNodeColumn), u"right"_s);
    QCOMPARE(shown(model, 0, FlowModel::StateColumn), u"Attached"_s);
    QCOMPARE(shown(model, 0, FlowModel::BlockedColumn),
             u"The application has been busy with message 481 for 12 s."_s);
    QCOMPARE(model.index(0, 0).data(FlowModel::ReasonRole).toString(), u"handler-busy"_s);
    QCOMPARE(shown(model, 0, FlowModel::InFlightColumn), u"12,000"_s);
    QCOMPARE(shown(model, 0, FlowModel::WindowColumn), u"1,024"_s);
    QCOMPARE(shown(model, 0, FlowModel::UnconfirmedBytesColumn), u"2.1 MB"_s);
    QCOMPARE(shown(model, 0, FlowModel::RoundTripColumn), u"0.25 ms"_s);
    QCOMPARE(shown(model, 0, FlowModel::StoreLatencyColumn), QString());
    QCOMPARE(shown(model, 0, FlowModel::SourceColumn), Source);
}

void TestModels::flowValues()
{
    FlowSnapshot flow = flowNamed(u"orders"_s);
    flow.nextSeqNr = 101;
    flow.confirmedSeqNr = 40;
    flow.sentSeqNr = 60;
    flow.rtt = 250;
    FlowModel model;
    model.update(Source, {flow});
    const auto raw = [&](int column) {
        return model.index(0, column).data(FlowModel::SortRole).toLongLong();
    };
    QCOMPARE(raw(FlowModel::BacklogColumn), 60);
    QCOMPARE(raw(FlowModel::InFlightColumn), 20);
    QCOMPARE(raw(FlowModel::RoundTripColumn), 250);
    QCOMPARE(raw(FlowModel::AgeColumn), -1);
    QCOMPARE(model.index(0, 3).data(FlowModel::FlowRole).value<FlowSnapshot>(), flow);
    QCOMPARE(model.index(0, 3).data(FlowModel::KeyRole).toString(), u"p/orders"_s);
    QCOMPARE(model.flowAt(5), FlowSnapshot());
    QVERIFY(!model.data({}, Qt::DisplayRole).isValid());
}

void TestModels::ages()
{
    FlowSnapshot flow = flowNamed(u"orders"_s);
    flow.time = 10'000'000;
    flow.oldestUnconfirmedAt = 7'000'000;
    FlowModel model;
    model.update(Source, {flow});
    QCOMPARE(shown(model, 0, FlowModel::AgeColumn), u"3 s"_s);
    QSignalSpy changed(&model, &FlowModel::dataChanged);
    model.setClock(Source, 20'000'000); // nothing has come, and time goes on
    QCOMPARE(changed.size(), 1);
    QCOMPARE(shown(model, 0, FlowModel::AgeColumn), u"13 s"_s);
    model.setClock(u"another"_s, 99'000'000);
    QCOMPARE(shown(model, 0, FlowModel::AgeColumn), u"13 s"_s);
}

void TestModels::rate()
{
    FlowModel model;
    FlowSnapshot flow = flowNamed(u"orders"_s);
    flow.messages = 1000;
    flow.time = 5'000'000;
    model.update(Source, {flow});
    QCOMPARE(shown(model, 0, FlowModel::RateColumn), u"0/s"_s);
    flow.messages = 1100;
    flow.time += 100'000;
    model.update(Source, {flow});
    QCOMPARE(shown(model, 0, FlowModel::RateColumn), u"0/s"_s); // too short a time to say
    flow.messages = 3000;
    flow.time += 900'000;
    model.update(Source, {flow});
    QCOMPARE(shown(model, 0, FlowModel::RateColumn), u"2,000/s"_s);
}

void TestModels::rateFalls()
{
    FlowModel model;
    FlowSnapshot flow = flowNamed(u"orders"_s);
    model.update(Source, {flow});
    flow.messages = 1000;
    flow.time = 1'000'000;
    model.update(Source, {flow});
    QCOMPARE(shown(model, 0, FlowModel::RateColumn), u"1,000/s"_s);
    model.setClock(Source, 2'000'000);
    QCOMPARE(shown(model, 0, FlowModel::RateColumn), u"1,000/s"_s);
    model.setClock(Source, 4'000'000);
    QCOMPARE(shown(model, 0, FlowModel::RateColumn), u"0/s"_s);
}

void TestModels::sorting()
{
    FlowModel model;
    QList<FlowSnapshot> flows = numberedFlows(3);
    flows[0].messages = 900;
    flows[1].messages = 10'000;
    flows[2].messages = 80;
    model.update(Source, flows);
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(FlowModel::SortRole);
    sorted.sort(FlowModel::MessagesColumn, Qt::DescendingOrder);
    QCOMPARE(shown(sorted, 0, FlowModel::IdColumn), u"flow 1"_s);
    QCOMPARE(shown(sorted, 2, FlowModel::IdColumn), u"flow 2"_s);
}

void TestModels::oneAnnouncement()
{
    FlowModel model;
    model.update(Source, numberedFlows(100));
    QSignalSpy changed(&model, &FlowModel::dataChanged);
    QSignalSpy inserted(&model, &FlowModel::rowsInserted);
    QSignalSpy reset(&model, &FlowModel::modelReset);
    QList<FlowSnapshot> flows = numberedFlows(120).mid(40);
    model.update(Source, flows);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 40);
    QCOMPARE(changed[0][1].toModelIndex().row(), 99);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
}

void TestModels::sources()
{
    FlowModel model;
    model.update(u"a"_s, numberedFlows(3));
    model.update(u"b"_s, numberedFlows(2));
    QCOMPARE(model.rowCount(), 5);
    model.removeSource(u"a"_s);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowOf(u"b"_s, u"p/flow 1"_s), 1);
    QCOMPARE(model.rowOf(u"a"_s, u"p/flow 1"_s), -1);
}

void TestModels::flowTwiceInAnUpdate()
{
    FlowModel model;
    FlowSnapshot first = flowNamed(u"orders"_s);
    FlowSnapshot second = first;
    second.messages = 2;
    model.update(Source, {first, second});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.flowAt(0), second);
}

// ---- links

void TestModels::links()
{
    LinkModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    LinkSnapshot link;
    link.number = 4;
    link.nodeId = u"left"_s;
    link.peerNodeId = u"right"_s;
    link.url = QUrl(u"tcp://collector:4711"_s);
    link.state = LinkSnapshot::State::Up;
    link.pendingBytes = 17'000;
    LinkSnapshot other;
    other.number = 5;
    model.update(Source, {link, other});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(shown(model, 0, LinkModel::PeerNodeColumn), u"right"_s);
    QCOMPARE(shown(model, 0, LinkModel::UrlColumn), u"tcp://collector:4711"_s);
    QCOMPARE(shown(model, 0, LinkModel::StateColumn), u"Up"_s);
    QCOMPARE(shown(model, 0, LinkModel::PendingColumn), u"17.0 kB"_s);
    QCOMPARE(model.index(0, 0).data(LinkModel::SortRole).toString(), u"left"_s);
    QCOMPARE(model.index(0, 0).data(LinkModel::LinkRole).value<LinkSnapshot>(), link);
    QCOMPARE(model.linkAt(1), other);
    link.state = LinkSnapshot::State::Closing;
    model.update(Source, {link});
    QCOMPARE(shown(model, 0, LinkModel::StateColumn), u"Closing"_s);
    model.remove(Source, {u"4"_s, u"99"_s});
    QCOMPARE(model.rowCount(), 1);
    model.removeSource(Source);
    QCOMPARE(model.rowCount(), 0);
}

void TestModels::linkSecurity()
{
    LinkSnapshot plain;
    plain.state = LinkSnapshot::State::Up;
    LinkSnapshot encrypted = plain;
    encrypted.number = 1;
    encrypted.encryption = u"TLS 1.3, TLS_AES_256_GCM_SHA384"_s;
    encrypted.peerProof = u"secret:press-7, certificate:press-7"_s;
    encrypted.certificateExpires =
        QDateTime(QDate(2030, 5, 17), QTime(12, 0), Qt::UTC).toSecsSinceEpoch();
    LinkSnapshot waiting;
    waiting.number = 2;
    waiting.state = LinkSnapshot::State::Waiting;
    LinkModel model;
    model.update(Source, {plain, encrypted, waiting});
    QCOMPARE(shown(model, 0, LinkModel::EncryptionColumn), u"none"_s);
    QCOMPARE(shown(model, 0, LinkModel::ExpiryColumn), QString());
    QCOMPARE(shown(model, 1, LinkModel::EncryptionColumn), encrypted.encryption);
    QCOMPARE(shown(model, 1, LinkModel::ProofColumn), encrypted.peerProof);
    QCOMPARE(shown(model, 1, LinkModel::ExpiryColumn),
             QLocale().toString(QDate(2030, 5, 17), QLocale::ShortFormat));
    QCOMPARE(shown(model, 2, LinkModel::EncryptionColumn), QString()); // it speaks nothing
}

void TestModels::linkTimes()
{
    LinkSnapshot up;
    up.time = 10'000'000;
    up.since = 4'000'000;
    LinkSnapshot down;
    down.number = 1;
    down.time = 10'000'000;
    down.retryAt = 14'000'000;
    LinkModel model;
    model.update(Source, {up, down});
    QCOMPARE(shown(model, 0, LinkModel::UptimeColumn), u"6 s"_s);
    QCOMPARE(shown(model, 0, LinkModel::RetryColumn), QString());
    QCOMPARE(shown(model, 1, LinkModel::RetryColumn), u"4 s"_s);
    model.setClock(Source, 12'000'000);
    QCOMPARE(shown(model, 0, LinkModel::UptimeColumn), u"8 s"_s);
    QCOMPARE(shown(model, 1, LinkModel::RetryColumn), u"2 s"_s);
    model.setClock(Source, 20'000'000);
    QCOMPARE(shown(model, 1, LinkModel::RetryColumn), u"0 ms"_s);
}

// ---- events

void TestModels::events()
{
    EventModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const FlowEvent event{1, 1'000'000, FlowEvent::Kind::LinkLost, 1234, 0};
    model.append(Source, u"p/orders"_s, 5'000'000, {event});
    model.append(Source, u"p/orders"_s, 5'000'000, {});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(shown(model, 0, EventModel::FlowColumn), u"p/orders"_s);
    QCOMPARE(shown(model, 0, EventModel::KindColumn), u"link-lost"_s);
    QCOMPARE(shown(model, 0, EventModel::SeqNrColumn), u"1,234"_s);
    QCOMPARE(shown(model, 0, EventModel::TextColumn),
             u"The link was lost; message 1234 is confirmed."_s);
    QCOMPARE(model.index(0, EventModel::TimeColumn).data(EventModel::SortRole).toLongLong(),
             6'000'000);
    QVERIFY(shown(model, 0, EventModel::TimeColumn).endsWith(u":06.000"_s));
    QCOMPARE(model.index(0, 0).data(EventModel::EventRole).value<FlowEvent>(), event);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestModels::eventsAreBounded()
{
    EventModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setMaxEvents(5);
    const auto add = [&](qint64 first, qint64 last) {
        QList<FlowEvent> events;
        for (qint64 n = first; n <= last; ++n)
            events.append({n, n, FlowEvent::Kind::Probe, n, 0});
        model.append(Source, u"p/a"_s, 0, events);
    };
    const auto numberAt = [&](int row) {
        return model.index(row, 0).data(EventModel::EventRole).value<FlowEvent>().number;
    };
    add(1, 3);
    add(4, 7);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(numberAt(0), 3);
    add(8, 30);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(numberAt(0), 26);
    QCOMPARE(numberAt(4), 30);
    model.setMaxEvents(2);
    QCOMPARE(numberAt(0), 29);
}

// ---- metrics

void TestModels::metrics()
{
    FlowSnapshot flow = flowNamed(u"orders"_s);
    flow.state = FlowSnapshot::State::Attached;
    flow.messages = 5;
    flow.storeLatency = 1500;
    flow.blocked.reason = Blocked::Reason::WaitingForGrant;
    LinkSnapshot link;
    link.number = 3;
    link.nodeId = u"left"_s;
    link.peerNodeId = u"right"_s;
    link.bytesIn = 77;
    const QString text = metricsOf({{u"shop"_s, {flow}, {link}}});
    const QString labels = uR"({process="shop",node="left",flow="orders",role="producer")"_s;
    for (
        const QString &line :
        {u"# TYPE qtdelivery_flow_messages_total counter"_s,
         u"qtdelivery_flow_messages_total"_s + labels + u"} 5"_s,
         u"qtdelivery_flow_attached"_s + labels + u"} 1"_s,
         u"qtdelivery_flow_store_latency_seconds"_s + labels + u"} 0.001500"_s,
         u"qtdelivery_flow_blocked"_s + labels + uR"(,reason="waiting-for-grant"} 1)"_s,
         uR"(qtdelivery_link_received_bytes_total{process="shop",node="left",peer="right",link="3"} 77)"_s})
        QVERIFY2(text.contains(u'\n' + line + u'\n'), qPrintable(line));
    QVERIFY(!text.contains(u"refusals_total{"_s)); // nothing is known of them
    QVERIFY(!text.contains(u"certificate_expiry_seconds{"_s));
    QVERIFY(!text.contains(u"duplicates_dropped_total{"_s)); // of consumers only
    QVERIFY(!text.contains(u"oldest_unconfirmed_seconds{"_s)); // there is none
}

void TestModels::metricsOfRefusals()
{
    const QString text =
        metricsOf({{.process = u"shop"_s, .nodeId = u"left"_s, .refusals = {.secrets = 7}}});
    const QString name = u"qtdelivery_node_refusals_total"_s;
    for (const QString &line : {u"# TYPE "_s + name + u" counter"_s,
                                name + uR"({process="shop",node="left",what="connections"} 0)"_s,
                                name + uR"({process="shop",node="left",what="secrets"} 7)"_s})
        QVERIFY2(text.contains(u'\n' + line + u'\n'), qPrintable(line));
}

void TestModels::metricsOfAStorage()
{
    FlowSnapshot flow = flowNamed(u"orders"_s);
    QVERIFY(!metricsOf({{{}, {flow}, {}}}).contains(u"storage_sync_seconds_"_s)); // not known
    QVERIFY(!metricsOf({{{}, {flow}, {}}}).contains(u"storage_bytes{"_s));
    flow.storage.bytes = 4096;
    flow.storage.files = 3;
    flow.storage.addSync(1);
    flow.storage.addSync(3);
    flow.storage.addSync(4);
    flow.storage.addSync(20'000'000);
    const QString text = metricsOf({{{}, {flow}, {}}});
    const QString labels = uR"({node="left",flow="orders",role="producer")"_s;
    const QString name = u"qtdelivery_flow_storage_sync_seconds"_s;
    for (const QString &line :
         {u"# TYPE "_s + name + u" histogram"_s,
          u"qtdelivery_flow_storage_bytes"_s + labels + u"} 4096"_s,
          u"qtdelivery_flow_storage_files"_s + labels + u"} 3"_s,
          name + u"_bucket"_s + labels + uR"(,le="0.000001"} 1)"_s,
          name + u"_bucket"_s + labels + uR"(,le="0.000002"} 1)"_s,
          name + u"_bucket"_s + labels + uR"(,le="0.000004"} 3)"_s,
          name + u"_bucket"_s + labels + uR"(,le="8.388608"} 3)"_s,
          name + u"_bucket"_s + labels + uR"(,le="+Inf"} 4)"_s,
          name + u"_sum"_s + labels + u"} 20.000008"_s, name + u"_count"_s + labels + u"} 4"_s})
        QVERIFY2(text.contains(u'\n' + line + u'\n'), qPrintable(line));
    QCOMPARE(text.count(name + u"_bucket"_s), StorageSnapshot::MaxSteps);
}

void TestModels::metricsOfNothing()
{
    const QString text = metricsOf({});
    QVERIFY(text.contains(u"# HELP qtdelivery_flow_window "_s));
    QVERIFY(!text.contains(u'{'));
}

void TestModels::metricsEscape()
{
    const QString text = metricsOf({{QString(), {flowNamed(u"a\"b\\c\nd"_s)}, {}}});
    QVERIFY(text.contains(uR"(flow="a\"b\\c\nd")"_s));
    QVERIFY(!text.contains(u"process="_s));
}

void TestModels::metricsRefused()
{
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"ReadOnly device"_s));
    QCOMPARE(writeMetrics(&buffer, {}).code(), Error::Code::StorageFailed);
}

void TestModels::metricsAreWellFormed()
{
    FlowSnapshot flow = flowNamed(u"ü"_s, FlowSnapshot::Role::Consumer);
    flow.rtt = 1;
    flow.oldestUnconfirmedAt = 0;
    flow.storage.addSync(77);
    const QStringList lines =
        metricsOf({{u"a"_s, {flow}, {LinkSnapshot()}}, {u"b"_s, {flow}, {LinkSnapshot()}}})
            .split(u'\n');
    static const QRegularExpression form(
        uR"(^(# (HELP|TYPE) qtdelivery_[a-z_]+ .+|qtdelivery_[a-z_]+\{[^{}]+\} -?[0-9.]+|)$)"_s);
    for (const QString &line : lines)
        QVERIFY2(form.match(line).hasMatch(), qPrintable(line));
    QSet<QString> once(lines.begin(), lines.end());
    QCOMPARE(once.size(), lines.size()); // no line twice, and one empty at the end
}

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
