// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sampleflows.h"

#include "export/tablefile.h"
#include "model/pairmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace Monitor;
using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;

// The two ends of a flow as one row, whatever comes first and whatever goes.

class TestPairModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void togetherInAnyOrder_data();
    void togetherInAnyOrder();
    void notTogether_data();
    void notTogether();
    void consumerKnownFirstByTheProducer();
    void splitAndJoined();
    void sourceGoes();
    void selectionStays();
    void whoIsToBlame_data();
    void whoIsToBlame();
    void health_data();
    void health();
    void rateIsSmoothed();
    void changesAreAnnouncedTogether();
    void randomChanges();
    void searchedTextFollows();
    void tenThousandFlows();
    void csv();
    void json();
};

namespace {

const QString Shop = u"shop.sock"_s;
const QString Warehouse = u"warehouse.sock"_s;

QString shown(const PairModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

void TestPairModel::togetherInAnyOrder_data()
{
    QTest::addColumn<bool>("producerFirst");
    QTest::newRow("producer first") << true;
    QTest::newRow("consumer first") << false;
}

void TestPairModel::togetherInAnyOrder()
{
    QFETCH(bool, producerFirst);
    PairModel model;
    QAbstractItemModelTester tester(&model);
    const auto addProducer = [&] { model.update(Shop, u"shop (1)"_s, {sampleProducer()}); };
    const auto addConsumer = [&] { model.update(Warehouse, u"wh (2)"_s, {sampleConsumer()}); };
    if (producerFirst)
        addProducer();
    addConsumer();
    if (!producerFirst)
        addProducer();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.endCount(), 2);
    QVERIFY(model.pairAt(0).isWhole());
    QCOMPARE(model.rowOf({Shop, u"p/orders"_s}), 0);
    QCOMPARE(model.rowOf({Warehouse, u"c/packing"_s}), 0);
    QCOMPARE(shown(model, 0, PairModel::FlowColumn), u"orders"_s);
    QCOMPARE(shown(model, 0, PairModel::ProducerColumn), u"orders on shop"_s);
    QCOMPARE(shown(model, 0, PairModel::ConsumerColumn), u"packing on warehouse"_s);
    QCOMPARE(shown(model, 0, PairModel::ProcessColumn), u"shop (1) → wh (2)"_s);
    QCOMPARE(model.index(0, PairModel::BacklogColumn).data(PairModel::SortRole).toInt(), 14);
}

void TestPairModel::notTogether_data()
{
    QTest::addColumn<FlowSnapshot>("consumer");
    FlowSnapshot other = sampleConsumer();
    other.peerNodeId = u"another shop"_s;
    QTest::newRow("of another node") << other;
    other = sampleConsumer();
    other.peerId = u"invoices"_s;
    QTest::newRow("of another producer") << other;
    other = sampleConsumer();
    other.id = u"thief"_s;
    QTest::newRow("whom the producer does not name") << other;
}

void TestPairModel::notTogether()
{
    QFETCH(FlowSnapshot, consumer);
    PairModel model;
    model.update(Shop, {}, {sampleProducer()});
    model.update(Warehouse, {}, {consumer});
    QCOMPARE(model.rowCount(), 2);
}

void TestPairModel::consumerKnownFirstByTheProducer()
{
    // A consumer that has not learned of its producer yet, which wants it.
    PairModel model;
    FlowSnapshot consumer = sampleConsumer();
    consumer.peerId.clear();
    consumer.peerNodeId.clear();
    model.update(Warehouse, {}, {consumer});
    model.update(Shop, {}, {sampleProducer()});
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.pairAt(0).isWhole());
}

void TestPairModel::splitAndJoined()
{
    PairModel model;
    QAbstractItemModelTester tester(&model);
    model.update(Shop, {}, {sampleProducer()});
    model.update(Warehouse, {}, {sampleConsumer()});
    FlowSnapshot elsewhere = sampleConsumer();
    elsewhere.peerId = u"invoices"_s;
    model.update(Warehouse, {}, {elsewhere});
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(!model.pairAt(model.rowOf({Shop, u"p/orders"_s})).isWhole());
    model.update(Warehouse, {}, {sampleConsumer()});
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.pairAt(0).isWhole());
}

void TestPairModel::sourceGoes()
{
    PairModel model;
    QAbstractItemModelTester tester(&model);
    model.update(Shop, {}, {sampleProducer()});
    model.update(Warehouse, {}, {sampleConsumer()});
    model.removeSource(Shop);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(shown(model, 0, PairModel::FlowColumn), u"orders"_s); // as its consumer calls it
    model.remove(Warehouse, {u"c/packing"_s, u"c/nobody"_s});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.endCount(), 0);
}

void TestPairModel::selectionStays()
{
    PairModel model;
    FlowSnapshot first = sampleProducer();
    first.id = u"first"_s;
    first.peerId = u"x"_s;
    model.update(Shop, {}, {first, sampleProducer()});
    const QPersistentModelIndex chosen(model.index(1, 0));
    model.remove(Shop, {u"p/first"_s});
    QVERIFY(chosen.isValid());
    QCOMPARE(chosen.row(), 0);
    QCOMPARE(chosen.data().toString(), u"orders"_s);
    QCOMPARE(model.rowOf({Shop, u"p/orders"_s}), 0);
}

