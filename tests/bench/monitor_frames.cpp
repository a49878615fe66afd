// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

// What a frame of the monitor's first screen takes: the table of flows is scrolled, filtered letter
// by letter, and renewed by updates, and after each step all of the screen is painted to an image.

#include "benchsupport.h"

#include "model/session.h"
#include "window/flowspage.h"
#include "window/tablepage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>

using namespace Bench;
using namespace Qt::StringLiterals;
using QtDelivery::BlockedReason;
using QtDelivery::FlowSnapshot;

namespace {

using Samples = std::vector<std::int64_t>;

FlowSnapshot endOf(int number, FlowSnapshot::Role role, QRandomGenerator &random)
{
    const bool isProducer = role == FlowSnapshot::Role::Producer;
    FlowSnapshot flow;
    flow.role = role;
    const QString producer = u"orders-%1"_s.arg(number);
    const QString consumer = u"packing-%1"_s.arg(number);
    flow.id = isProducer ? producer : consumer;
    flow.peerId = isProducer ? consumer : producer;
    flow.nodeId = isProducer ? u"shop"_s : u"warehouse"_s;
    flow.peerNodeId = isProducer ? u"warehouse"_s : u"shop"_s;
    flow.state = FlowSnapshot::State::Attached;
    flow.isStarted = true;
    flow.epoch = 1;
    flow.confirmedSeqNr = random.bounded(100'000);
    flow.deliveredSeqNr = flow.confirmedSeqNr;
    flow.receivedSeqNr = flow.sentSeqNr = flow.confirmedSeqNr + random.bounded(100);
    flow.grantedSeqNr = flow.confirmedSeqNr + 128;
    flow.nextSeqNr = flow.sentSeqNr + 1;
    if (random.bounded(4) == 0) {
        flow.blocked.reason =
            isProducer ? BlockedReason::WaitingForGrant : BlockedReason::HandlerBusy;
        flow.blocked.seqNr = flow.confirmedSeqNr + 1;
    }
    return flow;
}

/*! The screen, and what its frames take. */
class Screen
{
public:
    explicit Screen(int flows)
        : m_page(&m_session)
        , m_image(1400, 900, QImage::Format_ARGB32_Premultiplied)
    {
        for (int i = 0; i < flows; ++i) {
            m_producers.append(endOf(i, FlowSnapshot::Role::Producer, m_random));
            m_consumers.append(endOf(i, FlowSnapshot::Role::Consumer, m_random));
        }
        renew();
        m_page.resize(m_image.size());
        m_page.show();
        frame();
    }

    /*! Paints what is to be painted. */
    void frame()
    {
        QCoreApplication::sendPostedEvents();
        m_page.render(&m_image);
    }

    void scroll(Samples *samples)
    {
        QScrollBar *const bar = m_page.table()->view()->verticalScrollBar();
        for (int step = 0; step < 200; ++step) {
            QElapsedTimer timer;
            timer.start();
            bar->setValue(m_random.bounded(bar->maximum() + 1));
            frame();
            samples->push_back(timer.nsecsElapsed());
        }
        bar->setValue(0);
    }

    /*! As somebody types it, and takes it back. */
    void filter(Samples *samples)
    {
        const QString text = u"orders-77 busy"_s;
        const auto show = [&](qsizetype length) {
            QElapsedTimer timer;
            timer.start();
            m_page.table()->setFilter(text.left(length));
            frame();
            samples->push_back(timer.nsecsElapsed());
        };
        for (int round = 0; round < 4; ++round) {
            for (qsizetype length = 1; length <= text.size(); ++length)
                show(length);
            for (qsizetype length = text.size() - 1; length >= 0; --length)
                show(length);
        }
    }

    /*! Every flow has moved. */
    void update(Samples *samples)
    {
        for (int round = 0; round < 20; ++round) {
            for (auto *ends : {&m_producers, &m_consumers}) {
                for (FlowSnapshot &end : *ends) {
                    end.time += 250'000;
                    end.messages += m_random.bounded(20);
                    ++end.confirmedSeqNr;
                }
            }
            QElapsedTimer timer;
            timer.start();
            renew();
            frame();
            samples->push_back(timer.nsecsElapsed());
        }
    }

private:
    void renew()
    {
        m_session.pairs().update(u"/run/shop"_s, u"shop (1)"_s, m_producers);
        m_session.pairs().update(u"/run/warehouse"_s, u"warehouse (2)"_s, m_consumers);
        m_session.announce();
    }

    QRandomGenerator m_random{7};
    QList<FlowSnapshot> m_producers;
    QList<FlowSnapshot> m_consumers;
    Monitor::Session m_session;
    Monitor::FlowsPage m_page;
    QImage m_image;
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const Options options = parseOptions(argc, argv);
    QApplication application(argc, argv);
    Screen screen(options.flows);
    Samples scrolling;
    Samples filtering;
    Samples updating;
    Meter meter;
    meter.begin();
    screen.scroll(&scrolling);
    screen.filter(&filtering);
    screen.update(&updating);
    meter.end();
    Report report;
    report.add("program", "monitor_frames");
    report.add("scrollP95us", percentileUs(scrolling, 0.95));
    report.add("filterP95us", percentileUs(filtering, 0.95));
    report.add("updateP95us", percentileUs(updating, 0.95));
    meter.report(report);
    report.add("complete", true);
    report.print();
    return 0;
}
