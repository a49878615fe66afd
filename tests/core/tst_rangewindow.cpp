// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/rangewindow.h"

#include <QTest>

#include <deque>

using namespace QtDelivery;
using namespace std::chrono_literals;

namespace {

constexpr quint64 KiB = 1024;
constexpr quint64 MiB = 1024 * KiB;
constexpr quint64 Chunk = 64 * KiB;

/*! \brief A line with a bottleneck: ranges queue before it, reports come back at once. */
class Line
{
public:
    Line(double bytesPerSecond, Duration roundTrip, quint64 window)
        : window(window)
        , m_perRange(Duration(qint64(double(Chunk) / bytesPerSecond * 1e9)))
        , m_halfTrip(roundTrip / 2)
        , m_granted(window)
    { }

    [[nodiscard]] quint64 have() const { return m_have; }

    /*! Lets a message of \a size bytes pass, with others on the link if it \a isShared. */
    void transfer(quint64 size, bool isShared)
    {
        transmit(size);
        while (m_have < size) {
            if (m_arrivals.empty() && m_reports.empty())
                return; // it stalls
            if (m_arrivals.empty()
                || (!m_reports.empty() && m_reports.front().time <= m_arrivals.front().time)) {
                now = m_reports.front().time;
                m_granted = std::max(m_granted, m_reports.front().bytes);
                m_reports.pop_front();
                transmit(size);
                continue;
            }
            now = m_arrivals.front().time;
            m_have = m_arrivals.front().bytes;
            m_arrivals.pop_front();
            arrived(isShared);
            ahead = m_sent - m_have;
        }
    }

    RangeWindow window;
    TimePoint now = TimePoint(1h);
    quint64 ahead = 0; //!< bytes on their way when the last range arrived
    quint64 mostAhead = 0; //!< since the first 8 MiB

private:
    struct Event
    {
        TimePoint time;
        quint64 bytes;
    };

    void transmit(quint64 size)
    {
        while (m_sent < size && m_sent < m_granted) {
            m_free = std::max(m_free, now) + m_perRange;
            m_sent = std::min(size, m_sent + Chunk);
            m_arrivals.push_back({m_free + m_halfTrip, m_sent});
        }
        if (m_have > 8 * MiB)
            mostAhead = std::max(mostAhead, m_sent - m_have);
    }

    void arrived(bool isShared)
    {
        if (isShared)
            window.noteShared(now);
        window.handleArrival(1, m_have - Chunk, m_have, now);
        if (m_have - m_reported < window.ahead() / 4)
            return;
        m_reported = m_have;
        window.handleReport(m_have, now);
        m_reports.push_back({now + m_halfTrip, m_have + window.ahead()});
    }

    const Duration m_perRange;
    const Duration m_halfTrip;
    std::deque<Event> m_arrivals;
    std::deque<Event> m_reports;
    TimePoint m_free{};
    quint64 m_granted;
    quint64 m_sent = 0;
    quint64 m_have = 0;
    quint64 m_reported = 0;
};

/*! The last chunk of \a have. */
void arrive(RangeWindow *window, SeqNr seqNr, quint64 have, TimePoint now)
{
    window->handleArrival(seqNr, have - Chunk, have, now);
}

} // namespace

class TestRangeWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alone();
    void sharedAndAloneAgain();
    void noSmallerThanTheWindow();
    void h11_shortQueueOnAShortLine_data();
    void h11_shortQueueOnAShortLine();
    void longLineStaysFull();
    void anotherMessage();
};

void TestRangeWindow::alone()
{
    Line line(250e6, 100us, 1 * MiB);
    line.transfer(64 * MiB, false);
    QCOMPARE(line.window.ahead(), 1 * MiB);
    QVERIFY(line.mostAhead > 1 * MiB - Chunk);
}

void TestRangeWindow::sharedAndAloneAgain()
{
    RangeWindow window(1 * MiB);
    TimePoint now(1h);
    arrive(&window, 1, Chunk, now);
    QCOMPARE(window.ahead(), 1 * MiB);
    window.noteShared(now);
    arrive(&window, 1, 2 * Chunk, now += 1ms);
    QCOMPARE(window.ahead(), RangeWindow::Least);
    arrive(&window, 1, 3 * Chunk, now += 998ms);
    QCOMPARE(window.ahead(), RangeWindow::Least);
    arrive(&window, 1, 4 * Chunk, now += 1ms);
    QCOMPARE(window.ahead(), 1 * MiB);
}

void TestRangeWindow::noSmallerThanTheWindow()
{
    Line line(250e6, 100us, 10 * KiB);
    line.transfer(16 * MiB, true);
    QCOMPARE(line.window.ahead(), 10 * KiB);
}

void TestRangeWindow::h11_shortQueueOnAShortLine_data()
{
    QTest::addColumn<double>("bytesPerSecond");
    QTest::newRow("slow disk at the other end") << 60e6;
    QTest::newRow("usual") << 250e6;
    QTest::newRow("fast") << 1000e6;
}

/*! What is ahead is what a small message of another flow waits for. */
void TestRangeWindow::h11_shortQueueOnAShortLine()
{
    QFETCH(const double, bytesPerSecond);
    Line line(bytesPerSecond, 100us, 1 * MiB);
    const TimePoint begin = line.now;
    line.transfer(256 * MiB, true);
    QVERIFY2(line.mostAhead <= 384 * KiB, qPrintable(QString::number(line.mostAhead)));
    QCOMPARE(line.have(), 256 * MiB);
    const double seconds = std::chrono::duration<double>(line.now - begin).count();
    QVERIFY2(256 * MiB / seconds > 0.95 * bytesPerSecond, qPrintable(QString::number(seconds)));
}

/*! 50 ms and 100 MB/s: 5 MB are on the line, and have to be. */
void TestRangeWindow::longLineStaysFull()
{
    constexpr quint64 size = 1024 * MiB;
    Line line(100e6, 50ms, 16 * MiB);
    const TimePoint begin = line.now;
    line.transfer(size, true);
    QCOMPARE(line.have(), size);
    const double seconds = std::chrono::duration<double>(line.now - begin).count();
    QVERIFY2(double(size) / seconds > 0.8 * 100e6, qPrintable(QString::number(seconds)));
    QVERIFY2(line.mostAhead < 12 * MiB, qPrintable(QString::number(line.mostAhead)));
}

/*! How much of a new message is granted already is not known: what comes at once is no measure of
 * the line. */
void TestRangeWindow::anotherMessage()
{
    RangeWindow window(1 * MiB);
    TimePoint now(1h);
    window.noteShared(now);
    arrive(&window, 1, 10 * MiB, now);
    window.handleReport(10 * MiB, now);
    for (quint64 have = 20 * MiB; have <= 21 * MiB; have += Chunk) {
        arrive(&window, 2, have, now += 1us);
        window.handleReport(have, now);
    }
    QCOMPARE(window.ahead(), RangeWindow::Least);
    window.handleReport(21 * MiB + Chunk, now);
    arrive(&window, 2, 21 * MiB + 5 * Chunk, now += 10ms);
    QCOMPARE(window.ahead(), RangeWindow::Least * 5 / 4);
}

QTEST_APPLESS_MAIN(TestRangeWindow)
#include "tst_rangewindow.moc"