void TestPairModel::whoIsToBlame_data()
{
    QTest::addColumn<BlockedReason>("producer");
    QTest::addColumn<BlockedReason>("consumer");
    QTest::addColumn<BlockedReason>("shown");
    QTest::addColumn<QString>("culprit");
    using R = BlockedReason;
    QTest::newRow("nobody") << R::None << R::None << R::None << QString();
    QTest::newRow("no consumer") << R::NoConsumer << R::None << R::NoConsumer << u"Consumer"_s;
    QTest::newRow("grant, busy") << R::WaitingForGrant << R::HandlerBusy << R::HandlerBusy
                                 << u"Consumer"_s;
    QTest::newRow("grant, paused") << R::WaitingForGrant << R::Paused << R::Paused << u"Consumer"_s;
    QTest::newRow("store, busy") << R::StoreSlow << R::HandlerBusy << R::StoreSlow << u"Storage"_s;
    QTest::newRow("link") << R::LinkDown << R::LinkDown << R::LinkDown << u"Link"_s;
    QTest::newRow("limit") << R::LimitReached << R::None << R::LimitReached << u"Producer"_s;
    QTest::newRow("refused") << R::None << R::Refused << R::Refused << u"Consumer"_s;
    QTest::newRow("no producer") << R::None << R::NoProducer << R::NoProducer << u"Producer"_s;
}

void TestPairModel::whoIsToBlame()
{
    QFETCH(BlockedReason, producer);
    QFETCH(BlockedReason, consumer);
    QFETCH(BlockedReason, shown);
    QFETCH(QString, culprit);
    FlowPair pair{FlowEnd{.flow = sampleProducer()}, FlowEnd{.flow = sampleConsumer()}};
    pair.producer->flow.blocked.reason = producer;
    pair.consumer->flow.blocked.reason = consumer;
    QCOMPARE(pair.reason(), shown);
    QCOMPARE(culpritText(pair.culprit()), culprit);
    QCOMPARE(pair.sentence().isEmpty(), shown == BlockedReason::None);
}

void TestPairModel::health_data()
{
    QTest::addColumn<BlockedReason>("reason");
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("health");
    using R = BlockedReason;
    QTest::newRow("free") << R::None << qint64(0) << u"Moving"_s;
    QTest::newRow("busy for a moment") << R::HandlerBusy << qint64(0) << u"Moving"_s;
    QTest::newRow("busy") << R::HandlerBusy << qint64(5) << u"Waiting"_s;
    QTest::newRow("busy for long") << R::HandlerBusy << qint64(11) << u"Stuck"_s;
    QTest::newRow("refused") << R::Refused << qint64(0) << u"Stuck"_s;
    QTest::newRow("link") << R::LinkDown << qint64(0) << u"Waiting"_s;
    QTest::newRow("grant") << R::WaitingForGrant << qint64(0) << u"Waiting"_s;
}

void TestPairModel::health()
{
    QFETCH(BlockedReason, reason);
    QFETCH(qint64, seconds);
    QFETCH(QString, health);
    FlowPair pair{FlowEnd{.flow = sampleProducer()}, std::nullopt};
    pair.producer->now = pair.producer->flow.time;
    pair.producer->flow.blocked = {.reason = reason,
                                   .at = pair.producer->now - seconds * 1'000'000};
    QCOMPARE(healthText(pair.health()), health);
}

void TestPairModel::rateIsSmoothed()
{
    PairModel model;
    FlowSnapshot flow = sampleProducer();
    model.update(Shop, {}, {flow});
    for (int i = 0; i < 40; ++i) {
        flow.time += 500'000;
        flow.messages += i % 2 == 0 ? 2 : 0;
        model.update(Shop, {}, {flow});
    }
    const double rate = model.pairAt(0).rate();
    QVERIFY2(rate > 1.2 && rate < 2.8, qPrintable(QString::number(rate)));
    model.setClock(Shop, flow.time + 3'000'000);
    QCOMPARE(model.pairAt(0).rate(), 0);
}

void TestPairModel::changesAreAnnouncedTogether()
{
    PairModel model;
    FlowSnapshot flow = sampleProducer();
    model.update(Shop, {}, {flow});
    model.announceChanges();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int i = 0; i < 10; ++i) {
        ++flow.nextSeqNr;
        model.update(Shop, {}, {flow});
    }
    QCOMPARE(changed.size(), 0);
    model.announceChanges();
    QCOMPARE(changed.size(), 1);
    model.announceChanges();
    QCOMPARE(changed.size(), 1);
}

void TestPairModel::randomChanges()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    PairModel model;
    QAbstractItemModelTester tester(&model);
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(PairModel::SortRole);
    sorted.sort(PairModel::BacklogColumn);
    QAbstractItemModelTester sortedTester(&sorted);
    QHash<QString, FlowSnapshot> ends[2];
    for (int step = 0; step < 1500; ++step) {
        const int side = random.bounded(2);
        FlowSnapshot flow = side == 0 ? sampleProducer() : sampleConsumer();
        flow.id = QString::number(random.bounded(6));
        flow.peerId = random.bounded(5) == 0 ? QString() : QString::number(random.bounded(6));
        flow.nextSeqNr += random.bounded(50);
        const QString source = side == 0 ? Shop : Warehouse;
        if (random.bounded(4) == 0) {
            model.remove(source, {flow.key()});
            ends[side].remove(flow.key());
        } else if (random.bounded(60) == 0) {
            model.removeSource(source);
            ends[side].clear();
        } else {
            model.update(source, {}, {flow});
            ends[side].insert(flow.key(), flow);
        }
        if (random.bounded(3) == 0)
            model.announceChanges();
        QCOMPARE(model.endCount(), ends[0].size() + ends[1].size());
        qsizetype seen = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            const FlowPair &pair = model.pairAt(row);
            QVERIFY(!pair.isEmpty());
            seen += pair.isWhole() ? 2 : 1;
            if (pair.isWhole())
                QVERIFY(belongTogether(pair.producer->flow, pair.consumer->flow));
            QCOMPARE(model.rowOf(pair.anyEnd().key()), row);
        }
        QCOMPARE(seen, model.endCount());
    }
}

/*! The text that a filter looks at is kept, and renewed with what it tells. */
void TestPairModel::searchedTextFollows()
{
    PairModel model;
    FlowSnapshot invoices = sampleProducer();
    invoices.id = u"invoices"_s;
    model.update(Shop, u"shop (1)"_s, {sampleProducer(), invoices});
    const auto searched = [&](int row) {
        return model.index(row, 0).data(PairModel::FilterRole).toString();
    };
    QVERIFY(searched(0).contains(u"orders on shop"_s));
    QVERIFY(searched(1).contains(u"invoices on shop"_s));
    QVERIFY(!searched(1).contains(u"window is used up"_s));
    invoices.blocked.reason = BlockedReason::WaitingForGrant;
    model.update(Shop, u"shop (1)"_s, {invoices});
    QVERIFY(searched(1).contains(u"window is used up"_s));
    model.update(Warehouse, u"wh (2)"_s, {sampleConsumer()});
    QVERIFY(searched(0).contains(u"packing on warehouse"_s));
    QVERIFY(searched(0).contains(u"wh (2)"_s));
    model.removeSource(Warehouse);
    QVERIFY(!searched(0).contains(u"wh (2)"_s));
    model.remove(Shop, {u"p/orders"_s});
    QVERIFY(searched(0).contains(u"invoices on shop"_s));
}

void TestPairModel::tenThousandFlows()
{
    PairModel model;
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(PairModel::SortRole);
    sorted.sort(PairModel::BacklogColumn);
    QList<FlowSnapshot> producers;
    QList<FlowSnapshot> consumers;
    for (int i = 0; i < 10'000; ++i) {
        FlowSnapshot producer = sampleProducer();
        FlowSnapshot consumer = sampleConsumer();
        producer.id = consumer.peerId = u"flow %1"_s.arg(i);
        consumer.id = producer.peerId = u"consumer %1"_s.arg(i);
        producers.append(producer);
        consumers.append(consumer);
    }
    QElapsedTimer timer;
    timer.start();
    model.update(Shop, {}, producers);
    model.update(Warehouse, {}, consumers);
    QCOMPARE(model.rowCount(), 10'000);
    for (FlowSnapshot &flow : producers)
        ++flow.nextSeqNr;
    model.update(Shop, {}, producers);
    model.announceChanges();
    QCOMPARE(sorted.rowCount(), 10'000);
    model.removeSource(Warehouse);
    model.removeSource(Shop);
    QCOMPARE(model.rowCount(), 0);
    qInfo("10,000 flows came, changed and went in %lld ms",
          static_cast<long long>(timer.elapsed()));
}

void TestPairModel::csv()
{
    PairModel model;
    FlowSnapshot flow = sampleProducer();
    flow.id = u"=1+1,\"x\""_s;
    model.update(Shop, {}, {flow});
    const QByteArray text = csvOf(model);
    QCOMPARE(text.count("\r\n"), 2);
    QVERIFY(text.startsWith("Flow,Health,"));
    QVERIFY2(text.contains("\r\n\"'=1+1,\"\"x\"\"\",Moving,"), text.constData());
}

void TestPairModel::json()
{
    PairModel model;
    model.update(Shop, {}, {sampleProducer()});
    const QJsonArray rows = QJsonDocument::fromJson(jsonOf(model, PairModel::SortRole)).array();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].toObject().value(u"Flow"_s).toString(), u"orders"_s);
    QCOMPARE(rows[0].toObject().value(u"Backlog"_s).toInt(), 14);
}

QTEST_GUILESS_MAIN(TestPairModel)
#include "tst_pairmodel.moc"
